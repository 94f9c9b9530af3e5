import type { Fact } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Refusal } from '#model/lookup.ts';
import { code } from '#model/text.ts';
import { textOf } from '../fields.ts';
import { everyItem } from '../readers/cloudflare/pages.ts';
import { Refused } from '../readers/cloudflare/refusal.ts';
import { type CloudflareSession, OF_USER, operationOf } from '../readers/cloudflare/session.ts';
import type { Zone } from './zone-list.ts';

export const ACCOUNTS = '/accounts';
export const ACCOUNTS_PERMISSION = 'Account Settings Read';

/** An account that is to be read, or why it cannot be. */
export interface ChosenAccount {
  id: string;
  refusal?: Refusal;
}

/** The ids of accounts that the files of Cloudflare's own tools name. */
export const accountsNamed = (facts: readonly Fact[]): string[] => [
  ...new Set(
    facts.flatMap(({ kind, account, sort, source }) =>
      sort === 'declared' &&
      source !== 'docs' &&
      account !== undefined &&
      kindOf(kind).provider === 'cloudflare'
        ? [account]
        : [],
    ),
  ),
];

/**
 * Which accounts are read: the one that is asked for, else those of the token that files name, else all that the token
 * opens. A token that may not list accounts is known by its zones, or by the account that it is told.
 * @param asked given by the user
 * @param named by files
 * @throws Refused when the credentials are not accepted, or no account can be told
 */
export async function chosenAccounts(
  session: CloudflareSession,
  asked: string | undefined,
  named: readonly string[],
  zones: () => Promise<readonly Zone[]>,
): Promise<ChosenAccount[]> {
  if (asked !== undefined) {
    const elsewhere = await session.elsewhere();
    if (elsewhere) throw elsewhere;
    const why = await session.fault(asked);
    if (why) throw new Refused({ sort: 'failed', operation: OPERATION, why });
    return [{ id: asked }];
  }
  const known = await accountsOf(session, named[0]);
  // one that files name may be opened by a token that may not list it
  if (known === undefined && named.length > 0) return named.map((id) => ({ id }));
  const opened = known ?? (await zones().catch(() => [])).map(({ account }) => account);
  const ids = [...new Set(opened)].sort();
  const own = named.filter((id) => ids.includes(id));
  if (own.length > 0) return own.map((id) => ({ id }));
  if (named.length > 0) return named.map((id) => ({ id, refusal: notOpened(id) }));
  if (ids.length === 0) throw new Refused(none());
  return ids.map((id) => ({ id }));
}

/** The accounts that the token lists; undefined where it may not, or lists none. @throws Refused for bad credentials */
async function accountsOf(
  session: CloudflareSession,
  account: string | undefined,
): Promise<string[] | undefined> {
  const read = {
    path: ACCOUNTS,
    permission: ACCOUNTS_PERMISSION,
    // by which it is known whether a token of an account is one
    ...(account !== undefined && { at: { account_id: account } }),
  };
  try {
    // Cloudflare API, “List Accounts”: 50 a page at most
    const items = await everyItem(session, read, { by: 'page', size: 50 }, OF_USER);
    const ids = items.flatMap(({ id }) => textOf(id) ?? []);
    return ids.length > 0 ? ids : undefined;
  } catch (error) {
    const refused = Refused.of(error, { operation: OPERATION });
    if (refused.refusal.sort !== 'denied') throw refused;
    // whose they are may be known without it
    session.ledger(OF_USER).refused(refused.refusal);
    return undefined;
  }
}

const OPERATION = operationOf({ path: ACCOUNTS });

const notOpened = (id: string): Refusal => ({
  sort: 'denied',
  operation: OPERATION,
  why: {
    fr: `le jeton n’ouvre pas le compte ${code(id)}, que les fichiers nomment\u00a0: créer un jeton dans ce compte`,
    en: `the token does not open account ${code(id)}, which files name: create a token in that account`,
  },
});

const none = (): Refusal => ({
  sort: 'failed',
  operation: OPERATION,
  permission: ACCOUNTS_PERMISSION,
  why: {
    fr: 'le jeton ne dit pas quel compte il ouvre\u00a0: donner `CLOUDFLARE_ACCOUNT_ID`, ou lui donner la permission `Account Settings Read`',
    en: 'the token does not tell which account it opens: give `CLOUDFLARE_ACCOUNT_ID`, or give it the permission `Account Settings Read`',
  },
});
