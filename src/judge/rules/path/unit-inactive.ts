import { pathRule } from '../../derived/path-rule.ts';

/** The systemd unit that is to answer the request has failed or is stopped. */
export const unitInactive = pathRule({
  id: 'unit-inactive',
  severity: 'critical',
  title: { fr: 'Unité arrêtée sur le chemin', en: 'Unit in the way that does not run' },
  risk: {
    fr: 'Personne n’écoute où le chemin mène\u00a0: le visiteur reçoit 502, ou aucune réponse.',
    en: 'Nobody listens where the way leads: the visitor is given 502, or no answer.',
  },
  remedy: {
    fr: 'Lire son journal, corriger ce qui l’arrête, et la relancer.',
    en: 'Read its log, mend what stops it, and start it again.',
  },
  references: ['https://www.freedesktop.org/software/systemd/man/latest/systemctl.html'],
});
