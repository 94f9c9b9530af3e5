import type { Fact, Json, Kind, RelationFact } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Lookup, Observation, Refusal } from '#model/lookup.ts';
import type { Check, Path } from '#model/path.ts';
import { relationsOf, resourcesOf } from '../resources.ts';
import { Graph } from './graph.ts';
import { trace } from './trace.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-3';
export const AT = '2026-11-28T09:00:00.000Z';

export const ZONE: Kind = 'AWS::Route53::HostedZone';
export const RECORD: Kind = 'AWS::Route53::RecordSet';
export const DISTRIBUTION: Kind = 'AWS::CloudFront::Distribution';
export const CERTIFICATE: Kind = 'AWS::CertificateManager::Certificate';
export const WEB_ACL: Kind = 'AWS::WAFv2::WebACL';
export const BALANCER: Kind = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER: Kind = 'AWS::ElasticLoadBalancingV2::Listener';
export const RULE: Kind = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const GROUP: Kind = 'AWS::ElasticLoadBalancingV2::TargetGroup';
export const CLUSTER: Kind = 'AWS::ECS::Cluster';
export const SERVICE: Kind = 'AWS::ECS::Service';
export const DEFINITION: Kind = 'AWS::ECS::TaskDefinition';
export const REPOSITORY: Kind = 'AWS::ECR::Repository';
export const IMAGE: Kind = 'Docker::Image';
export const LOG_GROUP: Kind = 'AWS::Logs::LogGroup';
export const FUNCTION: Kind = 'AWS::Lambda::Function';
export const BUCKET: Kind = 'AWS::S3::Bucket';
export const REST_API: Kind = 'AWS::ApiGateway::RestApi';
export const HTTP_API: Kind = 'AWS::ApiGatewayV2::Api';
export const API_DOMAIN: Kind = 'AWS::ApiGatewayV2::DomainName';

const NETWORK = [
  'VPC',
  'Subnet',
  'RouteTable',
  'NetworkAcl',
  'SecurityGroup',
  'NatGateway',
  'InternetGateway',
  'VPCEndpoint',
].map((short): Kind => `AWS::EC2::${short}`);

/** Kinds that are listed for a whole region or account; all of them are read unless a test refuses one. */
const LISTED: readonly Kind[] = [
  ...NETWORK,
  'AWS::EC2::Instance',
  ZONE,
  RECORD,
  DISTRIBUTION,
  CERTIFICATE,
  WEB_ACL,
  BALANCER,
  LISTENER,
  GROUP,
  CLUSTER,
  SERVICE,
  DEFINITION,
  REPOSITORY,
  LOG_GROUP,
  FUNCTION,
  BUCKET,
  REST_API,
  HTTP_API,
  API_DOMAIN,
];
/** Kinds that are listed inside one thing each. */
const INSIDE: readonly { kind: Kind; of: Kind }[] = [
  { kind: LISTENER, of: BALANCER },
  { kind: RULE, of: LISTENER },
  { kind: SERVICE, of: CLUSTER },
];

export type Properties = Record<string, Json>;

/** Something that a collector sees. */
interface Seen {
  kind: Kind;
  name: string;
  scope?: string;
  region?: string;
  arn?: string;
  otherNames: string[];
  properties: Properties;
  relations: RelationFact[];
  refusals: Refusal[];
}

type More = Partial<Pick<Seen, 'scope' | 'region' | 'arn' | 'otherNames' | 'relations' | 'refusals'>>;

export const denied = (permission: string): Refusal => ({
  sort: 'denied',
  operation: permission,
  permission,
  why: { fr: 'refusé', en: 'denied' },
});
export const related = (type: string, kind: Kind, name: string, scope?: string): RelationFact => ({
  type,
  to: { kind, name, ...(scope !== undefined && { scope }) },
});
export const arnOf = (service: string, rest: string, region = REGION): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;

/** What was observed of an account, made of facts as its collectors write them; tests change it one thing at a time. */
export class Account {
  readonly things: Seen[] = [];
  readonly #refused: { kind: Kind; scope?: string }[] = [];

  see(kind: Kind, name: string, properties: Properties, more: More = {}): this {
    this.things.push({ kind, name, properties, otherNames: [], relations: [], refusals: [], ...more });
    return this;
  }

