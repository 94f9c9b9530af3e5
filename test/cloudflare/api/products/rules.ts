import { found } from '../answer.ts';
import { accountId, hex, type SaidRuleset, type SaidZone, without, zoneId } from '../estate.ts';
import { type Asked, gives, lists, type Operation } from '../operation.ts';
import type { Paging } from '../paging.ts';

/** What it takes to read a phase: of a zone, of an account. */
const PHASES: Record<string, readonly [zone: string, account: string]> = {
  ddos_l7: ['HTTP DDoS Managed Ruleset Read', 'Account Rulesets Read'],
  http_config_settings: ['Config Rules Read', 'Account Rulesets Read'],
  http_custom_errors: ['Custom Error Rules Read', 'Account Rulesets Read'],
  http_ratelimit: ['Zone WAF Read', 'Account WAF Read'],
  http_request_cache_settings: ['Cache Rules Read', 'Account Rulesets Read'],
  http_request_dynamic_redirect: ['Single Redirect Read', 'Account Rulesets Read'],
  http_request_firewall_custom: ['Zone WAF Read', 'Account WAF Read'],
  http_request_firewall_managed: ['Zone WAF Read', 'Account WAF Read'],
  http_request_late_transform: ['Transform Rules Read', 'Account Rulesets Read'],
  http_request_origin: ['Origin Rules Read', 'Account Rulesets Read'],
  http_request_redirect: ['Single Redirect Read', 'Bulk URL Redirects Read'],
  http_request_sanitize: ['Sanitize Read', 'Account Rulesets Read'],
  http_request_sbfm: ['Zone WAF Read', 'Account WAF Read'],
  http_request_transform: ['Transform Rules Read', 'Account Rulesets Read'],
  http_response_compression: ['Response Compression Read', 'Account Rulesets Read'],
  http_response_firewall_managed: ['Zone WAF Read', 'Account WAF Read'],
  http_response_headers_transform: ['Transform Rules Read', 'Account Rulesets Read'],
};

const permissionsOf = (side: 0 | 1): string[] => [
  ...new Set(Object.values(PHASES).map((permissions) => permissions[side])),
];

/** What Cloudflare has for every zone: it is listed, and does nothing until an entry point executes it. */
const MANAGED: readonly (SaidRuleset & { name: string; id: string })[] = [
  { name: 'DDoS L7 ruleset', phase: 'ddos_l7', id: '4d21379b4f9f4bb088e0729962c8b3cf' },
  {
    name: 'Cloudflare Normalization Ruleset',
    phase: 'http_request_sanitize',
    id: '70339d97bdb34195bbf054b1ebe81f76',
  },
  {
    name: 'Cloudflare Managed Free Ruleset',
    phase: 'http_request_firewall_managed',
    id: '77454fe2d30c4220b5701f6fdfb893ba',
  },
].map((ruleset) => ({ ...ruleset, kind: 'managed', description: `Created by Cloudflare: ${ruleset.name}` }));

const LAST_UPDATED = '2026-06-30T08:00:00.000000Z';

interface Owner {
  id: string;
  kind: 'zone' | 'root';
  rulesets: readonly SaidRuleset[];
}

const zoneOwner = (zone: SaidZone): Owner => ({
  id: zoneId(zone),
  kind: 'zone',
  rulesets: [...MANAGED, ...(zone.rulesets ?? [])],
});
const accountOwner = ({ account }: Asked): Owner => ({
  id: accountId(account),
  kind: 'root',
  rulesets: account.rulesets ?? [],
});

function rulesetOf(owner: Owner, said: SaidRuleset) {
  const id = String(said.id ?? hex('ruleset', owner.id, said.phase, String(said.name ?? '')));
  return {
    id,
    name: 'default',
    description: '',
    kind: owner.kind,
    version: '1',
    last_updated: LAST_UPDATED,
    ...without(said, 'rules'),
    rules: (said.rules ?? []).map((rule, index) => {
      const ruleId = hex('rule', id, String(rule.description ?? index));
      return {
        id: ruleId,
        version: '1',
        last_updated: LAST_UPDATED,
        ref: ruleId,
        enabled: true,
        description: '',
        expression: 'true',
        action: 'block',
        ...rule,
      };
    }),
  };
}

/** The entry point of a phase; where nothing was ever put there is none, and not an empty one. */
function entrypointOf(owner: Owner, phase: string) {
  const said = owner.rulesets.find(
    (one) => one.phase === phase && ((one.kind as string | undefined) ?? owner.kind) === owner.kind,
  );
  return rulesetOf(owner, found(said, 10003, `could not find entrypoint ruleset in the ${phase} phase`));
}

const byId = (owner: Owner, id: string) =>
  found(
    owner.rulesets.map((said) => rulesetOf(owner, said)).find((ruleset) => ruleset.id === id),
    10003,
    'could not find ruleset',
  );

const BY_CURSOR: Paging = { by: 'cursor', size: 50, most: 50 };

/** What is done to requests and answers, of zones and of the account: https://developers.cloudflare.com/ruleset-engine/ */
export const operations: readonly Operation[] = (
  [
    ['/zones/{zone_id}', 0, ({ zone }: Asked) => zoneOwner(zone)],
    ['/accounts/{account_id}', 1, accountOwner],
  ] as const
).flatMap(([root, side, owner]) => [
  lists('rulesets.list', `${root}/rulesets`, permissionsOf(side), BY_CURSOR, (asked) =>
    owner(asked).rulesets.map((said) => without(rulesetOf(owner(asked), said), 'rules')),
  ),
  // One operation a phase, as each has a permission of its own.
  ...Object.entries(PHASES).map(([phase, permissions]) =>
    gives(
      'rulesets.phases.get',
      `${root}/rulesets/phases/${phase}/entrypoint`,
      [permissions[side]],
      (asked) => entrypointOf(owner(asked), phase),
    ),
  ),
  gives('rulesets.get', `${root}/rulesets/{ruleset_id}`, permissionsOf(side), (asked) =>
    byId(owner(asked), asked.at('ruleset_id')),
  ),
]);
