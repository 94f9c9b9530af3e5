import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isServed } from '../../derived/cloudflare.ts';
import { some, titled } from '../../derived/place.ts';

/** Visitors see a padlock, and what they send goes on unencrypted to the origin. */
export const zoneSslFlexible = defineRule({
  id: 'zone-ssl-flexible',
  severity: 'high',
  subject: 'resource',
  kinds: ['Cloudflare::Zone'],
  title: {
    fr: 'Zone dont le trafic vers l’origine n’est pas chiffré',
    en: 'Zone whose traffic to the origin is not encrypted',
  },
  risk: {
    fr: 'Mots de passe et sessions passent en clair entre Cloudflare et l’origine, alors que le navigateur montre un cadenas.',
    en: 'Passwords and sessions travel in the clear between Cloudflare and the origin, while the browser shows a padlock.',
  },
  remedy: {
    fr: 'Installer un certificat sur l’origine, puis passer la zone en mode `Full (strict)`.',
    en: 'Install a certificate on the origin, then set the zone to `Full (strict)`.',
  },
  references: ['https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/'],
  evaluate(zone, estate) {
    const { sslMode } = zone.properties;
    const evidence = some(zone.observed.slice(0, 1));
    if (!evidence || typeof sslMode !== 'string' || !isServed(zone, estate)) return notApplicable;
    if (sslMode !== 'flexible' && sslMode !== 'off') return gaps([]);
    return gaps([
      {
        title: titled(code(zone.name), `mode SSL ${code(sslMode)}`, `SSL mode ${code(sslMode)}`),
        message:
          sslMode === 'off'
            ? {
                fr: `Le mode SSL de la zone est ${code('off')}\u00a0: rien n’y est chiffré.`,
                en: `The SSL mode of the zone is ${code('off')}: nothing is encrypted.`,
              }
            : {
                fr: `Le mode SSL de la zone est ${code(sslMode)}\u00a0: Cloudflare parle à l’origine en HTTP.`,
                en: `The SSL mode of the zone is ${code(sslMode)}: Cloudflare speaks HTTP to the origin.`,
              },
        evidence,
      },
    ]);
  },
});
