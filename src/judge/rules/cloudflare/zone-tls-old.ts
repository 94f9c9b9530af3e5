import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isServed } from '../../derived/cloudflare.ts';
import { some } from '../../derived/place.ts';

const OLD = new Set(['1.0', '1.1']);

/** Versions of TLS that are withdrawn are still spoken to whoever asks for them. */
export const zoneTlsOld = defineRule({
  id: 'zone-tls-old',
  severity: 'medium',
  subject: 'estate',
  title: {
    fr: 'Zone qui accepte une version retirée de TLS',
    en: 'Zone that accepts a withdrawn version of TLS',
  },
  risk: {
    fr: 'TLS 1.0 et 1.1 sont retirés depuis 2021\u00a0: leurs défauts sont connus, et des référentiels (PCI DSS) les refusent.',
    en: 'TLS 1.0 and 1.1 were withdrawn in 2021: their faults are known, and standards (PCI DSS) refuse them.',
  },
  remedy: {
    fr: 'Porter `Minimum TLS Version` à 1.2, après avoir regardé qui se sert encore des anciennes.',
    en: 'Set `Minimum TLS Version` to 1.2, once it is known who still uses the old ones.',
  },
  references: [
    'https://www.rfc-editor.org/rfc/rfc8996',
    'https://developers.cloudflare.com/ssl/edge-certificates/additional-options/minimum-tls/',
  ],
  evaluate(estate) {
    const zones = estate.resources.filter(
      (one) =>
        one.kind === 'Cloudflare::Zone' &&
        one.properties.minTlsVersion !== undefined &&
        isServed(one, estate),
    );
    if (zones.length === 0) return notApplicable;
    const old = zones.filter(({ properties }) => OLD.has(String(properties.minTlsVersion)));
    const evidence = some(old.flatMap(({ observed }) => observed.slice(0, 1)).slice(0, 4));
    if (!evidence) return gaps([]);
    const names = codes(old.map(({ name }) => name).sort());
    const least = code(
      [...new Set(old.map(({ properties }) => String(properties.minTlsVersion)))].sort()[0] ?? '',
    );
    return gaps([
      {
        resources: old.map(({ id }) => id),
        title: {
          fr: `${old.length} ${old.length > 1 ? 'zones qui acceptent' : 'zone qui accepte'} TLS ${least}`,
          en: `${old.length} ${old.length === 1 ? 'zone that accepts' : 'zones that accept'} TLS ${least}`,
        },
        message: {
          fr: `La version minimale de TLS est inférieure à 1.2 pour ${names.fr}.`,
          en: `The minimum version of TLS is below 1.2 for ${names.en}.`,
        },
        evidence,
      },
    ]);
  },
});
