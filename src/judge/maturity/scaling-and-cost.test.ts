import { expect, test } from 'vitest';
import type { Artifacts, Topic } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import {
  composeFile,
  document,
  estate,
  fact,
  resource,
  service,
  worker,
  wranglerConfig,
  wranglerEnvironment,
} from '../test-estate.ts';
import { answerOf, faultsOf, viewOf } from './derived/test-answers.ts';
import { scalingAndCost } from './scaling-and-cost.ts';

type Parts = Partial<Omit<Estate, 'artifacts'>>;
const told = (id: string, artifacts: Partial<Artifacts>, parts: Parts = {}) =>
  answerOf(scalingAndCost, id, viewOf(estate({ ...parts, artifacts }))).told;
const running = { wranglerConfigs: [wranglerConfig()] };
const page = (file: string, topic: Topic, text: string) => [
  document(file, { topics: [{ topic, line: 3, text }] }),
];
const inFile = (file: string, line = 1) => fact('repo', { evidence: { source: 'repo', file, line } });

test('its texts and ids', () => {
  expect(faultsOf(scalingAndCost)).toEqual([]);
});

test('bottlenecks, or only a merit', () => {
  const id = 'bottlenecks-documented';
  expect(told(id, { documents: page('docs/a.md', 'scaling', 'goulots d etranglement') })).toBe(
    'yes docs/a.md:3',
  );
  expect(told(id, { documents: page('docs/a.md', 'scaling', 'scalability') })).toBe('partial docs/a.md:3');
  expect(told(id, { documents: page('SCALING_TODO.md', 'scaling', 'scaling') })).toBe(
    'yes SCALING_TODO.md:3',
  );
  expect(told(id, running)).toBe('no');
  expect(told(id, {}, { files: new Set(['src/a.ts']) })).toBe('unknown');
});

test('what it costs, and not what it is sold for', () => {
  const id = 'cost-estimated';
  expect(told(id, { ...running, documents: page('docs/a.md', 'cost', 'monthly cost') })).toBe(
    'yes docs/a.md:3',
  );
  expect(told(id, { ...running, documents: page('docs/infra.md', 'cost', 'couts') })).toBe(
    'yes docs/infra.md:3',
  );
  expect(told(id, { ...running, documents: page('site/plans.md', 'cost', 'pricing') })).toBe('no');
  expect(told(id, { ...running, documents: page('docs/errors.md', 'cost', 'error budget') })).toBe('no');
});

test('limits of the services that are in use', () => {
  const id = 'external-limits-documented';
  const resources = ['stripe', 'openai'].map((name, line) =>
    resource('Service::SaaS', name, [inFile('package.json', line + 1)]),
  );
  expect(told(id, {}, { resources })).toBe('no package.json:1 package.json:2');
  const limit = (text: string) => ({ documents: page('docs/limits.md', 'limits', text) });
  expect(told(id, limit('stripe 100 requests per second'), { resources })).toBe('partial docs/limits.md:3');
  expect(told(id, limit('stripe and openai limit 100'), { resources })).toBe('yes docs/limits.md:3');
  // a limit of one's own, and a name within another
  expect(told(id, limit('we allow 100 requests per second stripey'), { resources })).toMatch(/^no/);
  expect(told(id, {})).toBe('unknown');
});

test('the growth of a database', () => {
  const id = 'database-growth-planned';
  const wranglerConfigs = [
    wranglerConfig({
      environments: [wranglerEnvironment({ bindings: [{ type: 'd1', name: 'DB', line: 5 }] })],
    }),
  ];
  expect(told(id, { wranglerConfigs })).toBe('no wrangler.toml:1');
  const documents = [
    document('docs/data.md', { headings: [{ depth: 2, text: 'Partitionnement', line: 6 }] }),
  ];
  expect(told(id, { wranglerConfigs, documents })).toBe('yes docs/data.md:6');
  expect(told(id, { wranglerConfigs, documents: page('docs/a.md', 'limits', 'd1 10 gb limit') })).toBe(
    'yes docs/a.md:3',
  );
  expect(told(id, running)).toBe('unknown');
});

