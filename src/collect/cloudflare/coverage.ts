import type { Coverage, Operation } from '#model/coverage.ts';
import type { Lookup, Refusal } from '#model/lookup.ts';
import type { Text } from '#model/text.ts';
import { type CloudflareSession, OF_USER } from '../readers/cloudflare/session.ts';
import { AUDIT_LOGS } from './audit-log.ts';

const counted = (count: number, [one, more]: readonly [string, string]): string =>
  `${count} ${count > 1 ? more : one}`;

const CLOSED: Text = {
  fr: 'le jeton n’ouvre rien de ce compte\u00a0: vérifier `CLOUDFLARE_ACCOUNT_ID`, ou créer un jeton dans ce compte',
  en: 'the token opens nothing of this account: check `CLOUDFLARE_ACCOUNT_ID`, or create a token in that account',
};

/** Per account, and for what is of the token: the operations, and how many of them gave no answer. */
export const coverageOf = (session: CloudflareSession, lookups: readonly Lookup[]): Coverage[] =>
  session.places.map((place): Coverage => {
    const { operations } = session.ledger(place);
    // no status depends on who changed what: without it the reading is whole
    const needed = operations.filter(({ name }) => name !== AUDIT_LOGS);
    const refused = needed.filter(({ denied, failed }) => denied + failed > 0);
    const isDenied = refused.every((operation) => operation.denied > 0);
    const calls = operations.reduce((sum, operation) => sum + operation.calls, 0);
    const unavailable = new Map(
      lookups.flatMap(({ account, refusal }): [string, Text][] =>
        refusal?.sort === 'unavailable' && account === place ? [[refusal.operation, refusal.why]] : [],
      ),
    );
    const permissions = new Set(
      refused.flatMap(({ denied, permission }) =>
        denied > 0 && permission !== undefined ? [permission] : [],
      ),
    );
    const lacking = [...permissions].sort().join(', ');
    const own = needed.filter(({ name }) => name.startsWith('GET /accounts/'));
    const isClosed = own.length > 1 && own.every(({ denied }) => denied > 0);
    const reason: Text[] = [
      ...(isClosed ? [CLOSED] : []),
      ...(refused.length > 0
        ? [
            {
              fr: `${counted(refused.length, ['opération sans réponse', 'opérations sans réponse'])} sur ${needed.length}${lacking && `\u00a0; permissions qui manquent au jeton\u00a0: ${lacking}`}`,
              en: `${counted(refused.length, ['operation', 'operations'])} without an answer, of ${needed.length}${lacking && `; permissions that the token lacks: ${lacking}`}`,
            },
          ]
        : []),
      ...unavailable.values(),
      {
        fr: counted(calls, ['appel', 'appels']),
        en: counted(calls, ['call', 'calls']),
      },
    ];
    return {
      source: 'cloudflare',
      scope: place === OF_USER ? 'Cloudflare' : place,
      state:
        refused.length === 0
          ? 'complete'
          : refused.length < needed.length
            ? 'partial'
            : isDenied
              ? 'denied'
              : 'failed',
      reason: {
        fr: reason.map(({ fr }) => fr).join('\u00a0; '),
        en: reason.map(({ en }) => en).join('; '),
      },
      operations,
    };
  });

/**
 * An account that could not be opened, or nobody knows whose token it is.
 * @param asked what was asked on the way
 */
export const unreachable = (
  refusal: Refusal,
  account?: string,
  asked: readonly Operation[] = [],
): Coverage => ({
  source: 'cloudflare',
  scope: account ?? 'Cloudflare',
  state: refusal.sort === 'denied' ? 'denied' : 'failed',
  reason: {
    fr: `le compte n’a pas pu être ouvert\u00a0: ${refusal.why.fr}`,
    en: `the account could not be opened: ${refusal.why.en}`,
  },
  operations: [
    ...asked.filter(({ name }) => name !== refusal.operation),
    {
      calls: 1,
      throttled: 0,
      ...asked.find(({ name }) => name === refusal.operation),
      name: refusal.operation,
      denied: Number(refusal.sort === 'denied'),
      failed: Number(refusal.sort !== 'denied'),
    },
  ],
});
