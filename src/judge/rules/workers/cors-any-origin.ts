import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { some, titled } from '../../derived/place.ts';
import { isShown, placesOf, subjectOf } from '../../derived/worker-reading.ts';

const NEAR = 12;

/** What any page may read is public, tokens or not. */
export const corsAnyOrigin = defineRule({
  id: 'cors-any-origin',
  severity: 'medium',
  confidence: 'medium',
  subject: 'worker',
  title: {
    fr: 'API à jetons ouverte à toute origine (CORS)',
    en: 'API with tokens open to any origin (CORS)',
  },
  risk: {
    fr: 'Le script de n’importe quel site lit les réponses de l’API dès qu’il tient un jeton, et personne ne voit d’où il appelle.',
    en: 'A script of any site reads the answers of the API as soon as it holds a token, and nobody sees where it calls from.',
  },
  remedy: {
    fr: 'Répondre par l’origine demandée quand elle est dans une liste tenue par environnement, et par rien sinon\u00a0; ajouter `Vary: Origin`.',
    en: 'Answer with the origin that asks where it is in a list kept per environment, and with nothing otherwise; add `Vary: Origin`.',
  },
  references: ['https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS'],
  evaluate(worker) {
    if (isShown(worker) || worker.cors.length === 0) return notApplicable;
    const open = worker.cors.filter(({ policy }) => policy === 'any');
    const evidence = some(open.map(({ at }) => at));
    const credentials = worker.headers.filter(
      ({ name, value, at: { file, line } }) =>
        name === 'access-control-allow-credentials' &&
        value !== 'false' &&
        // of the same answer
        open.some(({ at }) => at.file === file && Math.abs(at.line - line) <= NEAR),
    );
    if (!evidence || (credentials.length === 0 && worker.tokens.length === 0)) return gaps([]);
    const places = placesOf(open.map(({ at }) => at));
    const beside =
      credentials.length > 0
        ? {
            fr: ' `Access-Control-Allow-Credentials` l’est aussi, ce que les navigateurs refusent avec `*`.',
            en: ' `Access-Control-Allow-Credentials` is set as well, which browsers refuse together with `*`.',
          }
        : {
            fr: ' Le Worker vérifie des jetons\u00a0: ses réponses ne sont pas toutes publiques.',
            en: ' The Worker checks tokens: its answers are not all public.',
          };
    return gaps([
      {
        title: titled(subjectOf(worker), 'toute origine admise', 'any origin let in'),
        message: {
          fr: `\`Access-Control-Allow-Origin: *\` est posé (${places.fr}).${beside.fr}`,
          en: `\`Access-Control-Allow-Origin: *\` is set (${places.en}).${beside.en}`,
        },
        evidence: [
          ...evidence,
          ...[...credentials.map(({ at }) => at), ...worker.tokens.map(({ at }) => at)].slice(0, 3),
        ],
      },
    ]);
  },
});
