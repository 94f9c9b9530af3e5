import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import type { Way } from '../account.ts';
import type { Estate } from '../harbour.ts';
import { type Breakage, root } from './breakage.ts';
import { changeHealth, changeService, ended, NOTHING_RUNS, notAnswering, notStarting } from './faults.ts';
import { images } from './images.ts';

const ecs = ({ client }: Estate) => client(ECSClient);

type Definition = RegisterTaskDefinitionCommandInput;
type Container = NonNullable<Definition['containerDefinitions']>[number];

/** Another revision of a service's task definition. */
async function register(estate: Estate, way: Way, change: (definition: Definition) => Partial<Definition>) {
  const { taskDefinition } = await ecs(estate).send(
    new DescribeTaskDefinitionCommand({ taskDefinition: `harbour-${way}` }),
  );
  if (!taskDefinition) throw new Error(`harbour-${way} has no definition`);
  const { family, containerDefinitions, cpu, memory, networkMode } = taskDefinition;
  const own: Definition = {
    family: family ?? '',
    containerDefinitions,
    cpu,
    memory,
    networkMode,
    executionRoleArn: taskDefinition.executionRoleArn,
    requiresCompatibilities: taskDefinition.requiresCompatibilities,
    runtimePlatform: taskDefinition.runtimePlatform,
  };
  return ecs(estate).send(new RegisterTaskDefinitionCommand({ ...own, ...change(own) }));
}

/** Another revision, that the service runs. */
async function deploy(
  estate: Estate,
  way: Way,
  change: (container: Container) => Partial<Container>,
  others: Partial<Definition> = {},
): Promise<void> {
  await register(estate, way, ({ containerDefinitions = [] }) => ({
    containerDefinitions: containerDefinitions.map((one) => ({ ...one, ...change(one) })),
    ...others,
  }));
  await ecs(estate).send(
    new UpdateServiceCommand({ cluster: 'harbour', service: way, taskDefinition: `harbour-${way}` }),
  );
}

const variable = (name: string, value: string) => (container: Container) => ({
  environment: (container.environment ?? []).map((one) => (one.name === name ? { name, value } : one)),
});

const refused = (estate: Estate, way: Way) =>
  notAnswering(estate, way, 'Target.FailedHealthChecks', 'Health checks failed');

const service = (way: Way) => `service harbour ${way}`;

/** Services. */
const services: Breakage[] = [
  {
    id: 'service-stopped',
    what: 'the service wants no task',
    way: 'web',
    touches: [...NOTHING_RUNS],
    blamed: [root('service-short-of-tasks', service('web'))],
    break: async (estate) => {
      await ecs(estate).send(
        new UpdateServiceCommand({ cluster: 'harbour', service: 'web', desiredCount: 0 }),
      );
      changeHealth(estate, 'web', () => '');
    },
  },
  {
    id: 'service-inactive',
    what: 'the service is being deleted',
    way: 'status',
    touches: [...NOTHING_RUNS],
    blamed: [root('service-inactive', service('status'))],
    break: (estate) => {
      changeService(estate, 'status', () => ({ status: 'DRAINING', desiredCount: 0, runningCount: 0 }));
      changeHealth(estate, 'status', () => '');
    },
  },
  {
    id: 'service-short-of-one',
    what: 'one of two tasks runs, and nothing tells why',
    way: 'orders',
    touches: ['tasks'],
    blamed: [root('service-short-of-tasks', service('orders'))],
    break: (estate) => changeService(estate, 'orders', () => ({ runningCount: 1, pendingCount: 1 })),
  },
  {
    id: 'service-without-capacity',
    what: 'there is no room for the tasks',
    way: 'status',
    touches: [...NOTHING_RUNS],
    blamed: [root('capacity-missing', service('status'))],
    break: (estate) => {
      changeService(estate, 'status', (one) => ({
        runningCount: 0,
        pendingCount: 0,
        events: [
          {
            id: '2',
            createdAt: 1_795_000_100,
            message: `(service ${one.serviceName}) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.`,
          },
        ],
      }));
      changeHealth(estate, 'status', () => '');
    },
  },
  {
    id: 'service-behind-revision',
    what: 'a revision was registered, and the service runs the one before',
    way: 'web',
    touches: ['revision'],
    blamed: [root('service-behind-revision', service('web'))],
    break: (estate) => register(estate, 'web', () => ({ memory: '2048' })),
  },
  {
    id: 'deployment-failed',
    what: 'the circuit breaker ended a deployment whose tasks failed to start',
    way: 'web',
    touches: [...NOTHING_RUNS, 'revision'],
    blamed: [root('container-crashing', service('web'))],
    break: (estate) => {
      changeService(estate, 'web', ({ deployments }) => ({
        runningCount: 0,
        deployments: deployments.map((one) => ({
          ...one,
          runningCount: 0,
          failedTasks: 10,
          rolloutState: 'FAILED',
          rolloutStateReason: `ECS deployment circuit breaker: tasks failed to start.`,
        })),
      }));
      ended(estate, 'web', {
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        exitCode: 1,
      });
      changeHealth(estate, 'web', () => '');
    },
  },
  {
    id: 'deployment-failed-alone',
    what: 'the circuit breaker ended a deployment, whose tasks nobody can see any more',
    way: 'status',
    touches: ['tasks', 'revision'],
    blamed: [root('deployment-failed', service('status'))],
    break: (estate) =>
      changeService(estate, 'status', ({ deployments }) => ({
        deployments: deployments.map((one) => ({
          ...one,
          failedTasks: 10,
          rolloutState: 'FAILED',
          rolloutStateReason: `ECS deployment circuit breaker: tasks failed to start.`,
        })),
      })),
  },
  {
    id: 'grace-period-short',
    what: 'the container takes longer to start than its health check waits for, and tasks are ended before',
    way: 'web',
    touches: [...NOTHING_RUNS, 'revision'],
    blamed: [root('grace-period-short', service('web'))],
    break: async (estate) => {
      await deploy(estate, 'web', () => ({
        healthCheck: {
          command: ['CMD-SHELL', 'wget -q -O- http://127.0.0.1:3000/health'],
          startPeriod: 180,
          interval: 30,
          retries: 3,
        },
      }));
      changeService(estate, 'web', () => ({
        healthCheckGracePeriodSeconds: 60,
        runningCount: 0,
        pendingCount: 2,
      }));
      ended(estate, 'web', {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason:
          'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-3:552903617348:targetgroup/harbour-web/0123456789abcdef)',
      });
      refused(estate, 'web');
    },
  },
];

