import { code } from '#model/text.ts';
import { distributionName, editOrigin, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** A path that is put before each request, and that nothing behind the origin knows. */
export const originPathUnexpected = defineRemedy({
  for: ['origin-path-unexpected'],
  plan(problem) {
    const name = distributionName(problem);
    const [actual, expected] = [problem.maybeText('actual'), problem.maybeText('expected') ?? ''];
    const shown = actual === undefined ? '' : ` ${code(actual)}`;
    return [
      {
        ...ofDistribution(problem),
        title:
          expected === ''
            ? say(
                `Retirer le chemin d’origine${shown} de ${name}`,
                `Remove the origin path${shown} of ${name}`,
              )
            : say(
                `Donner à l’origine de ${name} le chemin ${code(expected)}`,
                `Give the origin of ${name} the path ${code(expected)}`,
              ),
        reason: say(
          `La distribution met${shown} devant chaque chemin\u00a0: l’origine reçoit des chemins qu’elle ne connaît pas.`,
          `The distribution puts${shown} before each path: the origin gets paths that it does not know.`,
        ),
        changes: [editOrigin(problem, 'OriginPath', 'OriginPath', expected)],
      },
    ];
  },
});
