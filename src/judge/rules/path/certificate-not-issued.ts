import { pathRule } from '../../derived/path-rule.ts';

/** A certificate that waits for its validation, or that failed it. */
export const certificateNotIssued = pathRule({
  id: 'certificate-not-issued',
  severity: 'high',
  title: { fr: 'Certificat qui n’est pas délivré', en: 'Certificate that is not issued' },
  risk: {
    fr: 'Il ne peut pas être servi, et le nom reste sans HTTPS.',
    en: 'It cannot be served, and the name stays without HTTPS.',
  },
  remedy: {
    fr: 'Valider le domaine (enregistrement CNAME de validation), ou servir un autre certificat.',
    en: 'Validate the domain (the CNAME record of the validation), or serve another certificate.',
  },
  references: ['https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html'],
});
