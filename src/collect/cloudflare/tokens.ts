import type { Kind } from '#model/fact.ts';
import { type Answered, objectOf, objectsOf, textOf } from '../fields.ts';
import { Refused } from '../readers/cloudflare/refusal.ts';
import { type CloudflareScope, defineCloudflareCollector } from './cloudflare-collector.ts';

const OF_ACCOUNT = '/accounts/{account_id}/tokens';
const OF_USER = '/user/tokens';
export const VERIFY = '/user/tokens/verify';
const VERIFY_OF_ACCOUNT = `${OF_ACCOUNT}/verify` as const;

const permissions = {
  [OF_ACCOUNT]: 'Account API Tokens Read',
  [OF_USER]: 'API Tokens Read',
  // every token may ask for its own
  [VERIFY]: '',
  [VERIFY_OF_ACCOUNT]: '',
} as const;
type Tokens = CloudflareScope<keyof typeof permissions>;

export const TOKEN: Kind = 'Cloudflare::APIToken';
const PAGES = { by: 'page', size: 50 } as const;
/** What the verification of users’ tokens says of one of an account, and the other way round: it is none of theirs. */
const NOT_THEIRS = new Set([1000, 1001, 6003, 9109, 10000]);
/** “Invalid API Token”. */
const INVALID = new Set([1000, 1001]);

/** API tokens of the account, and of the user whose token reads: until when they hold, never what they are. */
export const tokens = defineCloudflareCollector({
  id: 'tokens',
  title: { fr: 'Jetons d’API', en: 'API tokens' },
  kinds: [TOKEN],
  permissions,
  async collect(cf) {
    const own = ownOf(cf);
    // each list says for itself what it lacks
    own.catch(() => {});
    await Promise.all([
      cf.list([TOKEN], async () => {
        const found = await cf.every(OF_ACCOUNT, PAGES);
        for (const token of found) see(cf, OF_ACCOUNT, token, await own.catch(() => undefined));
      }),
      cf.list([TOKEN], async () => {
        // a token of an account has no user whose tokens could be read
        if ((await own)?.isOfAccount) return;
        for (const token of await cf.every(OF_USER, PAGES)) see(cf, OF_USER, token, await own);
      }),
    ]);
  },
});

interface Own {
  id: string;
  isOfAccount: boolean;
}

/** The token that reads; undefined where its verification does not tell. @throws Refused */
async function ownOf(cf: Tokens): Promise<Own | undefined> {
  const ofUser = await verified(cf, VERIFY);
  if (ofUser.id !== undefined) return { id: ofUser.id, isOfAccount: false };
  if (!ofUser.nobodys) return undefined;
  const ofAccount = await verified(cf, VERIFY_OF_ACCOUNT);
  if (ofAccount.id !== undefined) return { id: ofAccount.id, isOfAccount: true };
  if (!ofAccount.nobodys) return undefined;
  // it is said of both that it is none of theirs, and of one of them in another way
  const isUnknownUser = ofUser.nobodys.failure.errors.some(({ code }) => INVALID.has(code));
  // counted, and not sent again
  await cf.ask(isUnknownUser ? VERIFY : VERIFY_OF_ACCOUNT);
  throw isUnknownUser ? ofAccount.nobodys : ofUser.nobodys;
}

async function verified(
  cf: Tokens,
  path: typeof VERIFY | typeof VERIFY_OF_ACCOUNT,
): Promise<{ id?: string | undefined; nobodys?: Refused }> {
  try {
    return { id: textOf(objectOf(await cf.one(path)).id) };
  } catch (error) {
    const nobodys = error instanceof Refused && error.failure.errors.some(({ code }) => NOT_THEIRS.has(code));
    if (nobodys) return { nobodys: error };
    throw error;
  }
}

/** How the policies of tokens write that all zones are meant. Cloudflare API documentation, “Create API tokens via the API”. */
const EVERY_ZONE = 'com.cloudflare.api.account.zone.*';

/**
 * Whether a token sees all zones of an account: the list of zones leaves out those that it does not, and does not say so.
 * @param account its id
 */
function seesEveryZone({ policies }: Answered, account: string): boolean {
  const own = objectsOf(policies);
  const names = ({ permission_groups: groups }: Answered) =>
    objectsOf(groups).map(({ name }) => textOf(name));
  if (own.some(({ effect }) => effect !== 'allow')) return false;
  return own.some((policy) => {
    const resources = objectOf(policy.resources);
    const within = [`com.cloudflare.api.account.${account}`, 'com.cloudflare.api.account.*'];
    return (
      names(policy).some((name) => /^Zone (?:Read|Edit|Write)$/.test(name ?? '')) &&
      (EVERY_ZONE in resources || within.some((one) => EVERY_ZONE in objectOf(resources[one])))
    );
  });
}

function see(cf: Tokens, told: typeof OF_ACCOUNT | typeof OF_USER, token: Answered, own?: Own): void {
  const [id, name] = [textOf(token.id), textOf(token.name)];
  if (id === undefined || name === undefined) return;
  const groups = objectsOf(token.policies).flatMap(({ permission_groups: list }) =>
    objectsOf(list).flatMap((group) => textOf(group.name) ?? []),
  );
  cf.see({
    kind: TOKEN,
    name,
    told,
    address: told === OF_USER ? `/user/tokens/${id}` : `/accounts/${cf.account}/tokens/${id}`,
    otherNames: [id],
    // nobody would declare the one that an audit is made with
    builtIn: id === own?.id,
    properties: {
      status: textOf(token.status),
      expiresAt: textOf(token.expires_on),
      lastUsedAt: textOf(token.last_used_on),
      issuedAt: textOf(token.issued_on),
      permissions: [...new Set(groups)].sort(),
      isOfUser: told === OF_USER,
      // of the one that reads: nobody asks it of others
      seesEveryZone: id === own?.id ? seesEveryZone(token, cf.account) : undefined,
    },
  });
}
