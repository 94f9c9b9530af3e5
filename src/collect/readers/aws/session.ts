import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { isThrottlingError } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type {
  AwsCredentialIdentityProvider,
  FinalizeRequestMiddleware,
  HandlerExecutionContext,
  InitializeMiddleware,
  MetadataBearer,
} from '@smithy/types';
import { Ledger } from '../ledger.ts';
import { Pace } from './pace.ts';
import { Refused, refusalOf } from './refusal.ts';
import { Retries } from './retries.ts';

/** How an account is reached. Everything else is what AWS's own tools take from the environment. */
export interface AwsAccess {
  profile?: string;
  /** ARN of a role to assume first. */
  role?: string;
  /** Requests a second that are never exceeded, over all services and regions. */
  maxRate?: number;
  /** How often a request is sent at most; default 8. */
  attempts?: number;
  /** Milliseconds that one answer may take; default 30,000. */
  timeout?: number;
  /** Milliseconds before the first retry, doubled with each; default 100. */
  delay?: number;
}

/** Whose credentials they are. */
export interface Identity {
  account: string;
  arn: string;
  partition: string;
}

/** The least that every client of the SDK has. */
export interface AwsClient {
  middlewareStack: {
    add(middleware: never, options: never): void;
    addRelativeTo(middleware: never, options: never): void;
  };
  send(command: never): Promise<unknown>;
  destroy(): void;
}
export type AwsClientClass<C extends AwsClient> = new (config: never) => C;

/** What a refused read of a service is told by. */
interface Service {
  /** The service in its operations' names: `ecs`. */
  service: string;
  /** The IAM actions that each operation needs. */
  permissions: Readonly<Record<string, string | readonly string[]>>;
}

/** A service without regions is asked where its endpoint is. */
const HOME: Record<string, string> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** The region whose endpoints serve what has none: IAM, Route 53, CloudFront. */
export const homeRegion = (partition: string): string => HOME[partition] ?? 'us-east-1';

const isThrottled = (error: unknown): boolean =>
  isThrottlingError(error as Parameters<typeof isThrottlingError>[0]) ||
  (error as { $metadata?: { httpStatusCode?: number } })?.$metadata?.httpStatusCode === 429;

const operationOf = ({ commandName }: HandlerExecutionContext): string =>
  String(commandName ?? '').replace(/Command$/, '');

/** Around a whole read, retries included: what it throws says which operation was refused, and what would open it. */
const refusing =
  (service: string, permissions: Service['permissions']): InitializeMiddleware<object, MetadataBearer> =>
  (next, context) =>
  async (args) => {
    try {
      return await next(args);
    } catch (error) {
      const operation = operationOf(context);
      const permission = permissions[operation];
      throw new Refused(
        refusalOf(error, {
          operation: `${service}:${operation}`,
          ...(permission !== undefined && { permission: [permission].flat().join(', ') }),
        }),
        error,
      );
    }
  };

/**
 * The one door to AWS. Makes the SDK's clients, which share sockets and credentials; each request passes the pace of
 * its service and region, and is counted. Only read operations are ever given to it; a test holds every collector to
 * that.
 */
export class AwsSession {
  readonly #access: AwsAccess;
  readonly #credentials: AwsCredentialIdentityProvider;
  readonly #handler: NodeHttpHandler;
  readonly #paces = new Map<string, Pace>();
  readonly #ledgers = new Map<string, Ledger>();
  /** By class: one of the same name may be another copy, whose paginators take no other's clients. */
  readonly #clients = new Map<AwsClientClass<never>, Map<string, AwsClient>>();
  readonly #overall: Pace | undefined;

