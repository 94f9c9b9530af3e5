import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** A health check that asks at a port or a path where nothing sound answers. */
export const healthCheckMismatch = defineRemedy({
  for: ['health-check-mismatch'],
  plan(problem) {
    const { region } = problem;
    const targetGroup = problem.text('targetGroup');
    const expected = problem.maybeText('expected');
    const member = expected === undefined || expected.startsWith('/') ? 'HealthCheckPath' : 'HealthCheckPort';
    // what the right path is only the application knows
    if (expected === undefined) problem.lacks('healthCheckPath');
    const name = code(problem.nameOf(targetGroup));
    const [path, answered] = [problem.maybeText('healthCheckPath'), problem.maybeText('answered')];
    const set = (value: string | { $before: string }) =>
      write('elbv2', 'ModifyTargetGroup', region, { TargetGroupArn: targetGroup, [member]: value });
    const why =
      answered === undefined
        ? say('', '')
        : say(
            ` ${code(path ?? '/')} répond ${code(answered)}.`,
            ` ${code(path ?? '/')} answers ${code(answered)}.`,
          );
    return [
      {
        title:
          expected === undefined
            ? say(`Corriger le contrôle de santé de ${name}`, `Correct the health check of ${name}`)
            : say(
                `Contrôler la santé de ${name} sur ${code(expected)}`,
                `Check the health of ${name} at ${code(expected)}`,
              ),
        reason: say(
          `Le contrôle de santé échoue, même quand le conteneur va bien\u00a0: ses cibles sont retirées.${why.fr}`,
          `The health check fails even where the container is well: its targets are taken out.${why.en}`,
        ),
        risk: 'none',
        duration: say(
          'le temps de quelques contrôles, une minute ou deux',
          'as long as some checks, a minute or two',
        ),
        changes: [
          {
            write: set(expected ?? ''),
            state: read(
              'elbv2',
              'DescribeTargetGroups',
              region,
              { TargetGroupArns: [targetGroup] },
              `TargetGroups[0].${member}`,
            ),
            after: expected ?? '',
            undo: set({ $before: '@' }),
          },
        ],
        proofs: [],
        provides: problem.provided('health'),
      },
    ];
  },
});
