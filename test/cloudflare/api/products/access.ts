import { found, refuse } from '../answer.ts';
import { type CloudflareAccount, hex, type Named, type SaidAccess, uuid, without } from '../estate.ts';
import { type Asked, gives, lists, type Operation } from '../operation.ts';
import { pages } from '../paging.ts';

const APPLICATIONS = ['Access: Apps and Policies Read'];
const IDENTITY = ['Access: Organizations, Identity Providers, and Groups Read'];
const TOKENS = ['Access: Service Tokens Read'];
const ROOT = '/accounts/{account_id}/access';
const CREATED = '2026-03-02T10:02:00Z';

/** What is there; an account where Access was never switched on is refused as if it lacked a permission. */
const accessOf = ({ account }: Asked): SaidAccess =>
  account.access ??
  refuse(
    403,
    9999,
    'access.api.error.not_enabled: access is not enabled. Visit the Access dashboard at https://dash.cloudflare.com/ and click the Enable Access button.',
  );

const policyOf = (account: CloudflareAccount, owner: string) => (said: Named) => ({
  id: uuid('access policy', account.name, owner, said.name),
  decision: 'allow',
  include: [],
  exclude: [],
  require: [],
  session_duration: '24h',
  created_at: CREATED,
  updated_at: CREATED,
  ...said,
});

function reusableOf(asked: Asked) {
  const { policies = [], applications = [] } = accessOf(asked);
  return policies.map((said) => ({
    ...policyOf(asked.account, 'reusable')(said),
    reusable: true,
    app_count: applications.filter((one) => one.policies?.includes(said.name)).length,
  }));
}

type Application = NonNullable<SaidAccess['applications']>[number];

/** The policies of an application in their order: its own, and reusable ones by name. */
function policiesOf(asked: Asked, application: Application) {
  const reusable = reusableOf(asked);
  return (application.policies ?? []).map((policy, index) => {
    const said =
      typeof policy === 'string'
        ? reusable.find(({ name }) => name === policy)
        : policyOf(asked.account, application.name)(policy);
    if (!said) throw new Error(`the estate has no Access policy ${String(policy)}`);
    return { ...without(said, 'app_count', 'reusable'), precedence: index + 1 };
  });
}

function applicationOf(asked: Asked, said: Application) {
  const { account } = asked;
  const domain = said.domain === undefined ? undefined : String(said.domain);
  return {
    id: uuid('access application', account.name, said.name),
    type: 'self_hosted',
    aud: hex('aud', account.name, said.name) + hex('audience', account.name, said.name),
    session_duration: '24h',
    allowed_idps: [],
    auto_redirect_to_identity: false,
    app_launcher_visible: true,
    http_only_cookie_attribute: true,
    enable_binding_cookie: false,
    ...(domain !== undefined && {
      self_hosted_domains: [domain],
      destinations: [{ type: 'public', uri: domain }],
    }),
    ...said,
    policies: policiesOf(asked, said),
  };
}

const applicationAsked = (asked: Asked): Application =>
  found(
    accessOf(asked).applications?.find(
      ({ name }) => uuid('access application', asked.account.name, name) === asked.at('app_id'),
    ),
    11021,
    'access.api.error.unknown_application',
  );

const named =
  (kind: string, defaults: (account: CloudflareAccount, said: Named) => object) =>
  (account: CloudflareAccount) =>
  (said: Named) => ({ id: uuid(kind, account.name, said.name), ...defaults(account, said), ...said });

const provider = named('identity provider', () => ({ config: {}, scim_config: { enabled: false } }));
const serviceToken = named('service token', (account, said) => ({
  client_id: `${hex('client', account.name, said.name)}.access`,
  duration: '8760h',
  enabled: true,
  expires_at: '2027-03-02T10:02:00Z',
}));
const group = named('access group', () => ({ include: [], exclude: [], require: [], is_default: [] }));

/** Cloudflare Access: who is let in, and with what. Secrets of clients and of providers are in no answer. */
export const operations: readonly Operation[] = [
  lists('zeroTrust.access.applications.list', `${ROOT}/apps`, APPLICATIONS, pages(25, 100), (asked) =>
    (accessOf(asked).applications ?? []).map((said) => applicationOf(asked, said)),
  ),
  gives('zeroTrust.access.applications.get', `${ROOT}/apps/{app_id}`, APPLICATIONS, (asked) =>
    applicationOf(asked, applicationAsked(asked)),
  ),
  lists(
    'zeroTrust.access.applications.policies.list',
    `${ROOT}/apps/{app_id}/policies`,
    APPLICATIONS,
    pages(25, 100),
    (asked) => policiesOf(asked, applicationAsked(asked)),
  ),
  lists('zeroTrust.access.policies.list', `${ROOT}/policies`, APPLICATIONS, pages(25, 100), reusableOf),
  lists('zeroTrust.access.groups.list', `${ROOT}/groups`, IDENTITY, pages(25, 100), (asked) =>
    (accessOf(asked).groups ?? []).map(group(asked.account)),
  ),
  lists('zeroTrust.identityProviders.list', `${ROOT}/identity_providers`, IDENTITY, pages(25, 100), (asked) =>
    (accessOf(asked).identity_providers ?? []).map(provider(asked.account)),
  ),
  lists('zeroTrust.access.serviceTokens.list', `${ROOT}/service_tokens`, TOKENS, pages(25, 100), (asked) =>
    (accessOf(asked).service_tokens ?? []).map(serviceToken(asked.account)),
  ),
  gives('zeroTrust.organizations.list', `${ROOT}/organizations`, IDENTITY, (asked) => ({
    name: asked.account.name,
    auth_domain: `${asked.account.subdomain ?? 'team'}.cloudflareaccess.com`,
    session_duration: '24h',
    is_ui_read_only: false,
    auto_redirect_to_identity: false,
    ...accessOf(asked).organization,
  })),
];
