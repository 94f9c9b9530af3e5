import { runPaths } from '../test-cases.ts';
import { type Account, DEFINITION, GROUP, type Properties, SERVICE } from '../test-estate.ts';
import { container, GROUP_ARN, IMAGE_NAME, plainShop, target } from '../test-shop.ts';

const runs =
  (...containers: Properties[]) =>
  (account: Account) =>
    account.set(DEFINITION, { containers });
/** Of targets that are ill the variables are looked at too. */
const ill =
  (...containers: Properties[]) =>
  (account: Account) =>
    runs(...containers)(account).set(GROUP, { targets: [target('10.0.10.4', 3000, 'unhealthy')] });
const ILL = 'targets-unhealthy';
const beside = { name: 'beside', image: IMAGE_NAME, ports: [9901] };

runPaths('the container that answers', plainShop, [
  { name: 'exposes the port', says: '`web` exposes 3000' },
  {
    name: 'exposes another one',
    change: runs(container({ ports: [8080, 8081] })),
    fail: ['container-port-mismatch'],
    says: '`web` exposes 8080, 8081, the group sends to 3000',
    values: {
      container: 'web',
      containerIndex: 0,
      actual: [8080, 8081],
      expected: 3000,
      taskDefinition: 'web:7',
      service: 'web',
    },
  },
  { name: 'says no port', change: runs(container({ ports: [] })), hides: 'exposes' },
  { name: 'is one of several', change: runs(beside, container()), says: '`web` exposes 3000' },
  {
    name: 'is not in the definition',
    change: runs(beside, { ...beside, name: 'other' }),
    fail: ['container-port-mismatch'],
    says: 'no container `web` in the definition',
  },
  {
    name: 'is the only one, by another name',
    change: runs(container({ name: 'app' })),
    says: '`app` exposes 3000',
  },
  {
    name: 'its definition was not read',
    change: (one) => one.forget(DEFINITION, 'containers', 'ecs:DescribeTaskDefinition'),
    unknown: ['container-port-mismatch'],
    permission: 'ecs:DescribeTaskDefinition',
  },
  {
    name: 'is bound to several groups: the one on the path tells its port',
    change: (one) =>
      one.set(SERVICE, {
        loadBalancers: [
          { targetGroupArn: 'other', containerName: 'beside', containerPort: 9901 },
          { targetGroupArn: GROUP_ARN, containerName: 'web', containerPort: 3000 },
        ],
      }),
    says: '`web` exposes 3000',
  },
]);

runPaths('where the container says that it listens', plainShop, [
  {
    name: 'of targets that are well it does not matter',
    change: runs(container({ listens: { PORT: 8080, HOST: '127.0.0.1' } })),
    hides: 'PORT=8080',
  },
  {
    name: 'on the port',
    change: ill(container({ listens: { PORT: 3000 } })),
    fail: [ILL],
    says: '`PORT=3000`',
  },
  {
    name: 'on another port',
    change: ill(container({ listens: { PORT: 8080 } })),
    fail: [ILL, 'container-listens-elsewhere'],
    of: 'container-listens-elsewhere',
    values: { variable: 'PORT', actual: 8080, expected: 3000 },
    certainty: 'probable',
  },
  {
    name: 'on the port of something else',
    change: ill(container({ listens: { METRICS_PORT: 9090 } })),
    fail: [ILL],
  },
  {
    name: 'of several the plainest name tells it',
    change: ill(container({ listens: { HTTP_PORT: 3000, PORT: 8080 } })),
    fail: [ILL, 'container-listens-elsewhere'],
  },
  ...['127.0.0.1', 'localhost', '::1', '127.1.2.3'].map((address) => ({
    name: `on ${address}`,
    change: ill(container({ listens: { HOST: address } })),
    fail: [ILL, 'container-listens-locally'],
    of: 'container-listens-locally',
    values: { variable: 'HOST', actual: address },
  })),
  {
    name: 'on all addresses',
    change: ill(container({ listens: { HOST: '0.0.0.0' } })),
    fail: [ILL],
    says: '`HOST=0.0.0.0`',
  },
]);
