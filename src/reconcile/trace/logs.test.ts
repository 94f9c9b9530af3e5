import { expect, test } from 'vitest';
import { loggingOf } from './logs.ts';
import { runPaths } from './test-cases.ts';
import { type Account, DEFINITION, LOG_GROUP, type Properties } from './test-estate.ts';
import { container, plainShop } from './test-shop.ts';

const logs = (more: Properties) => (account: Account) =>
  account.set(DEFINITION, {
    containers: [
      container({ logging: { driver: 'awslogs', group: '/ecs/web', region: 'eu-west-3', ...more } }),
    ],
  });

runPaths('the log group of a container', plainShop, [
  { name: 'keeps its lines for a time', says: '`/ecs/web`, kept for 30 days' },
  {
    name: 'keeps them for ever',
    change: (one) => {
      delete one.one(LOG_GROUP).properties.retentionInDays;
    },
    says: '`/ecs/web`, kept for ever',
  },
  {
    name: 'is not there',
    change: (one) => one.remove(LOG_GROUP),
    fail: ['log-group-missing'],
    values: { logGroup: '/ecs/web', region: 'eu-west-3' },
  },
  {
    name: 'is made with the first line',
    change: (one) => logs({ createGroup: true })(one).remove(LOG_GROUP),
    says: 'is created with the first line',
  },
  {
    name: 'is not there, and groups were not read',
    change: (one) => one.refuse(LOG_GROUP),
    unknown: ['log-group-missing'],
    permission: `list:${LOG_GROUP}`,
  },
  {
    name: 'is of another region, where it is not',
    change: logs({ region: 'us-east-1' }),
    fail: ['log-group-missing'],
    values: { region: 'us-east-1' },
  },
  {
    name: 'is of a region that nobody read',
    change: logs({ region: 'eu-north-1' }),
    unknown: ['log-group-missing'],
    says: '`/ecs/web` not read',
  },
  { name: 'lines go elsewhere', change: logs({ driver: 'splunk' }), hides: '/ecs/web' },
]);

test.each<[Properties, object]>([
  [{}, { creates: false }],
  [{ logging: { driver: 'json-file', group: '/x' } }, { creates: false }],
  [{ logging: { driver: 'awslogs', group: '/x', createGroup: true } }, { group: '/x', creates: true }],
  [
    { logging: { driver: 'awslogs', group: '/x', region: 'r' } },
    { group: '/x', region: 'r', creates: false },
  ],
])('where %j writes', (logging, expected) => expect(loggingOf(logging)).toEqual(expected));
