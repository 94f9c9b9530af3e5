import { distributionName, editDistribution, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** A distribution that is switched off answers nothing. */
export const cdnDisabled = defineRemedy({
  for: ['cdn-disabled'],
  plan(problem) {
    const name = distributionName(problem);
    return [
      {
        ...ofDistribution(problem),
        title: say(`Activer la distribution ${name}`, `Enable the distribution ${name}`),
        reason: say(
          `${name} est désactivée\u00a0: elle ne répond à rien.`,
          `${name} is disabled: it answers nothing.`,
        ),
        changes: [
          editDistribution(problem, {
            query: 'Enabled',
            after: true,
            set: [{ path: '/Enabled', value: true }],
            undo: [{ path: '/Enabled', value: { $before: '@' } }],
          }),
        ],
      },
    ];
  },
});
