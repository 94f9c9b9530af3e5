import type { Estate } from '#model/estate.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { codes } from '#model/text.ts';
import { inZone, isServed, listIn, textIn } from '../../derived/cloudflare.ts';
import { some } from '../../derived/place.ts';

/** Whoever types the name is answered in the clear, and may be led elsewhere before the first redirect. */
export const zoneHttpsNotEnforced = defineRule({
  id: 'zone-https-not-enforced',
  severity: 'medium',
  // a Worker, an origin or a page rule may redirect too
  confidence: 'medium',
  subject: 'estate',
  title: {
    fr: 'Zone qui répond en HTTP',
    en: 'Zone that answers over HTTP',
  },
  risk: {
    fr: 'Une requête en clair peut être lue et détournée avant toute redirection.',
    en: 'A request in the clear can be read and led elsewhere before any redirect.',
  },
  remedy: {
    fr: 'Activer `Always Use HTTPS` sur la zone, puis HSTS.',
    en: 'Switch `Always Use HTTPS` on for the zone, then HSTS.',
  },
  references: [
    'https://developers.cloudflare.com/ssl/edge-certificates/additional-options/always-use-https/',
  ],
  evaluate(estate) {
    const zones = estate.resources.filter(
      (one) =>
        one.kind === 'Cloudflare::Zone' &&
        one.properties.alwaysUseHttps !== undefined &&
        isServed(one, estate),
    );
    if (zones.length === 0) return notApplicable;
    const open = zones.filter(
      (zone) => zone.properties.alwaysUseHttps === 'off' && !isRedirected(zone, estate),
    );
    const evidence = some(open.flatMap(({ observed }) => observed.slice(0, 1)).slice(0, 4));
    if (!evidence) return gaps([]);
    const names = codes(open.map(({ name }) => name).sort());
    return gaps([
      {
        resources: open.map(({ id }) => id),
        title: {
          fr: `${open.length} ${open.length > 1 ? 'zones qui répondent' : 'zone qui répond'} en HTTP`,
          en: `${open.length} ${open.length === 1 ? 'zone that answers' : 'zones that answer'} over HTTP`,
        },
        message: {
          fr: `\`Always Use HTTPS\` est désactivé, et aucune règle de redirection vers HTTPS n’a été vue\u00a0: ${names.fr}.`,
          en: `\`Always Use HTTPS\` is off, and no rule that redirects to HTTPS was seen: ${names.en}.`,
        },
        evidence,
      },
    ]);
  },
});

/** Whether a rule of the zone redirects what comes in the clear, or one may, since its rules were not read. */
function isRedirected(zone: Resource, estate: Estate): boolean {
  return inZone(zone, estate).some((one) => {
    if (one.kind !== 'Cloudflare::Ruleset' || one.properties.phase !== 'http_request_dynamic_redirect')
      return false;
    const rules = listIn(one, 'rules');
    return (
      !rules ||
      rules.some(
        (rule) =>
          rule.enabled !== false &&
          textIn(rule, 'action') === 'redirect' &&
          /\bssl\b|http:\/\/|^true$/.test(textIn(rule, 'expression') ?? ''),
      )
    );
  });
}
