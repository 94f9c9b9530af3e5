import { pathRule } from '../../derived/path-rule.ts';

/** What a real request got: an error of the server, or no answer. */
export const probeHttpFailed = pathRule({
  id: 'probe-http-failed',
  severity: 'critical',
  title: { fr: 'Requête réelle qui échoue', en: 'Real request that fails' },
  risk: {
    fr: 'C’est ce que voit un visiteur.',
    en: 'It is what a visitor sees.',
  },
  remedy: {
    fr: 'Lire les causes sur le chemin, les corriger dans l’ordre du plan, puis refaire la requête.',
    en: 'Read the causes on the path, mend them in the order of the plan, then send the request again.',
  },
  references: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.6'],
});
