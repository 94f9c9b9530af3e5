import type { Refusal } from '#model/lookup.ts';
import { code, type Text } from '#model/text.ts';

/** One error of the API's envelope. Its message never leaves this module: it may repeat what was asked with. */
export interface ApiError {
  code: number;
  message: string;
}

/** How a request ended that gave no result. */
export interface Failure {
  /** Undefined: no answer came. */
  status?: number;
  /** With those of `error_chain`. */
  errors: readonly ApiError[];
  /** Of no answer: the code of the system or of Node.js; of one that is not the API's, what it is instead. */
  fault?: string;
  /** Seconds that the API asks to wait. */
  retryAfter?: number;
}

/** What a read was, for the report. */
export interface Asked {
  /** `GET /accounts/{account_id}/d1/database`. */
  operation: string;
  /** The permission groups that open it, as Cloudflare names them. */
  permission?: string;
}

const because = (fr: string, en: string): Text => ({ fr, en });

/** The header is not one, or holds no token. Cloudflare API documentation, “Troubleshooting”. */
const MALFORMED = new Set([6003, 6111, 9106]);
/** The token, the key or the address is nobody's: 9109 on a resource, 1000 and 1001 on its own verification, 9103 for a key. */
const UNKNOWN = new Set([1000, 1001, 9103, 9109]);
/** “Authentication error”: of credentials and of a permission alike. */
const AUTHENTICATION = 10000;
/** How products say that nobody has switched them on, or that the plan has them not. */
const NOT_ENABLED =
  /not[ _](?:been )?(?:enabled|available|entitled|subscribed|purchased|supported on your plan)|\b(?:enable|purchase|subscribe to|upgrade|activate)\b[^.]{0,60}\b(?:dashboard|plan|product|R2|Stream|Access)\b|only available (?:on|to|for)\b|requires? (?:a|an) (?:paid|enterprise|business|pro)\b/i;

/** Whether these errors, or none but the status, speak of the credentials themselves. */
export function isAboutCredentials({ status, errors }: Failure): boolean {
  return status === 401 || errors.some(({ code: one }) => MALFORMED.has(one) || UNKNOWN.has(one));
}

/** Why the credentials are not accepted, and what to do. `variable` holds them. */
export function credentialsText({ errors }: Failure, variable: string): Text {
  return errors.some(({ code: one }) => MALFORMED.has(one))
    ? because(
        `${code(variable)} n’a pas la forme d’un jeton\u00a0: le copier de nouveau, sans guillemets ni le mot \`Bearer\``,
        `${code(variable)} has not the form of a token: copy it again, without quotes and without the word \`Bearer\``,
      )
    : because(
        `Cloudflare ne reconnaît pas ${code(variable)}\u00a0: vérifier sa valeur, ou créer un autre jeton (il a pu être supprimé)`,
        `Cloudflare does not know ${code(variable)}: check its value, or create another token (it may have been deleted)`,
      );
}

/** The status of a token that its verification told, where that is not `active`. */
export function inactiveText(status: string, variable: string): Text {
  return status === 'expired'
    ? because(
        `le jeton de ${code(variable)} a expiré\u00a0: le renouveler, ou en créer un autre`,
        `the token in ${code(variable)} has expired: renew it, or create another`,
      )
    : because(
        `le jeton de ${code(variable)} n’est pas actif (${code(status)})\u00a0: le réactiver, ou en créer un autre`,
        `the token in ${code(variable)} is not active (${code(status)}): switch it on again, or create another`,
      );
}

function sortOf({ status, errors, fault }: Failure): Refusal['sort'] {
  if (status === 429) return 'throttled';
  if (fault !== undefined && status === undefined) return 'failed';
  const isAuthentication = errors.some(({ code: one }) => one === AUTHENTICATION || UNKNOWN.has(one));
  if (isAuthentication) return 'denied';
  const isClient = status !== undefined && status >= 400 && status < 500;
  if (isClient && errors.some(({ message }) => NOT_ENABLED.test(message))) return 'unavailable';
  return status === 401 || status === 403 ? 'denied' : 'failed';
}

