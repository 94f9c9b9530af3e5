import path from 'node:path';
import { ROOT } from '../repository.ts';
import type { Session } from '../session.ts';
import { defineAction, isTrue, optionsOf } from './action.ts';

/** Registers a task definition and hands it to a service, to CodeDeploy or to a single task. Cluster `default` if none is given. */
export const amazonEcsDeployTaskDefinition = defineAction({
  names: ['aws-actions/amazon-ecs-deploy-task-definition'],
  async run(given, session) {
    const file = path.posix.resolve(ROOT, given('task-definition'));
    const cluster = given('cluster') || 'default';
    const service = given('service');
    await session.record(['aws', 'ecs', 'register-task-definition', '--cli-input-json', `file://${file}`]);
    const definition = [
      '--task-definition',
      (await familyOf(session, file)) ?? session.symbols.of('task definition'),
    ];
    if (service)
      await session.record([
        'aws',
        'ecs',
        'update-service',
        ...optionsOf({ cluster, service }),
        ...definition,
      ]);
    if (given('codedeploy-application') || given('codedeploy-deployment-group'))
      await session.record([
        'aws',
        'deploy',
        'create-deployment',
        ...optionsOf({
          'application-name': given('codedeploy-application') || `AppECS-${cluster}-${service}`,
          'deployment-group-name': given('codedeploy-deployment-group') || `DgpECS-${cluster}-${service}`,
        }),
      ]);
    if (isTrue(given('run-task')))
      await session.record(['aws', 'ecs', 'run-task', ...optionsOf({ cluster }), ...definition]);
    return { outputs: { 'task-definition-arn': session.symbols.of('ARN of the new task definition') } };
  },
});

async function familyOf(session: Session, file: string): Promise<string | undefined> {
  try {
    const json: unknown = JSON.parse((await session.readFile(file)) ?? '');
    const family = json && typeof json === 'object' && 'family' in json ? json.family : undefined;
    return typeof family === 'string' ? family : undefined;
  } catch {
    return undefined;
  }
}
