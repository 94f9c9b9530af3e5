import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { idsOn, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

const SOON = 21;
const VERY_SOON = 7;

/** Browsers refuse it from that day on. */
export const certificateOnDiskExpiring = defineRule({
  id: 'certificate-on-disk-expiring',
  severity: 'medium',
  subject: 'host',
  title: { fr: 'Certificat sur disque bientôt expiré', en: 'Certificate on disk about to expire' },
  risk: {
    fr: 'Passée cette date, les clients refusent la connexion.',
    en: 'Past that day clients refuse to connect.',
  },
  remedy: {
    fr: 'Renouveler le certificat, recharger ce qui le sert, et vérifier ce qui devait le renouveler.',
    en: 'Renew the certificate, reload what serves it, and look at what was to renew it.',
  },
  evaluate(host, estate) {
    const used = host.certificates.filter(
      ({ usedBy, path }) => usedBy.length > 0 || path.startsWith('/etc/letsencrypt/live/'),
    );
    const soon = used.filter(({ days }) => days < SOON);
    if (soon.length === 0) return unreadOn(host, ['certificates']) ?? (used.length > 0 ? ok : notApplicable);
    return gaps(
      soon.map((one) => {
        const names = codes(one.names, 4);
        const by = codes(one.usedBy, 3);
        const day = one.until.slice(0, 10);
        const isOver = one.days < 0;
        return onHost(host, {
          key: one.path,
          severity: isOver ? 'critical' : one.days < VERY_SOON ? 'high' : 'medium',
          title: titled(
            names,
            isOver ? `certificat expiré depuis le ${day}` : `certificat valable jusqu’au ${day}`,
            isOver ? `certificate expired on ${day}` : `certificate good until ${day}`,
          ),
          message: {
            fr: `${code(one.path)}${one.usedBy.length > 0 ? `, que sert ${by.fr},` : ''} ${isOver ? `a expiré le ${day}` : `expire dans ${one.days} ${one.days > 1 ? 'jours' : 'jour'}`}.`,
            en: `${code(one.path)}${one.usedBy.length > 0 ? `, which ${by.en} serves,` : ''} ${isOver ? `expired on ${day}` : `expires in ${one.days} ${one.days === 1 ? 'day' : 'days'}`}.`,
          },
          resources: idsOn(estate, host, 'Host::Certificate', one.path),
          evidence: [seenOn(host, 'certificates', `${one.path}: notAfter ${one.until}`)],
          values: { path: one.path, isLetsEncrypt: one.path.startsWith('/etc/letsencrypt/live/') },
        });
      }),
    );
  },
});
