import { distributionName, editOrigin, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** The origin redirects to HTTPS what the distribution asks in clear again: it is asked over HTTPS instead. */
export const redirectLoop = defineRemedy({
  for: ['redirect-loop'],
  plan(problem) {
    // a listener that redirects to itself has no distribution: what it should do instead is not known
    if (problem.maybe('distribution') === undefined) return [];
    const name = distributionName(problem);
    return [
      {
        ...ofDistribution(problem),
        title: say(`Faire parler ${name} en HTTPS à son origine`, `Let ${name} speak HTTPS to its origin`),
        reason: say(
          'L’origine redirige vers HTTPS ce que la distribution redemande en HTTP\u00a0: la boucle est sans fin.',
          'The origin redirects to HTTPS what the distribution asks for over HTTP again: it never ends.',
        ),
        changes: [
          editOrigin(
            problem,
            'CustomOriginConfig.OriginProtocolPolicy',
            'CustomOriginConfig/OriginProtocolPolicy',
            problem.text('expected'),
          ),
        ],
      },
    ];
  },
});
