import { code } from '#model/text.ts';
import { read, say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';
import { deploys, serviceOf } from '../services.ts';

/** A service that runs an older revision than the one that was registered for it. */
export const serviceBehindRevision = defineRemedy({
  for: ['service-behind-revision'],
  plan(problem) {
    // one whose new tasks do not start has another cause, which is mended elsewhere
    if (problem.maybe('latest') === undefined && problem.maybe('expected') !== undefined) return [];
    const own = serviceOf(problem);
    const latest = problem.text('latest').replace(/^.*task-definition\//, '');
    const finds = {
      revision: read(
        'ecs',
        'DescribeTaskDefinition',
        problem.region,
        { taskDefinition: latest },
        'taskDefinition.taskDefinitionArn',
      ),
    };
    return [
      {
        ...deploys(problem, own),
        title: say(`Déployer ${code(latest)} sur ${own.name}`, `Deploy ${code(latest)} to ${own.name}`),
        reason: say(
          `${own.name} est resté sur une révision antérieure\u00a0: ce qui a été enregistré depuis ne sert pas.`,
          `${own.name} has stayed on an earlier revision: what was registered since is not in use.`,
        ),
        changes: [
          {
            write: own.update({ taskDefinition: { $find: 'revision' } }, { finds }),
            state: own.describe('services[0].taskDefinition'),
            after: { $find: 'revision' },
            undo: own.update({ taskDefinition: { $before: '@' } }),
          },
        ],
      },
    ];
  },
});