test('a load test, and what only ends like one', () => {
  const id = 'load-tested';
  expect(told(id, running, { files: new Set(['k6/orders.js']) })).toBe('yes k6/orders.js:1');
  expect(told(id, running, { files: new Set(['tests/upload-test.yaml', 'docs/payload-tests.js']) })).toBe(
    'no',
  );
  // the tests of a module that is called `load`
  expect(told(id, running, { files: new Set(['tests/load.test.ts', 'tests/load.test-d.ts']) })).toBe('no');
});

test('a cache: of the code, of a package, of a container, or what nobody read', () => {
  const id = 'cache-in-use';
  expect(
    told(id, {
      operationSigns: [{ file: 'src/a.ts', signs: [{ sign: 'cache', line: 4, what: 'caches.default' }] }],
    }),
  ).toBe('yes src/a.ts:4');
  expect(
    told(id, {
      composeFiles: [composeFile([service('store', { image: { reference: 'redis:7', line: 3 } })])],
    }),
  ).toBe('yes compose.yaml:2');
  const manifests = (development: boolean) => [
    {
      file: 'package.json',
      ecosystem: 'npm' as const,
      packages: [{ name: 'ioredis', line: 6, development }],
    },
  ];
  expect(told(id, { manifests: manifests(false) })).toBe('yes package.json:6');
  expect(told(id, { ...running, manifests: manifests(true) })).toBe('unknown');
  expect(told(id, { ...running, workers: [worker()] })).toBe('no src/index.ts:1');
  const at = { source: 'repo' as const, file: 'src/index.ts', line: 2 };
  expect(told(id, { ...running, workers: [worker({ blindSpots: [{ what: 'framework', at }] })] })).toBe(
    'unknown',
  );
  expect(
    told(id, { workers: [worker({ headers: [{ name: 'cache-control', value: 'max-age=60', at }] })] }),
  ).toBe('yes src/index.ts:2');
  expect(
    told(id, {
      ...running,
      workers: [worker({ headers: [{ name: 'cache-control', value: 'no-store', at }] })],
    }),
  ).toBe('no src/index.ts:1');
});

test('capacity: declared to follow, fixed as written, the provider’s, or elsewhere', () => {
  const id = 'autoscaling-declared';
  const signs = [
    { file: 'hpa.yaml', signs: [{ sign: 'autoscaling' as const, line: 2, what: 'HorizontalPodAutoscaler' }] },
  ];
  const service = resource('AWS::ECS::Service', 'api', [inFile('main.tf', 7)]);
  expect(told(id, { operationSigns: signs }, { resources: [service] })).toBe('yes hpa.yaml:2');
  expect(told(id, {}, { resources: [service], files: new Set(['main.tf']) })).toBe('no main.tf:7');
  // a format that is not read in full may hold it
  expect(told(id, {}, { resources: [service], files: new Set(['main.tf', 'Pulumi.yaml']) })).toBe('unknown');
  const deployed = resource('AWS::ECS::Service', 'api', [inFile('.github/workflows/deploy.yml')]);
  expect(told(id, running, { resources: [deployed] })).toBe('unknown');
  expect(told(id, running)).toBe('yes wrangler.toml:1');
});

test('spending: a budget, an account without one, or what nobody read', () => {
  const id = 'spending-watched';
  expect(told(id, {}, { resources: [resource('AWS::Budgets::Budget', 'month', [inFile('b.tf', 3)])] })).toBe(
    'yes b.tf:3',
  );
  const read = { name: 'budgets:DescribeBudgets', calls: 1, denied: 0, throttled: 0, failed: 0 };
  const coverage = (one: typeof read): Parts => ({
    coverage: [{ source: 'aws', scope: '1', state: 'complete', operations: [one] }],
  });
  expect(told(id, running, coverage(read))).toBe('no');
  expect(told(id, running, coverage({ ...read, denied: 1 }))).toBe('unknown');
  expect(told(id, running)).toBe('unknown');
});
