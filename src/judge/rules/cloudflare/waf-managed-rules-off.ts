import type { Estate } from '#model/estate.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { codes } from '#model/text.ts';
import { inZone, isReadInFull, isServed, listIn, textIn } from '../../derived/cloudflare.ts';
import { some } from '../../derived/place.ts';

const PHASE = 'http_request_firewall_managed';
/** On a free plan Cloudflare runs its free rules by itself, and there is nothing to switch on. */
const FREE = /free/i;

/** Rules that the plan pays for, and that nothing runs. */
export const wafManagedRulesOff = defineRule({
  id: 'waf-managed-rules-off',
  severity: 'low',
  subject: 'estate',
  title: {
    fr: 'Règles gérées du pare-feu applicatif non activées',
    en: 'Managed rules of the web application firewall not switched on',
  },
  risk: {
    fr: 'Les attaques connues contre les applications web arrivent jusqu’à elles.',
    en: 'Known attacks on web applications reach them.',
  },
  remedy: {
    fr: 'Activer `Cloudflare Managed Ruleset` sur la zone, d’abord en journalisation.',
    en: 'Switch `Cloudflare Managed Ruleset` on for the zone, logging at first.',
  },
  references: ['https://developers.cloudflare.com/waf/managed-rules/'],
  evaluate(estate) {
    const zones = estate.resources.filter(
      (one) =>
        one.kind === 'Cloudflare::Zone' &&
        typeof one.properties.plan === 'string' &&
        !FREE.test(one.properties.plan) &&
        one.account !== undefined &&
        isReadInFull(estate, one.account, '/zones/{zone_id}/rulesets') &&
        isReadInFull(estate, one.account, '/accounts/{account_id}/rulesets') &&
        isServed(one, estate),
    );
    if (zones.length === 0) return notApplicable;
    const off = zones.filter((zone) => !isManaged(zone, estate));
    const evidence = some(off.flatMap(({ observed }) => observed.slice(0, 1)).slice(0, 4));
    if (!evidence) return gaps([]);
    const names = codes(off.map(({ name }) => name).sort());
    return gaps([
      {
        resources: off.map(({ id }) => id),
        title: {
          fr: `${off.length} ${off.length > 1 ? 'zones' : 'zone'} sans règles gérées du pare-feu`,
          en: `${off.length} ${off.length === 1 ? 'zone' : 'zones'} without managed firewall rules`,
        },
        message: {
          fr: `Aucune règle gérée n’est exécutée pour ${names.fr}, dont le forfait en comprend.`,
          en: `No managed rule is executed for ${names.en}, whose plan includes some.`,
        },
        evidence,
      },
    ]);
  },
});

/** Whether the zone or its account executes a managed ruleset, or one whose rules were not read may. */
function isManaged(zone: Resource, estate: Estate): boolean {
  const ofAccount = estate.resources.filter(
    ({ kind, name, account }) => kind === 'Cloudflare::Ruleset' && name === PHASE && account === zone.account,
  );
  return [...inZone(zone, estate), ...ofAccount].some((one) => {
    if (one.kind !== 'Cloudflare::Ruleset' || one.properties.phase !== PHASE) return false;
    const rules = listIn(one, 'rules');
    return !rules || rules.some((rule) => rule.enabled !== false && textIn(rule, 'action') === 'execute');
  });
}
