import type { Way } from '../account.ts';
import { eachElement, withElement } from '../answers.ts';
import type { EcsService } from '../as-if-running.ts';
import type { Estate } from '../harbour.ts';

/** Changes what ECS tells of a service of the estate. */
export function changeService(
  { id, answers }: Estate,
  way: Way,
  change: (service: EcsService) => Partial<EcsService>,
): void {
  const arn = id(`service harbour ${way}`);
  answers.patch('ecs:DescribeServices', (answer: { services: EcsService[] }) => ({
    ...answer,
    services: answer.services.map((service) =>
      service.serviceArn === arn ? { ...service, ...change(service) } : service,
    ),
  }));
}

/** How a task ended, as ECS tells it: Amazon ECS Developer Guide, “Stopped tasks error messages”. */
export interface Ended {
  stopCode: string;
  stoppedReason: string;
  reason?: string;
  exitCode?: number;
}

/** Tasks of a service that ended lately; moto keeps none. */
export function ended(
  { id, answers }: Estate,
  way: Way,
  { stopCode, stoppedReason, ...container }: Ended,
): void {
  const arn = id('cluster harbour').replace(':cluster/', ':task/');
  const own = [1, 2, 3].map((number) => `${arn}/${way}${String(number).padStart(32 - way.length, '0')}`);
  answers.patch('ecs:ListTasks', (answer: { taskArns: string[] }, { parameters }) =>
    parameters.desiredStatus === 'STOPPED' && parameters.serviceName === way
      ? { ...answer, taskArns: own }
      : answer,
  );
  answers.patch('ecs:DescribeTasks', (answer: { tasks: object[] }, { parameters }) =>
    (parameters.tasks as string[]).some((task) => own.includes(task))
      ? {
          failures: [],
          tasks: own.map((taskArn) => ({
            taskArn,
            lastStatus: 'STOPPED',
            stopCode,
            stoppedReason,
            stoppedAt: 1_795_000_100,
            taskDefinitionArn: id(`task-definition harbour-${way}`),
            containers: [{ name: way, ...container }],
          })),
        }
      : answer,
  );
}

/** What nobody can see of a service that runs no task. */
export const NOTHING_RUNS = ['tasks', 'targets', 'health'] as const;

/** No task of the service starts: none runs, none is registered, and the last ones tell why. */
export function notStarting(estate: Estate, way: Way, how: Ended): void {
  changeService(estate, way, (service) => ({
    runningCount: 0,
    pendingCount: service.desiredCount,
    deployments: service.deployments.map((deployment) => ({
      ...deployment,
      runningCount: 0,
      pendingCount: service.desiredCount,
      failedTasks: 6,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${deployment.id} in progress.`,
    })),
  }));
  ended(estate, way, how);
  changeHealth(estate, way, () => '');
}

/** No target answers its health check. */
export function notAnswering(estate: Estate, way: Way, reason: string, description: string): void {
  changeHealth(estate, way, (targets) =>
    eachElement(targets, 'TargetHealth', (health) =>
      [
        ['State', 'unhealthy'],
        ['Reason', reason],
        ['Description', description],
      ].reduce((xml, [name = '', text = '']) => withElement(xml, name, text), health),
    ),
  );
}

/** Changes the health of the targets of a service's group, as XML. */
export function changeHealth({ id, answers }: Estate, way: Way, change: (targets: string) => string): void {
  const arn = id(`target-group harbour-${way}`);
  answers.patch('elasticloadbalancing:DescribeTargetHealth', (xml: string, { parameters }) =>
    parameters.TargetGroupArn === arn ? eachElement(xml, 'TargetHealthDescriptions', change) : xml,
  );
}

/** Requests that get no answer in time. */
export const timedOut = (estate: Estate, way: Way): void =>
  notAnswering(estate, way, 'Target.Timeout', 'Request timed out');

export const IMAGE_PULL_TIMED_OUT: Ended = {
  stopCode: 'TaskFailedToStart',
  stoppedReason:
    'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.eu-west-3.amazonaws.com/": dial tcp 10.40.10.77:443: i/o timeout',
};

export const IMAGE_LAYERS_TIMED_OUT: Ended = {
  stopCode: 'TaskFailedToStart',
  stoppedReason:
    'CannotPullContainerError: The task cannot pull the image from registry. There is a connection issue between the task and registry. Check your task network configuration. : failed to copy: httpReadSeeker: failed open: failed to do request: dial tcp 3.5.224.11:443: i/o timeout',
};

export const SECRET_TIMED_OUT: Ended = {
  stopCode: 'TaskFailedToStart',
  stoppedReason:
    'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded',
};

export const LOGS_TIMED_OUT: Ended = {
  stopCode: 'TaskFailedToStart',
  stoppedReason:
    'ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed',
};
