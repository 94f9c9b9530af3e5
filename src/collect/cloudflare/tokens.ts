import { type Answered, objectOf, objectsOf, textOf } from '../readers/cloudflare/fields.ts';
import { type CloudflareScope, defineCloudflareCollector } from './cloudflare-collector.ts';

const OF_ACCOUNT = '/accounts/{account_id}/tokens';
const OF_USER = '/user/tokens';
const VERIFY = '/user/tokens/verify';

const permissions = {
  [OF_ACCOUNT]: 'Account API Tokens Read',
  [OF_USER]: 'API Tokens Read',
  // every token may ask for its own
  [VERIFY]: '',
} as const;
type Tokens = CloudflareScope<keyof typeof permissions>;

/** What the verification of users’ tokens says of one of an account: it is none of theirs. */
const NOT_OF_A_USER = [1000, 1001, 6003, 9109, 10000];

/** API tokens of the account, and of the user whose token reads: until when they hold, never what they are. */
export const tokens = defineCloudflareCollector({
  id: 'tokens',
  title: { fr: 'Jetons d’API', en: 'API tokens' },
  kinds: ['Cloudflare::APIToken'],
  permissions,
  async collect(cf) {
    const user = async () => {
      const own = await cf.ask(VERIFY, {}, NOT_OF_A_USER);
      const id = textOf(objectOf(own.output).id);
      // a token of an account has no user whose tokens could be read
      if (id === undefined) return;
      for (const token of await cf.every(OF_USER, { by: 'page', size: 50 })) see(cf, OF_USER, token, id);
    };
    await Promise.all([
      cf.list(['Cloudflare::APIToken'], async () => {
        for (const token of await cf.every(OF_ACCOUNT, { by: 'page', size: 50 })) see(cf, OF_ACCOUNT, token);
      }),
      cf.list(['Cloudflare::APIToken'], user),
    ]);
  },
});

function see(cf: Tokens, told: typeof OF_ACCOUNT | typeof OF_USER, token: Answered, own?: string): void {
  const [id, name] = [textOf(token.id), textOf(token.name)];
  if (id === undefined || name === undefined) return;
  const groups = objectsOf(token.policies).flatMap(({ permission_groups: list }) =>
    objectsOf(list).flatMap((group) => textOf(group.name) ?? []),
  );
  cf.see({
    kind: 'Cloudflare::APIToken',
    name,
    told,
    address: told === OF_USER ? `/user/tokens/${id}` : `/accounts/${cf.account}/tokens/${id}`,
    otherNames: [id],
    // nobody would declare the one that an audit is made with
    builtIn: id === own,
    properties: {
      status: textOf(token.status),
      expiresAt: textOf(token.expires_on),
      lastUsedAt: textOf(token.last_used_on),
      issuedAt: textOf(token.issued_on),
      permissions: [...new Set(groups)].sort(),
      isOfUser: told === OF_USER,
    },
  });
}