  one(kind: Kind, name?: string): Seen {
    const found = this.things.filter((one) => one.kind === kind && (name === undefined || one.name === name));
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${kind} ${name ?? ''}`);
    return found[0];
  }

  set(kind: Kind, properties: Properties, name?: string): this {
    Object.assign(this.one(kind, name).properties, properties);
    return this;
  }

  /** What of its details was not read, with the read that was refused. */
  forget(kind: Kind, property: string, permission: string, name?: string): this {
    const thing = this.one(kind, name);
    delete thing.properties[property];
    thing.refusals.push(denied(permission));
    return this;
  }

  remove(kind: Kind, name?: string): this {
    const thing = this.one(kind, name);
    this.things.splice(this.things.indexOf(thing), 1);
    return this;
  }

  /** The list of a kind was denied: nothing of it was seen. With a scope, that inside one thing alone. */
  refuse(kind: Kind, scope?: string): this {
    this.#refused.push({ kind, ...(scope !== undefined && { scope }) });
    for (const thing of this.things.filter((one) => one.kind === kind))
      this.things.splice(this.things.indexOf(thing), 1);
    return this;
  }

  /** What its collectors saw, in the order in which it was put there. */
  facts(): Fact[] {
    return this.things.map(factOf);
  }

  /** What was looked for, and how far. */
  observation(): Observation {
    return {
      source: 'aws',
      account: ACCOUNT,
      regions: [REGION],
      kinds: new Set(LISTED),
      lookups: this.#lookups(),
    };
  }

  graph({ isReversed = false } = {}): Graph {
    const facts = isReversed ? this.facts().toReversed() : this.facts();
    const observation = this.observation();
    const resources = resourcesOf(facts, [observation]);
    return new Graph(resources, relationsOf(resources), [observation]);
  }

  trace(url: string): Path {
    return trace(url, this.graph()).path;
  }

  #lookups(): Lookup[] {
    const lookup = (kind: Kind, region?: string, scope?: string): Lookup => {
      const isRefused = this.#refused.some(
        (one) => one.kind === kind && (one.scope === undefined || one.scope === scope),
      );
      return {
        source: 'aws',
        kind,
        account: ACCOUNT,
        ...(region !== undefined && { region }),
        ...(scope !== undefined && { scope }),
        ...(isRefused && { refusal: denied(`list:${kind}`) }),
      };
    };
    return [
      ...LISTED.flatMap((kind) =>
        kindOf(kind).global ? [lookup(kind)] : [lookup(kind, REGION), lookup(kind, 'us-east-1')],
      ),
      ...INSIDE.flatMap(({ kind, of }) =>
        this.things.filter((one) => one.kind === of).map(({ name }) => lookup(kind, REGION, name)),
      ),
      ...this.things
        .filter(({ kind }) => kind === REPOSITORY)
        .flatMap(({ otherNames: [uri] }) => lookup(IMAGE, REGION, uri)),
    ];
  }
}

function factOf(thing: Seen): Fact {
  const { kind, name, scope, region, arn, otherNames, properties, relations, refusals } = thing;
  const place = kindOf(kind).global ? undefined : (region ?? REGION);
  return {
    kind,
    name,
    source: 'aws',
    sort: 'observed',
    nameStatus: 'literal',
    evidence: { source: 'aws', operation: `see ${kind}`, at: AT },
    account: ACCOUNT,
    environments: [],
    properties,
    relations,
    otherNames,
    ...(scope !== undefined && { scope }),
    ...(place !== undefined && { region: place }),
    ...(arn !== undefined && { arn }),
    ...(refusals.length > 0 && { refusals }),
  };
}

const all = ({ hops, side }: Path): { check: Check; on: string }[] => [
  ...hops.flatMap(({ checks, role }) => checks.map((check) => ({ check, on: role }))),
  ...side.flatMap(({ checks, role }) => checks.map((check) => ({ check, on: role }))),
];
export const checksOf = (path: Path): Check[] => all(path).map(({ check }) => check);
export const checkOf = (path: Path, id: string): Check | undefined =>
  checksOf(path).find((check) => check.id === id);

/** The ids of the checks of a result, each once, sorted. */
export const idsOf = (path: Path, result: Check['result']): string[] =>
  [...new Set(checksOf(path).flatMap((check) => (check.result === result ? [check.id] : [])))].sort();

/** The roles of the hops that a request passes, in their order. */
export const rolesOf = ({ hops }: Path): string[] => hops.map(({ role }) => role);

/**
 * What must hold of any path, whatever is wrong with it: a failure has evidence and no refusal, a text says something in
 * both languages and shows no character that could end a name or turn the text around.
 */
export function faultsOf(path: Path): string[] {
  return all(path).flatMap(({ check: { id, result, text, evidence, refusal }, on }) => [
    ...(result === 'fail' && evidence.length === 0 ? [`${on} ${id} fails without evidence`] : []),
    ...(result !== 'unknown' && refusal ? [`${on} ${id} has a refusal and a result`] : []),
    ...(text.fr.trim() === '' || text.en.trim() === '' ? [`${on} ${id} says nothing`] : []),
    ...(/[\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(text.fr + text.en)
      ? [`${on} ${id} shows an invisible character`]
      : []),
    ...[text.fr, text.en].flatMap((one) =>
      (one.split('`').length - 1) % 2 === 0 ? [] : [`${on} ${id} has an odd backtick: ${one}`],
    ),
    ...(isFrench(text.fr) ? [] : [`${on} ${id} is no French typography: ${text.fr}`]),
  ]);
}

/** No plain space before punctuation that is high in French, no straight apostrophe or quote; names are left out. */
export const isFrench = (text: string): boolean =>
  !/ [:;!?%»]|[^\s\d\u00a0](?=[:;!?])(?![:;!?]\S)|['"]|« |[a-z]\u2026\u2026/.test(
    text.replace(/`[^`]*`/g, 'x'),
  );
