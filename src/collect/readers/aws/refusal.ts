import { isThrottlingError } from '@smithy/core/retry';
import type { Refusal } from '#model/lookup.ts';
import { code, type Text } from '#model/text.ts';

const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'ForbiddenException',
  'NotAuthorizedException',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);
/** The region is not switched on for the account, or the service not for it. */
const NOT_ENABLED = new Set([
  'OptInRequired',
  'SubscriptionRequiredException',
  'AWSOrganizationsNotInUseException',
]);
/** In a region that is not switched on, the credentials that serve elsewhere are unknown. */
const UNKNOWN_CREDENTIALS = new Set(['UnrecognizedClientException', 'InvalidClientTokenId', 'AuthFailure']);
/** What STS, which is in every region, says of keys that are not those of anybody. AWS STS API Reference, “Common Errors”. */
const NOT_KNOWN = new Set(['InvalidClientTokenId', 'SignatureDoesNotMatch', 'UnrecognizedClientException']);
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);

/** What the SDK throws, as far as it is read here. */
interface Thrown {
  name?: string;
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number; attempts?: number };
  $retryable?: { throttling?: boolean };
  $response?: { headers?: Record<string, string>; statusCode?: number };
}

/** What a read was, for the report. */
export interface Asked {
  operation: string;
  permission?: string;
}

const because = (fr: string, en: string): Text => ({ fr, en });

function sortOf(thrown: Thrown): Refusal['sort'] {
  const name = thrown.name ?? '';
  const status = thrown.$metadata?.httpStatusCode ?? thrown.$response?.statusCode;
  if (isThrottlingError(thrown as Parameters<typeof isThrottlingError>[0]) || status === 429)
    return 'throttled';
  if (DENIED.has(name) || (status === 403 && !EXPIRED.has(name) && !UNKNOWN_CREDENTIALS.has(name)))
    return 'denied';
  if (NOT_ENABLED.has(name) || UNKNOWN_CREDENTIALS.has(name) || thrown.code === 'ENOTFOUND')
    return 'unavailable';
  return 'failed';
}

/** An error's name and status; its message may hold what was asked with, which the report does not repeat. */
function faultOf(thrown: Thrown): string {
  const status = thrown.$metadata?.httpStatusCode ?? thrown.$response?.statusCode;
  const name = thrown.code ?? thrown.name ?? 'Error';
  return status === undefined || status < 400 ? name : `${name}, HTTP ${status}`;
}

/** Nobody said who is asking, or what they said no longer holds. */
function withoutCredentials({ name = '', message = '' }: Thrown, { operation }: Asked): Text | undefined {
  if (operation.startsWith('sts:') && NOT_KNOWN.has(name))
    return because(
      `AWS ne reconnaît pas ces identifiants (${code(name)})\u00a0: vérifier la clé et son secret`,
      `AWS does not know these credentials (${code(name)}): check the key and its secret`,
    );
  // “Could not resolve credentials using profile: [shop] in configuration/credentials file(s).”
  const profile = /\bprofile:? \[?([\w.@+-]{1,128})/.exec(message)?.[1];
  if (name === 'CredentialsProviderError' && profile !== undefined)
    return because(
      `le profil AWS ${code(profile)} ne donne aucune identité (voir \`aws configure list-profiles\`, ou se connecter avec \`aws sso login\`)`,
      `AWS profile ${code(profile)} gives no credentials (see \`aws configure list-profiles\`, or log in with \`aws sso login\`)`,
    );
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError')
    return because(
      'aucune identité AWS n’a été trouvée (donner `--profile`, ou se connecter avec `aws sso login`)',
      'no AWS credentials were found (give `--profile`, or log in with `aws sso login`)',
    );
  if (EXPIRED.has(name))
    return because(
      'la session AWS a expiré (se reconnecter, par exemple avec `aws sso login`)',
      'the AWS session has expired (log in again, for example with `aws sso login`)',
    );
  return undefined;
}

/** Why a read gave no answer, from what the SDK threw when its retries were over. */
export function refusalOf(error: unknown, asked: Asked): Refusal {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Thrown;
  const sort = sortOf(thrown);
  const operation = code(asked.operation);
  const wait = thrown.$response?.headers?.['retry-after'];
  const after = wait !== undefined && /^\d{1,6}$/.test(wait) ? wait : undefined;
  const fault = code(faultOf(thrown));
  const why: Record<Refusal['sort'], Text> = {
    denied: because(`${operation} a été refusé`, `${operation} was denied`),
    throttled: because(
      `${operation} a été limité jusqu’au bout${after ? ` (à reprendre après ${after} s)` : ''}`,
      `${operation} was throttled to the end${after ? ` (retry after ${after} s)` : ''}`,
    ),
    failed: because(`${operation} a échoué (${fault})`, `${operation} failed (${fault})`),
    unavailable: because(
      `${operation} n’est pas offert ou pas activé ici (${fault})`,
      `${operation} is not offered or not switched on here (${fault})`,
    ),
  };
  const own = withoutCredentials(thrown, asked);
  return own && sort !== 'throttled'
    ? { sort: 'failed', ...asked, why: own }
    : { sort, ...asked, why: why[sort] };
}

/** What a collector's read throws: the audit goes on, and what depended on the read is not established. */
export class Refused extends Error {
  readonly refusal: Refusal;

  /** The name of the SDK's error: `NoSuchBucketPolicy`. */
  readonly fault: string;

  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal.why.en, { cause });
    this.name = 'Refused';
    this.refusal = refusal;
    this.fault = cause instanceof Error ? cause.name : '';
  }

  /** What was thrown, as a refusal of the read that was asked for. */
  static of(error: unknown, asked: Asked): Refused {
    return error instanceof Refused ? error : new Refused(refusalOf(error, asked), error);
  }
}