/** The status and the first code; nothing of the message. */
export function faultOf({ status, errors, fault }: Failure): string {
  const [first] = errors;
  return [
    ...(first ? [String(first.code)] : []),
    ...(fault === undefined ? [] : [fault]),
    ...(status === undefined ? [] : [`HTTP ${status}`]),
  ].join(', ');
}

/** The system's words for a machine that is not there, or that no road leads to. */
const UNREACHABLE =
  /^(?:E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|NETUNREACH|HOSTUNREACH|NETDOWN)|UND_ERR_CONNECT_TIMEOUT)$/;
/** Node.js's words for a certificate that proves nothing. */
const UNTRUSTED = /CERT|SIGNATURE|ERR_TLS/;

/** What is wrong on the way to the API, where that is known: nothing of the account or of the token. */
function causeOf({ fault = '', status, errors }: Failure): Text | undefined {
  if (UNREACHABLE.test(fault))
    return because('l’API de Cloudflare n’est pas joignable', 'Cloudflare’s API cannot be reached');
  if (UNTRUSTED.test(fault))
    return because(
      'le certificat de ce qui répond n’est pas reconnu',
      'the certificate of what answers is not trusted',
    );
  return fault === 'no JSON' || (status === 404 && errors.length === 0)
    ? because('ce qui répond n’est pas l’API de Cloudflare', 'what answers is not Cloudflare’s API')
    : undefined;
}

/**
 * Whether nothing of the API answered where there is always an answer: its address leads elsewhere, or nowhere. What is
 * asked next ends the same.
 */
export const isElsewhere = (failure: Failure): boolean =>
  (failure.status === undefined && failure.fault !== undefined) ||
  failure.status === 404 ||
  causeOf(failure) !== undefined;

/** Why a read gave no answer, when its retries were over and the credentials are known to be good. */
export function refusalOf(failure: Failure, asked: Asked): Refusal {
  const sort = sortOf(failure);
  const operation = code(asked.operation);
  const { retryAfter } = failure;
  const fault = code(faultOf(failure));
  const cause = causeOf(failure);
  const lacks = asked.permission === undefined ? undefined : code(asked.permission);
  const why: Record<Refusal['sort'], Text> = {
    denied: because(
      `${operation} a été refusé${lacks ? ` (permission ${lacks})` : ''}`,
      `${operation} was denied${lacks ? ` (permission ${lacks})` : ''}`,
    ),
    throttled: because(
      `${operation} a été limité jusqu’au bout${retryAfter ? ` (à reprendre après ${retryAfter} s)` : ''}`,
      `${operation} was throttled to the end${retryAfter ? ` (retry after ${retryAfter} s)` : ''}`,
    ),
    failed: because(
      `${operation} a échoué${cause ? `\u00a0: ${cause.fr}` : ''} (${fault})`,
      `${operation} failed${cause ? `: ${cause.en}` : ''} (${fault})`,
    ),
    unavailable: because(
      `${operation} n’est pas offert ou pas activé pour ce compte (${fault})`,
      `${operation} is not offered or not switched on for this account (${fault})`,
    ),
  };
  return { sort, ...asked, why: why[sort] };
}

/** What a read throws: the audit goes on, and what depended on the read is not established. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly failure: Failure;

  constructor(refusal: Refusal, failure: Failure = { errors: [] }) {
    super(refusal.why.en);
    this.name = 'Refused';
    this.refusal = refusal;
    this.failure = failure;
  }

  /** What was thrown, as a refusal of the read that was asked for; of an unforeseen error no word is kept but its name. */
  static of(error: unknown, asked: Asked): Refused {
    if (error instanceof Refused) return error;
    const failure = { errors: [], fault: error instanceof Error ? error.name : 'Error' };
    return new Refused(refusalOf(failure, asked), failure);
  }
}
