import { pathRule } from '../../derived/path-rule.ts';

/** What DNS answered to a real question. */
export const probeDnsUnresolved = pathRule({
  id: 'probe-dns-unresolved',
  severity: 'critical',
  title: { fr: 'Nom que le DNS ne connaît pas', en: 'Name that DNS does not know' },
  risk: {
    fr: 'Aucun navigateur ne trouve le site.',
    en: 'No browser finds the site.',
  },
  remedy: {
    fr: 'Créer l’enregistrement dans la zone qui fait foi, et vérifier la délégation de la zone.',
    en: 'Create the record in the zone that is authoritative, and check the delegation of the zone.',
  },
  references: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/troubleshooting-new-dns-settings-not-in-effect.html',
  ],
});
