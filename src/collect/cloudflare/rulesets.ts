import { maskSecrets } from '#lib/mask.ts';
import type { Json } from '#model/fact.ts';
import { type Answered, objectOf, objectsOf, textOf } from '../fields.ts';
import { type CloudflareScope, defineCloudflareCollector } from './cloudflare-collector.ts';

const OF_ACCOUNT = '/accounts/{account_id}/rulesets';
const OF_ZONE = '/zones/{zone_id}/rulesets';
const IN_ACCOUNT = `${OF_ACCOUNT}/{ruleset_id}` as const;
const IN_ZONE = `${OF_ZONE}/{ruleset_id}` as const;

const permissions = {
  [OF_ACCOUNT]: 'Account Rulesets Read',
  [IN_ACCOUNT]: 'Account Rulesets Read',
  [OF_ZONE]: 'Zone WAF Read',
  [IN_ZONE]: 'Zone WAF Read',
} as const;
type Rulesets = CloudflareScope<keyof typeof permissions>;

/** Phases whose rules are read, since rules of the audit ask about them; of the others it is known that they are there. */
const READ = new Set([
  'http_request_firewall_custom',
  'http_request_firewall_managed',
  'http_ratelimit',
  'http_request_dynamic_redirect',
]);
const MOST_RULES = 100;
const LONGEST_EXPRESSION = 300;

/** What is done to requests, phase by phase. Cloudflare API, “Rulesets”: 50 a page at most, by cursor. */
export const rulesets = defineCloudflareCollector({
  id: 'rulesets',
  title: { fr: 'Jeux de règles', en: 'Rulesets' },
  kinds: ['Cloudflare::Ruleset'],
  permissions,
  async collect(cf) {
    const listed = { by: 'cursor', size: 50 } as const;
    const zones = cf.zones().then((list) =>
      Promise.all(
        list.map(({ id, name }) =>
          cf.list(['Cloudflare::Ruleset'], async () => {
            const at = { zone_id: id };
            const found = await cf.every(OF_ZONE, listed, { at });
            const own = { told: OF_ZONE, inside: IN_ZONE, at, address: `/zones/${id}`, zone: name } as const;
            await Promise.all(found.map((ruleset) => look(cf, ruleset, own)));
          }),
        ),
      ),
    );
    const account = cf.list(['Cloudflare::Ruleset'], async () => {
      const found = await cf.every(OF_ACCOUNT, listed);
      const address = `/accounts/${cf.account}`;
      const own = { told: OF_ACCOUNT, inside: IN_ACCOUNT, at: {}, address } as const;
      await Promise.all(found.map((ruleset) => look(cf, ruleset, own)));
    });
    // each is over before what could not be read of the other is told
    await Promise.allSettled([zones, account]);
    await zones;
  },
});

interface Where {
  told: typeof OF_ACCOUNT | typeof OF_ZONE;
  inside: typeof IN_ACCOUNT | typeof IN_ZONE;
  at: Record<string, string>;
  address: string;
  zone?: string;
}

async function look(cf: Rulesets, ruleset: Answered, where: Where): Promise<void> {
  const [id, phase, kind] = [textOf(ruleset.id), textOf(ruleset.phase), textOf(ruleset.kind)];
  // those of Cloudflare's own are listed everywhere, and do nothing until a phase executes them
  if (id === undefined || phase === undefined || (kind !== 'zone' && kind !== 'root')) return;
  const { told, inside, at, address, zone } = where;
  const asked = READ.has(phase) ? await cf.ask(inside, { at: { ...at, ruleset_id: id } }) : undefined;
  const rules = objectsOf(objectOf(asked?.output).rules);
  cf.see({
    kind: 'Cloudflare::Ruleset',
    name: zone === undefined ? phase : `${zone} ${phase}`,
    told,
    address: `${address}/rulesets/${id}`,
    otherNames: [id],
    properties: {
      phase,
      modifiedAt: textOf(ruleset.last_updated),
      ...(asked?.output !== undefined && {
        ruleCount: rules.length,
        rules: rules.slice(0, MOST_RULES).map(ruleOf),
      }),
    },
    relations: [
      zone === undefined ? undefined : { type: 'part-of', to: { kind: 'Cloudflare::Zone', name: zone } },
    ],
    refusals: [asked?.refusal],
  });
}

/** Values that headers, cookies and arguments are compared with are often what lets a request in; their names are not. */
const CARRIES = /headers|cookie|args|body|query|password|token|secret|key/i;
/** Strings as the Rules language writes them; those between brackets are names of headers. Ruleset Engine, “Values”. */
const STRING = /(\[)?(?:r(#+)"[\s\S]*?"\2|"(?:\\[\s\S]|[^"\\])*(?:"|$))/g;
const shown = (expression: string): string =>
  maskSecrets(
    CARRIES.test(expression)
      ? expression.replace(STRING, (string, bracket) => (bracket ? string : '"…"'))
      : expression,
  ).slice(0, LONGEST_EXPRESSION);

/** What a rule does, where, and whether it does; what it is compared with may be a password, and is masked. */
function ruleOf(rule: Answered): Json {
  const expression = textOf(rule.expression);
  const description = textOf(rule.description);
  const executes = textOf(objectOf(rule.action_parameters).id);
  return {
    action: textOf(rule.action) ?? '',
    enabled: rule.enabled !== false,
    ...(description !== undefined && { description: maskSecrets(description).slice(0, LONGEST_EXPRESSION) }),
    ...(expression !== undefined && {
      expression: shown(expression),
    }),
    ...(executes !== undefined && { executes }),
  };
}
