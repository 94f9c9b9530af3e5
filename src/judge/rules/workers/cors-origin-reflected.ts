import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { some, titled } from '../../derived/place.ts';
import { isShown, placesOf, subjectOf } from '../../derived/worker-reading.ts';

const NEAR = 12;

/** Whoever asks is told that they may: the check that browsers make checks nothing. */
export const corsOriginReflected = defineRule({
  id: 'cors-origin-reflected',
  severity: 'medium',
  subject: 'worker',
  title: { fr: 'Origine renvoyée sans contrôle (CORS)', en: 'Origin sent back unchecked (CORS)' },
  risk: {
    fr: 'Toute page visitée par un utilisateur connecté peut appeler l’API avec ses cookies et lire les réponses, si les identifiants sont admis.',
    en: 'Any page that a signed-in user visits can call the API with their cookies and read the answers, where credentials are let in.',
  },
  remedy: {
    fr: 'Comparer l’origine à une liste tenue par environnement avant de la renvoyer.',
    en: 'Compare the origin with a list kept per environment before sending it back.',
  },
  references: [
    'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Allow-Credentials',
  ],
  evaluate(worker) {
    if (isShown(worker) || worker.cors.length === 0) return notApplicable;
    const open = worker.cors.filter(({ policy }) => policy === 'reflected');
    const evidence = some(open.map(({ at }) => at));
    if (!evidence) return gaps([]);
    const credentials = worker.headers.filter(
      ({ name, value, at: { file, line } }) =>
        name === 'access-control-allow-credentials' &&
        value !== 'false' &&
        // of the same answer
        open.some(({ at }) => at.file === file && Math.abs(at.line - line) <= NEAR),
    );
    const places = placesOf(open.map(({ at }) => at));
    const isHeavy = credentials.length > 0;
    return gaps([
      {
        ...(isHeavy && { severity: 'high' }),
        title: titled(subjectOf(worker), 'toute origine renvoyée', 'any origin sent back'),
        message: {
          fr: `L’en-tête \`Origin\` de la requête est renvoyé dans \`Access-Control-Allow-Origin\` (${places.fr}) sans être comparé à quoi que ce soit${isHeavy ? ', et `Access-Control-Allow-Credentials` est posé' : ''}.`,
          en: `The \`Origin\` header of the request is sent back in \`Access-Control-Allow-Origin\` (${places.en}) without being compared with anything${isHeavy ? ', and `Access-Control-Allow-Credentials` is set' : ''}.`,
        },
        evidence: [...evidence, ...credentials.map(({ at }) => at).slice(0, 2)],
      },
    ]);
  },
});
