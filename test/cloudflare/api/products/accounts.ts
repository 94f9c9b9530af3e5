import { refuse } from '../answer.ts';
import {
  accountId,
  type CloudflareAccount,
  CREATED,
  hex,
  ownerOf,
  type SaidEvent,
  type SaidToken,
  without,
  zoneId,
} from '../estate.ts';
import { type Asked, gives, lists, type Operation } from '../operation.ts';
import { pages } from '../paging.ts';
import { scopeOf } from '../permissions.ts';

const SETTINGS = ['Account Settings Read'];

const accountOf = (account: CloudflareAccount) => ({
  id: accountId(account),
  name: account.name,
  type: account.type ?? 'standard',
  settings: { enforce_twofactor: false, ...(account.settings as object) },
  created_on: account.created_on ?? CREATED,
});

/** A token as it is listed: what it may do and until when, never its value. */
export function tokenOf(account: CloudflareAccount, token: SaidToken, permissions: readonly string[]) {
  const id = accountId(account);
  const zones = (account.zones ?? []).filter(({ name }) => token.zones?.includes(name));
  const policies = Map.groupBy(permissions, scopeOf)
    .entries()
    .map(([scope, names]) => ({
      id: hex('policy', account.name, token.name, scope),
      effect: 'allow',
      resources:
        scope === 'user'
          ? { [`com.cloudflare.api.user.${hex('user', ownerOf(account))}`]: '*' }
          : scope === 'zone' && token.zones
            ? Object.fromEntries(
                zones.map((zone) => [`com.cloudflare.api.account.zone.${zoneId(zone)}`, '*']),
              )
            : scope === 'zone'
              ? { [`com.cloudflare.api.account.${id}`]: { 'com.cloudflare.api.account.zone.*': '*' } }
              : { [`com.cloudflare.api.account.${id}`]: '*' },
      permission_groups: names.map((name) => ({ id: hex('permission', name), name })),
    }));
  return {
    id: hex('token', account.name, token.name),
    status: 'active',
    issued_on: '2026-03-02T09:12:41Z',
    modified_on: '2026-03-02T09:12:41Z',
    ...without(token, 'permissions', 'zones'),
    policies: [...policies],
  };
}

export const auditorOf = (account: CloudflareAccount): SaidToken => ({
  name: 'audit, read only',
  ...account.auditor,
});

const userTokens = ({ account, token }: Asked) => [
  tokenOf(account, token, token.permissions ?? []),
  ...(account.tokens?.user ?? []).map((one) => tokenOf(account, one, one.permissions ?? [])),
];

/** What a token is told of itself, also once it is no longer valid. */
const verify = ({ account, token, now }: Asked) => {
  const { id, status, expires_on, not_before } = tokenOf(account, token, []) as Record<string, unknown>;
  return {
    id,
    status: isExpired(token, now) ? 'expired' : status,
    ...(expires_on !== undefined && { expires_on }),
    ...(not_before !== undefined && { not_before }),
  };
};

export const isExpired = (token: SaidToken, now: Date): boolean =>
  Date.parse(String(token.expires_on)) <= now.getTime();

const memberOf = (account: CloudflareAccount) => (said: { email: string }) => ({
  id: hex('member', account.name, said.email),
  email: said.email,
  status: 'accepted',
  user: {
    id: hex('user', said.email),
    email: said.email,
    first_name: null,
    last_name: null,
    two_factor_authentication_enabled:
      (said as Record<string, unknown>).two_factor_authentication_enabled ?? false,
  },
  roles: ((said as Record<string, unknown>).roles as string[] | undefined)?.map((name) => roleOf(name)) ?? [
    roleOf('Super Administrator - All Privileges'),
  ],
});

const roleOf = (name: string) => ({
  id: hex('role', name),
  name,
  description: name,
  permissions: { organization: { read: true, write: name.startsWith('Super') } },
});

const membersOf = ({ account }: Asked) =>
  (account.members ?? [{ email: ownerOf(account), ...account.user }]).map(memberOf(account));

/** The newest first, within the days that were asked for. */
function eventsOf({ account, query }: Asked): readonly SaidEvent[] {
  const since = Date.parse(query.get('since') ?? '') || 0;
  const before = Date.parse(query.get('before') ?? '') || Number.POSITIVE_INFINITY;
  return (account.audit_logs ?? []).filter(({ on }) => since <= Date.parse(on) && Date.parse(on) < before);
}

