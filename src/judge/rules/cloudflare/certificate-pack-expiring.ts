import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { daysLeft } from '../../derived/cloudflare.ts';
import { some, titled } from '../../derived/place.ts';

/** Cloudflare renews its own certificates 30 days before their end: one with less than this was not renewed. */
const LATE = 14;

/** A certificate that should have been renewed was not: its hosts are refused on a day that is known. */
export const certificatePackExpiring = defineRule({
  id: 'certificate-pack-expiring',
  severity: 'high',
  subject: 'resource',
  kinds: ['Cloudflare::CertificatePack'],
  title: {
    fr: 'Certificat Cloudflare qui expire sans être renouvelé',
    en: 'Cloudflare certificate that expires without having been renewed',
  },
  risk: {
    fr: 'Les navigateurs refusent la connexion aux noms du certificat le jour venu.',
    en: 'Browsers refuse the connection to the names of the certificate when the day comes.',
  },
  remedy: {
    fr: 'Rétablir la validation du domaine (enregistrements DNS, délégation, CAA), ou charger un certificat neuf.',
    en: 'Put domain validation back (DNS records, delegation, CAA), or upload a new certificate.',
  },
  references: [
    'https://developers.cloudflare.com/ssl/reference/certificate-validity-periods/',
    'https://developers.cloudflare.com/ssl/edge-certificates/changing-dcv-method/',
  ],
  evaluate(pack) {
    const left = daysLeft(pack);
    const evidence = some(pack.observed.slice(0, 1));
    if (left === undefined || !evidence || pack.properties.status !== 'active') return notApplicable;
    if (left > LATE) return gaps([]);
    const day = String(pack.properties.expiresAt).slice(0, 10);
    const hosts = Array.isArray(pack.properties.hosts) ? pack.properties.hosts.map(String) : [pack.name];
    const list = codes(hosts);
    return gaps([
      {
        title: titled(
          code(pack.name),
          left < 0 ? 'certificat expiré' : 'certificat non renouvelé',
          left < 0 ? 'certificate has expired' : 'certificate not renewed',
        ),
        message: {
          fr: `Le certificat de ${list.fr} ${left < 0 ? 'a expiré' : 'expire'} le ${day}.`,
          en: `The certificate of ${list.en} ${left < 0 ? 'expired' : 'expires'} on ${day}.`,
        },
        evidence,
      },
    ]);
  },
});
