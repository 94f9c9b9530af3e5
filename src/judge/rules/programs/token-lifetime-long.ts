import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, type Text } from '#model/text.ts';
import { some } from '../../derived/place.ts';
import { nameOf } from '../../derived/programs.ts';

const DAY = 86_400;

/** A token that was taken stays good for as long as it says. */
export const tokenLifetimeLong = defineRule({
  id: 'token-lifetime-long',
  severity: 'low',
  subject: 'program',
  title: { fr: 'Jetons d’accès à longue durée', en: 'Access tokens that last long' },
  risk: {
    fr: 'Un jeton volé reste bon jusqu’à son terme\u00a0: aucun retrait de droit ne l’arrête si rien ne tient la liste des jetons révoqués.',
    en: 'A stolen token stays good until it ends: taking rights away does not stop it unless something keeps a list of revoked tokens.',
  },
  remedy: {
    fr: 'Réduire la durée des jetons d’accès à moins d’un jour, et les renouveler par un jeton de renouvellement que l’on peut révoquer.',
    en: 'Shorten access tokens to less than a day, and renew them with a refresh token that can be revoked.',
  },
  references: ['https://www.rfc-editor.org/rfc/rfc8725'],
  evaluate(program) {
    if (program.tokenLifetimes.length === 0) return notApplicable;
    const long = program.tokenLifetimes.filter(({ seconds }) => seconds > DAY);
    const evidence = some(long.map(({ at }) => at).slice(0, 6));
    if (!evidence) return ok;
    const longest = long.reduce((most, one) => (one.seconds > most.seconds ? one : most));
    const time = lasting(longest.seconds);
    const by = longest.setting === undefined ? undefined : code(longest.setting);
    return gaps([
      {
        title: {
          fr: `${nameOf(program).fr}\u00a0: jetons bons pour ${time.fr}`,
          en: `${nameOf(program).en}: tokens good for ${time.en}`,
        },
        message: {
          fr: `Les jetons signés ici sont bons pour ${time.fr}${by === undefined ? '' : `, si ${by} n’est pas définie`}.`,
          en: `The tokens that are signed here are good for ${time.en}${by === undefined ? '' : `, unless ${by} is set`}.`,
        },
        evidence,
      },
    ]);
  },
});

/** In whole days from two days on, in hours below. */
function lasting(seconds: number): Text {
  if (seconds >= 2 * DAY) {
    const days = Math.round(seconds / DAY);
    return { fr: `${days}\u00a0jours`, en: `${days} days` };
  }
  const hours = Math.round(seconds / 3_600);
  return { fr: `${hours}\u00a0heures`, en: `${hours} hours` };
}