const oldEvent = (account: CloudflareAccount) => (event: SaidEvent, index: number) => ({
  id: hex('event', account.name, event.on, String(index)),
  action: { result: true, type: event.action },
  actor: { id: hex('user', event.by ?? ownerOf(account)), email: event.by ?? ownerOf(account), type: 'user' },
  interface: event.from === 'dash' ? 'UI' : 'API',
  metadata: event.zone ? { zone_name: event.zone } : {},
  owner: { id: accountId(account) },
  resource: { id: event.resource.id, type: event.resource.type },
  when: event.on,
});

const event = (account: CloudflareAccount) => (said: SaidEvent, index: number) => ({
  id: hex('event', account.name, said.on, String(index)),
  account: { id: accountId(account), name: account.name },
  action: {
    description: `${said.action} ${said.resource.type}`,
    result: 'success',
    time: said.on,
    type: said.action,
  },
  actor: {
    id: hex('user', said.by ?? ownerOf(account)),
    context: said.from ?? 'dash',
    email: said.by ?? ownerOf(account),
    type: 'user',
  },
  raw: {
    cf_ray_id: hex('ray', said.on).slice(0, 16),
    method: 'PUT',
    status_code: 200,
    uri: '',
    user_agent: '',
  },
  resource: { id: said.resource.id, product: said.resource.product ?? 'workers', type: said.resource.type },
  ...(said.zone !== undefined && { zone: { id: hex('zone', said.zone), name: said.zone } }),
});

/** Accounts, who may do what in them, and what was done. */
export const operations: readonly Operation[] = [
  // What the token cannot see is not in the list: a token of a zone alone gets an empty one.
  lists('accounts.list', '/accounts', [], pages(20, 50), ({ accounts, token }) =>
    token.permissions?.some((name) => scopeOf(name) === 'account') ? accounts.map(accountOf) : [],
  ),
  gives('accounts.get', '/accounts/{account_id}', SETTINGS, ({ account }) => accountOf(account)),
  lists('accounts.members.list', '/accounts/{account_id}/members', SETTINGS, pages(20, 50), membersOf),
  lists(
    'accounts.tokens.list',
    '/accounts/{account_id}/tokens',
    ['Account API Tokens Read'],
    pages(20, 50),
    ({ account }) =>
      (account.tokens?.account ?? []).map((one) => tokenOf(account, one, one.permissions ?? [])),
  ),
  gives('accounts.tokens.verify', '/accounts/{account_id}/tokens/verify', [], () =>
    // The audit's token is the user's.
    refuse(401, 1000, 'Invalid API Token'),
  ),
  lists('auditLogs.list', '/accounts/{account_id}/audit_logs', SETTINGS, pages(100, 1000), (asked) =>
    eventsOf(asked).map(oldEvent(asked.account)),
  ),
  lists(
    'accounts.logs.audit.list',
    '/accounts/{account_id}/logs/audit',
    SETTINGS,
    { by: 'cursor', size: 100, most: 1000, after: true, limit: 'limit' },
    (asked) =>
      // Both ends have to be given: https://developers.cloudflare.com/fundamentals/account/account-security/audit-logs/
      asked.query.has('since') && asked.query.has('before')
        ? eventsOf(asked).map(event(asked.account))
        : refuse(400, 10400, 'since and before are required'),
  ),
  gives('user.get', '/user', ['User Details Read'], ({ account }) => ({
    id: hex('user', ownerOf(account)),
    email: ownerOf(account),
    first_name: null,
    last_name: null,
    country: null,
    two_factor_authentication_enabled: false,
    suspended: false,
    ...account.user,
  })),
  lists('user.tokens.list', '/user/tokens', ['API Tokens Read'], pages(20, 50), userTokens),
  gives('user.tokens.verify', '/user/tokens/verify', [], verify),
  lists('memberships.list', '/memberships', ['Memberships Read'], pages(20, 50), ({ accounts }) =>
    accounts.map((account) => ({
      id: hex('membership', account.name),
      status: 'accepted',
      account: accountOf(account),
      api_access_enabled: true,
      roles: ['Super Administrator - All Privileges'],
      permissions: { organization: { read: true, write: true } },
    })),
  ),
];
