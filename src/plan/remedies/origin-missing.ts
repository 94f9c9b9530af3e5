import { code } from '#model/text.ts';
import { distributionName, editOrigin, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** An origin that is not there, or that leads back to the distribution itself. */
export const originMissing = defineRemedy({
  for: ['origin-missing', 'origin-loop'],
  plan(problem) {
    const name = distributionName(problem);
    const target = problem.text('target');
    const actual = problem.maybeText('actual');
    return [
      {
        ...ofDistribution(problem),
        title: say(
          `Diriger l’origine de ${name} vers ${code(target)}`,
          `Lead the origin of ${name} to ${code(target)}`,
        ),
        reason:
          problem.id === 'origin-loop'
            ? say(
                `L’origine ${code(actual ?? '')} ramène à la distribution elle-même.`,
                `The origin ${code(actual ?? '')} leads back to the distribution itself.`,
              )
            : say(
                `L’origine ${code(actual ?? '')} n’existe pas.`,
                `The origin ${code(actual ?? '')} is not there.`,
              ),
        changes: [editOrigin(problem, 'DomainName', 'DomainName', target)],
      },
    ];
  },
});