  constructor(access: AwsAccess = {}) {
    this.#access = access;
    const profile = access.profile === undefined ? {} : { profile: access.profile };
    const own = fromNodeProviderChain(profile);
    this.#credentials =
      access.role === undefined
        ? own
        : fromTemporaryCredentials({
            masterCredentials: own,
            params: { RoleArn: access.role, RoleSessionName: 'constat' },
            clientConfig: { region: process.env.AWS_REGION ?? 'us-east-1' },
          });
    const sockets = { keepAlive: true, maxSockets: 256 };
    this.#handler = new NodeHttpHandler({
      httpAgent: new HttpAgent(sockets),
      httpsAgent: new HttpsAgent(sockets),
      connectionTimeout: Math.min(5_000, access.timeout ?? 5_000),
      requestTimeout: access.timeout ?? 30_000,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: 3_600_000,
    });
    if (access.maxRate !== undefined) this.#overall = new Pace('', access.maxRate);
  }

  /** The client of a service in a region, made once. `place` is where its requests are counted. */
  client<C extends AwsClient>(
    Class: AwsClientClass<C>,
    { service, permissions }: Pick<Service, 'service' | 'permissions'>,
    region: string,
    place: string,
  ): C {
    const key = `${service} ${region} ${place}`;
    const own = this.#clients.get(Class as never) ?? new Map<string, AwsClient>();
    this.#clients.set(Class as never, own);
    const known = own.get(key);
    if (known) return known as C;
    const { attempts = 8, delay = 100 } = this.#access;
    const client = new Class({
      region,
      credentials: this.#credentials,
      requestHandler: this.#handler,
      retryStrategy: new Retries(attempts, delay),
      // endpoints given by hand serve buckets by path
      forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL),
      followRegionRedirects: true,
      useQueueUrlAsEndpoint: false,
      userAgentAppId: 'constat',
    } as never);
    const { middlewareStack: stack } = client;
    stack.add(
      refusing(service, permissions) as never,
      { name: 'constatRefusal', step: 'initialize', priority: 'high' } as never,
    );
    stack.addRelativeTo(
      this.#counted(service, region, place) as never,
      { name: 'constatPace', relation: 'after', toMiddleware: 'retryMiddleware' } as never,
    );
    own.set(key, client as AwsClient);
    return client;
  }

  /** What was asked in one place so far. */
  ledger(place: string): Ledger {
    const known = this.#ledgers.get(place) ?? new Ledger();
    this.#ledgers.set(place, known);
    return known;
  }

  /** The places in which anything was asked. */
  get places(): string[] {
    return [...this.#ledgers.keys()].sort();
  }

  #pace(service: string, region: string): Pace {
    const key = `${service} ${region}`;
    const known = this.#paces.get(key) ?? new Pace(service);
    this.#paces.set(key, known);
    return known;
  }

  /** Around each attempt: waits for its turn before the request is signed, and tells the pace how it was answered. */
  #counted(
    service: string,
    region: string,
    place: string,
  ): FinalizeRequestMiddleware<object, MetadataBearer> {
    const pace = this.#pace(service, region);
    const ledger = this.ledger(place);
    const overall = this.#overall;
    return (next, context) => async (args) => {
      const name = `${service}:${operationOf(context)}`;
      await overall?.turn();
      await pace.turn();
      let throttled = false;
      try {
        ledger.sent(name);
        return await next(args);
      } catch (error) {
        throttled = isThrottled(error);
        if (throttled) ledger.throttled(name);
        throw error;
      } finally {
        pace.answered(throttled);
        overall?.answered(throttled);
      }
    };
  }

  /**
   * Who is asking.
   * @throws Refused when there are no credentials, or they are not accepted.
   */
  async identity(region: string): Promise<Identity> {
    // every identity may ask who it is, whatever its policies say
    const service = { service: 'sts', permissions: {} };
    const client = this.client(STSClient as never as AwsClientClass<AwsClient>, service, region, region);
    try {
      const { Account, Arn } = await (client as never as STSClient).send(new GetCallerIdentityCommand({}));
      if (!Account || !Arn) throw new Error('an answer without an account');
      return { account: Account, arn: Arn, partition: Arn.split(':')[1] ?? 'aws' };
    } catch (error) {
      const refused = Refused.of(error, { operation: 'sts:GetCallerIdentity' });
      this.ledger(region).refused(refused.refusal);
      throw refused;
    }
  }

  /** The region that the environment or the profile gives; undefined with none. */
  async defaultRegion(): Promise<string | undefined> {
    const given = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    if (given) return given;
    const { profile } = this.#access;
    const client = new STSClient(profile === undefined ? {} : { profile });
    return client.config.region().catch(() => undefined);
  }

  /** Closes every socket. */
  close(): void {
    for (const client of [...this.#clients.values()].flatMap((own) => [...own.values()])) client.destroy();
    this.#handler.destroy();
  }
}
