import type { Change, Step } from '#model/step.ts';

const REGION = 'eu-west-3';
const PORTS = [443, 8443, 9443];
const TASKS = ['blue', 'green', 'red'];

const task = (startedBy: string): Change => ({
  write: {
    service: 'ecs',
    operation: 'RunTask',
    region: REGION,
    input: { cluster: 'shop', taskDefinition: 'shop', startedBy },
  },
  state: {
    service: 'ecs',
    operation: 'ListTasks',
    region: REGION,
    input: { cluster: 'shop', startedBy },
    query: 'length(taskArns)',
  },
  before: 0,
  after: 1,
});

const listener = (port: number): Change => ({
  write: {
    service: 'elbv2',
    operation: 'CreateListener',
    region: REGION,
    input: { LoadBalancerArn: 'arn', Port: port, DefaultActions: [] },
  },
  state: {
    service: 'elbv2',
    operation: 'DescribeListeners',
    region: REGION,
    input: { LoadBalancerArn: 'arn' },
    query: `Listeners[?Port==\`${port}\`].Port`,
  },
  before: [],
  after: [port],
});

/** Changes that are seen when they are made twice, and when they are not made. */
export const STEPS: Step[] = PORTS.map((port, index) => ({
  id: `S-0${index + 1}`,
  title: { fr: '', en: '' },
  reason: { fr: '', en: '' },
  risk: 'none',
  after: index === 0 ? [] : [`S-0${index}`],
  findings: [],
  command: '',
  state: 'ready',
  proofs: [],
  changes: [task(TASKS[index] ?? ''), listener(port)],
}));

/** What is there when each was made once. */
export const ONCE: readonly string[] = [
  ...TASKS.map((name) => `task ${name}`),
  ...PORTS.map((port) => `listener ${port}`),
].sort();