/** What listens in the container, and why it ends. */
const containers: Breakage[] = [
  {
    id: 'container-port-differs',
    what: 'the container exposes another port than the group sends to',
    way: 'web',
    touches: ['revision', 'health'],
    blamed: [root('container-port-mismatch', 'container')],
    break: async (estate) => {
      await deploy(estate, 'web', () => ({ portMappings: [{ containerPort: 8080, protocol: 'tcp' }] }));
      refused(estate, 'web');
    },
  },
  {
    id: 'port-variable-differs',
    what: 'a variable tells the application to listen on another port',
    way: 'orders',
    touches: ['revision', 'health'],
    blamed: [root('container-listens-elsewhere', 'container')],
    break: async (estate) => {
      await deploy(estate, 'orders', variable('PORT', '3000'));
      refused(estate, 'orders');
    },
  },
  {
    id: 'listens-on-loopback',
    what: 'a variable tells the application to listen where only the container reaches it',
    way: 'status',
    touches: ['revision', 'health'],
    blamed: [root('container-listens-locally', 'container')],
    break: async (estate) => {
      await deploy(estate, 'status', variable('HOSTNAME', '127.0.0.1'));
      refused(estate, 'status');
    },
  },
  {
    id: 'listens-on-localhost',
    what: 'a variable tells the application to listen on localhost',
    way: 'web',
    touches: ['revision', 'health'],
    blamed: [root('container-listens-locally', 'container')],
    break: async (estate) => {
      await deploy(estate, 'web', variable('HOSTNAME', 'localhost'));
      refused(estate, 'web');
    },
  },
  {
    id: 'container-crashing',
    what: 'the container ends with an error as soon as it starts',
    way: 'orders',
    touches: [...NOTHING_RUNS],
    blamed: [root('container-crashing', service('orders'))],
    break: (estate) =>
      notStarting(estate, 'orders', {
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        exitCode: 1,
      }),
  },
  {
    id: 'container-out-of-memory',
    what: 'the container is ended for want of memory',
    way: 'web',
    touches: [...NOTHING_RUNS],
    blamed: [root('container-out-of-memory', service('web'))],
    break: (estate) =>
      notStarting(estate, 'web', {
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        reason: 'OutOfMemoryError: Container killed due to memory usage',
        exitCode: 137,
      }),
  },
  {
    id: 'secret-unreadable',
    what: 'the execution role may not read the secret',
    way: 'orders',
    touches: [...NOTHING_RUNS],
    blamed: [root('secret-unreadable', service('orders'))],
    break: (estate) =>
      notStarting(estate, 'orders', {
        stopCode: 'TaskFailedToStart',
        stoppedReason:
          'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret from secrets manager: AccessDeniedException: User: arn:aws:sts::552903617348:assumed-role/harbour-execution/0a1b is not authorized to perform: secretsmanager:GetSecretValue on resource',
      }),
  },
  {
    id: 'registry-refuses',
    what: 'the execution role may not pull the image',
    way: 'status',
    touches: [...NOTHING_RUNS],
    blamed: [root('image-pull-failing', service('status'))],
    break: (estate) =>
      notStarting(estate, 'status', {
        stopCode: 'TaskFailedToStart',
        stoppedReason:
          'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref: failed to authorize: failed to fetch oauth token: unexpected status: 403 Forbidden',
      }),
  },
  {
    id: 'log-group-missing',
    what: 'the log group of the container is deleted, and tasks that start cannot write there',
    way: 'web',
    touches: ['logs', ...NOTHING_RUNS],
    blamed: [root('log-group-missing', 'log-group')],
    break: async (estate) => {
      await estate
        .client(CloudWatchLogsClient)
        .send(new DeleteLogGroupCommand({ logGroupName: '/ecs/harbour/web' }));
      notStarting(estate, 'web', {
        stopCode: 'TaskFailedToStart',
        stoppedReason:
          'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.: exit status 1',
      });
    },
  },
  {
    id: 'log-group-missing-unnoticed',
    what: 'the log group of the container is deleted, and its tasks still run',
    way: 'status',
    touches: ['logs'],
    blamed: [root('log-group-missing', 'log-group')],
    break: (estate) =>
      estate
        .client(CloudWatchLogsClient)
        .send(new DeleteLogGroupCommand({ logGroupName: '/ecs/harbour/status' })),
  },
];

/** What is wrong with services, tasks, images and logs. */
export const tasks: Breakage[] = [...images, ...services, ...containers];
