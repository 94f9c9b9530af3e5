import type { Json, Kind } from '#model/fact.ts';
import { type Answered, flagOf, objectOf, objectsOf, textOf, textsOf } from '../fields.ts';
import { type CloudflareScope, defineCloudflareCollector } from './cloudflare-collector.ts';

const APPLICATIONS = '/accounts/{account_id}/access/apps';
const POLICIES_OF = `${APPLICATIONS}/{app_id}/policies` as const;
const POLICIES = '/accounts/{account_id}/access/policies';
const PROVIDERS = '/accounts/{account_id}/access/identity_providers';
const TOKENS = '/accounts/{account_id}/access/service_tokens';

const permissions = {
  [APPLICATIONS]: 'Access: Apps and Policies Read',
  [POLICIES_OF]: 'Access: Apps and Policies Read',
  [POLICIES]: 'Access: Apps and Policies Read',
  [PROVIDERS]: 'Access: Organizations, Identity Providers, and Groups Read',
  [TOKENS]: 'Access: Service Tokens Read',
} as const;
type Access = CloudflareScope<keyof typeof permissions>;

const APPLICATION: Kind = 'Cloudflare::Access::Application';
const POLICY: Kind = 'Cloudflare::Access::Policy';
const PAGES = { by: 'page', size: 100 } as const;
/** The account has no Zero Trust organisation, and so nothing of Access. */
const NO_ORGANISATION = 'access.api.error.not_enabled';

/** Who is let in where: applications with their policies, identity providers, and service tokens. Cloudflare API, “Access”. */
export const access = defineCloudflareCollector({
  id: 'access',
  title: { fr: 'Access', en: 'Access' },
  kinds: [APPLICATION, POLICY, 'Cloudflare::Access::IdentityProvider', 'Cloudflare::Access::ServiceToken'],
  permissions,
  async collect(cf) {
    await Promise.all([
      cf.list([APPLICATION], () => applications(cf), NO_ORGANISATION),
      cf.list([POLICY], () => reusablePolicies(cf), NO_ORGANISATION),
      cf.list(['Cloudflare::Access::IdentityProvider'], () => providers(cf), NO_ORGANISATION),
      cf.list(['Cloudflare::Access::ServiceToken'], () => serviceTokens(cf), NO_ORGANISATION),
    ]);
  },
});

async function applications(cf: Access): Promise<void> {
  const found = await cf.every(APPLICATIONS, PAGES);
  await Promise.all(
    found.map(async (application) => {
      const [id, type] = [textOf(application.id), textOf(application.type)];
      const domain = textOf(application.domain);
      const name = textOf(application.name) ?? domain;
      if (id === undefined || name === undefined) return;
      // newer answers hold the policies; older ones have them apart
      const { output, refusal } = Array.isArray(application.policies)
        ? { output: objectsOf(application.policies), refusal: undefined }
        : await cf.tryEvery(POLICIES_OF, PAGES, { at: { app_id: id } });
      const domains = [
        ...new Set([
          ...(domain === undefined ? [] : [domain]),
          ...textsOf(application.self_hosted_domains),
          ...objectsOf(application.destinations).flatMap(({ uri }) => textOf(uri) ?? []),
        ]),
      ];
      cf.see({
        kind: APPLICATION,
        name,
        told: APPLICATIONS,
        address: `/accounts/${cf.account}/access/apps/${id}`,
        otherNames: [id, ...domains],
        properties: {
          id,
          type,
          domain,
          domains,
          audience: textOf(application.aud),
          sessionDuration: textOf(application.session_duration),
          allowedIdentityProviders: textsOf(application.allowed_idps),
          policies: output?.map(policyOf),
        },
        relations: domains.map((one) => ({
          type: 'protects',
          to: { kind: 'Cloudflare::Workers::Domain' as const, name: one.split('/')[0] ?? one },
        })),
        refusals: [refusal],
      });
    }),
  );
}

/** Rules of a policy by their sort: whom they name is nobody's business but theirs. */
const sortsOf = (rules: unknown): string[] => [
  ...new Set(objectsOf(rules).flatMap((rule) => Object.keys(rule).slice(0, 1))),
];

function policyOf(policy: Answered): { [key: string]: Json } {
  const said = {
    name: textOf(policy.name),
    decision: textOf(policy.decision),
    include: sortsOf(policy.include),
    require: sortsOf(policy.require),
    exclude: sortsOf(policy.exclude),
    sessionDuration: textOf(policy.session_duration),
  };
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined),
  );
}

async function reusablePolicies(cf: Access): Promise<void> {
  for (const policy of await cf.every(POLICIES, PAGES)) {
    const [id, name] = [textOf(policy.id), textOf(policy.name)];
    if (id === undefined || name === undefined) continue;
    const { name: _, ...properties } = policyOf(policy);
    cf.see({
      kind: POLICY,
      name,
      told: POLICIES,
      address: `/accounts/${cf.account}/access/policies/${id}`,
      otherNames: [id],
      properties,
    });
  }
}

async function providers(cf: Access): Promise<void> {
  for (const provider of await cf.every(PROVIDERS, PAGES)) {
    const [id, type] = [textOf(provider.id), textOf(provider.type)];
    if (id === undefined || type === undefined) continue;
    cf.see({
      kind: 'Cloudflare::Access::IdentityProvider',
      name: textOf(provider.name) ?? type,
      told: PROVIDERS,
      address: `/accounts/${cf.account}/access/identity_providers/${id}`,
      otherNames: [id],
      properties: { type, scim: flagOf(objectOf(provider.scim_config).enabled) },
      // the code that Access itself sends by e-mail is there without anybody's doing
      builtIn: type === 'onetimepin',
    });
  }
}

async function serviceTokens(cf: Access): Promise<void> {
  for (const token of await cf.every(TOKENS, PAGES)) {
    const [id, name] = [textOf(token.id), textOf(token.name)];
    if (id === undefined || name === undefined) continue;
    cf.see({
      kind: 'Cloudflare::Access::ServiceToken',
      name,
      told: TOKENS,
      address: `/accounts/${cf.account}/access/service_tokens/${id}`,
      otherNames: [id],
      properties: {
        expiresAt: textOf(token.expires_at),
        duration: textOf(token.duration),
        lastSeenAt: textOf(token.last_seen_at),
        createdAt: textOf(token.created_at),
      },
    });
  }
}
