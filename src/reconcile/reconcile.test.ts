import { expect, test } from 'vitest';
import { noArtifacts, type WorkflowSource } from '#model/artifacts.ts';
import type { Fact } from '#model/fact.ts';
import { reconcile } from './reconcile.ts';
import { declared, documented } from './test-facts.ts';

const FOLDER = '.github/workflows/';
const workflow = (file: string): WorkflowSource => ({
  file: FOLDER + file,
  name: file,
  triggers: [],
  jobs: [],
  runs: [],
  errors: [],
});
/** What a workflow that deploys one ECS service declares. */
const deployment = (file: string, environment: string, service: string, repository: string): Fact[] => {
  const by = { through: FOLDER + file, environments: [environment] };
  return [
    declared('GitHub::Actions::Workflow', file, { ...by, properties: { file: FOLDER + file } }),
    declared('AWS::ECS::Cluster', `shop-${environment}`, by),
    declared('AWS::ECS::Service', service, {
      ...by,
      scope: `shop-${environment}`,
      relations: [{ type: 'runs-in', to: { kind: 'AWS::ECS::Cluster', name: `shop-${environment}` } }],
    }),
    declared('AWS::ECR::Repository', repository, by),
  ];
};
const run = (facts: Fact[], files: string[]) =>
  reconcile('estate', facts, { ...noArtifacts(), workflows: files.map(workflow) });
const row = (result: ReturnType<typeof run>, system: string, environment: string, component: string) =>
  result.components.filter(
    (one) => one.system === system && one.environment === environment && one.component === component,
  );

test('two services of one cluster are two systems, and the cluster stands in both tables', () => {
  const result = run(
    [
      ...deployment('orders.yml', 'dev', 'orders-dev-svc', 'orders'),
      ...deployment('web.yml', 'dev', 'web-dev-svc', 'web'),
    ],
    ['orders.yml', 'web.yml'],
  );
  expect(result.systems.map((system) => [system.id, system.environments, system.workflows])).toEqual([
    ['orders', ['dev'], [`${FOLDER}orders.yml`]],
    ['web', ['dev'], [`${FOLDER}web.yml`]],
  ]);
  for (const system of ['orders', 'web'])
    expect(row(result, system, 'dev', 'cluster')).toMatchObject([
      { resource: 'constat:AWS::ECS::Cluster::shop-dev' },
    ]);
});

test('each environment has its own row for each component, and what no file names is undefined', () => {
  const result = run(
    [
      ...deployment('a.yml', 'dev', 'orders-dev', 'orders'),
      ...deployment('b.yml', 'prod', 'orders-prod', 'orders'),
    ],
    ['a.yml', 'b.yml'],
  );
  expect(result.systems.map((system) => system.environments)).toEqual([['dev', 'prod']]);
  expect(row(result, 'orders', 'prod', 'service')).toMatchObject([{ status: 'unverified' }]);
  expect(row(result, 'orders', 'dev', 'registry')).toMatchObject([{ status: 'unverified' }]);
  expect(row(result, 'orders', 'prod', 'target group')).toMatchObject([{ status: 'undefined' }]);
  expect(row(result, 'orders', 'prod', 'service')[0]?.note.en).toContain('no document names it');
});

test('an image that is only pushed makes a system whose service is undefined, where the estate runs on ECS', () => {
  const by = { through: `${FOLDER}push.yml` };
  const result = run(
    [
      ...deployment('orders.yml', 'dev', 'orders-dev-svc', 'orders'),
      declared('AWS::ECR::Repository', 'landing', by),
      declared('GitHub::Actions::Workflow', 'push.yml', { ...by, properties: { file: `${FOLDER}push.yml` } }),
    ],
    ['orders.yml', 'push.yml'],
  );
  expect(result.systems.map((system) => system.id)).toEqual(['landing', 'orders']);
  expect(row(result, 'landing', 'unspecified', 'registry')).toMatchObject([{ status: 'unverified' }]);
  expect(row(result, 'landing', 'unspecified', 'service')).toMatchObject([{ status: 'undefined' }]);
});

test('an image that is only pushed follows no blueprint where nothing runs on ECS', () => {
  const by = { through: `${FOLDER}push.yml` };
  const result = run([declared('AWS::ECR::Repository', 'landing', by)], ['push.yml']);
  expect(result.components).toEqual([]);
});

test('constat.yaml names the systems', () => {
  const facts = deployment('a.yml', 'dev', 'orders-dev', 'orders');
  const result = reconcile('estate', facts, { ...noArtifacts(), workflows: [workflow('a.yml')] }, [
    { id: 'back-office', title: 'Back office', matches: (candidate) => candidate.startsWith('orders') },
  ]);
  expect(result.systems).toMatchObject([{ id: 'back-office', title: 'Back office', environments: ['dev'] }]);
  expect(result.resources.find((one) => one.kind === 'AWS::ECS::Service')?.system).toBe('back-office');
});

test('a repository that declares nothing is no system', () => {
  expect(run([], []).systems).toEqual([]);
});

test('a repository that deploys nothing is one system, its own', () => {
  const result = run([declared('Compose::Service', 'db', { scope: 'shop' })], []);
  expect(result.systems).toMatchObject([{ id: 'estate', environments: [] }]);
});

test('a page that names the target group fills the row of its environment only', () => {
  const result = run(
    [
      ...deployment('a.yml', 'dev', 'orders-dev', 'orders'),
      ...deployment('a.yml', 'prod', 'orders-prod', 'orders'),
      documented('AWS::ElasticLoadBalancingV2::TargetGroup', 'orders-dev-tg', { environments: ['dev'] }),
    ],
    ['a.yml'],
  );
  expect(row(result, 'orders', 'dev', 'target group')).toMatchObject([{ status: 'unverified' }]);
  expect(row(result, 'orders', 'prod', 'target group')).toMatchObject([{ status: 'undefined' }]);
});

test('facts are not changed, and the same facts in another order give the same result', () => {
  const facts = [
    ...deployment('a.yml', 'dev', 'orders-dev', 'orders'),
    ...deployment('b.yml', 'prod', 'web-prod', 'web'),
  ];
  const before = JSON.stringify(facts);
  const one = run(facts, ['a.yml', 'b.yml']);
  const other = run([...facts].reverse(), ['a.yml', 'b.yml']);
  expect(JSON.stringify(facts)).toBe(before);
  expect(other.systems).toEqual(one.systems);
  expect(other.components).toEqual(one.components);
  expect(other.resources.map(({ facts: _, ...rest }) => rest)).toEqual(
    one.resources.map(({ facts: _, ...rest }) => rest),
  );
});

test('constat.yaml gives environments other words', () => {
  const { resources } = reconcile(
    'estate',
    [
      declared('AWS::ECS::Cluster', 'shop-live'),
      declared('AWS::ECS::Cluster', 'shop', { environments: ['main'] }),
    ],
    noArtifacts(),
    [],
    { prod: ['live', 'main'] },
  );
  expect(resources.map((resource) => resource.environments)).toEqual([['prod'], ['prod']]);
});

test('a service of dev runs in the cluster that its scope names, whatever the cluster is called after', () => {
  const by = { through: `${FOLDER}a.yml`, environments: ['dev'] };
  const result = run(
    [
      declared('AWS::ECS::Service', 'orders-dev', { ...by, scope: 'shared-prod' }),
      declared('AWS::ECS::Cluster', 'shared-prod', { through: `${FOLDER}a.yml`, environments: ['prod'] }),
    ],
    ['a.yml'],
  );
  expect(row(result, 'orders', 'dev', 'cluster')).toMatchObject([{ status: 'unverified' }]);
});

test('a domain that no file ties to a system stands in the row instead of being undefined', () => {
  const result = run(
    [
      ...deployment('a.yml', 'dev', 'orders-dev', 'orders'),
      documented('AWS::Route53::RecordSet', 'api.example.org'),
    ],
    ['a.yml'],
  );
  expect(row(result, 'orders', 'dev', 'domain')).toMatchObject([{ status: 'unverified' }]);
  expect(row(result, 'orders', 'dev', 'domain')[0]?.note.en).toContain('no file says of which system');
});

test('a task that is run once is no web service, and a worker needs no load balancer', () => {
  const by = { through: `${FOLDER}a.yml`, environments: ['dev'] };
  const task = run([declared('AWS::ECS::TaskDefinition', 'orders-migrations', by)], ['a.yml']);
  expect(task.components).toEqual([]);
  const worker = run(deployment('a.yml', 'dev', 'orders-worker-dev', 'orders-worker'), ['a.yml']);
  expect(worker.systems.map(({ id }) => id)).toEqual(['orders-worker']);
  expect(row(worker, 'orders-worker', 'dev', 'target group')).toEqual([]);
  expect(row(worker, 'orders-worker', 'dev', 'logs')).toMatchObject([{ status: 'undefined' }]);
});

test('a workflow that deploys one service deploys it from the repository and task definition that it names', () => {
  const by = { through: `${FOLDER}a.yml`, environments: [] };
  const result = run(
    [
      ...deployment('a.yml', 'prod', 'orders-prod', 'monorepo-backend'),
      declared('AWS::ECS::TaskDefinition', 'runner', by),
    ],
    ['a.yml'],
  );
  expect(result.systems.map((system) => system.id)).toEqual(['orders']);
  expect(row(result, 'orders', 'prod', 'registry')).toMatchObject([
    { resource: 'constat:AWS::ECR::Repository::monorepo-backend' },
  ]);
  expect(row(result, 'orders', 'prod', 'task definition')).toMatchObject([
    { resource: 'constat:AWS::ECS::TaskDefinition::runner' },
  ]);
});

test('compose files of one system run where its workflows deploy', () => {
  const by = { through: `${FOLDER}a.yml`, environments: ['staging'] };
  const result = run(
    [
      declared('Compose::Service', 'app'),
      declared('Compose::Service', 'mail', { environments: ['dev'] }),
      declared('GitHub::Environment', 'staging', by),
    ],
    ['a.yml'],
  );
  expect(result.systems[0]?.environments).toEqual(['dev', 'staging']);
});

test('a task definition that no workflow names is of the only system, and of none of two', () => {
  const one = deployment('a.yml', 'prod', 'orders-prod', 'orders');
  const other = deployment('b.yml', 'prod', 'invoices-prod', 'invoices');
  const file = declared('AWS::ECS::TaskDefinition', 'runner');
  const systemOf = (facts: Fact[], workflows: string[]) =>
    run([...facts, file], workflows).resources.find(({ name }) => name === 'runner')?.system;
  expect(systemOf(one, ['a.yml'])).toBe('orders');
  expect(systemOf([...one, ...other], ['a.yml', 'b.yml'])).toBeUndefined();
});

test('a workflow that only pushes the image of a service is of the service’s system', () => {
  const push = declared('AWS::ECR::Repository', 'monorepo-backend-dev', {
    through: `${FOLDER}dev.yml`,
    environments: ['dev'],
  });
  const result = run(
    [...deployment('a.yml', 'prod', 'orders-prod', 'monorepo-backend-prod'), push],
    ['a.yml', 'dev.yml'],
  );
  expect(result.systems).toMatchObject([
    { id: 'orders', environments: ['dev', 'prod'], workflows: [`${FOLDER}a.yml`, `${FOLDER}dev.yml`] },
  ]);
});

test('a service that runs the task definition of another service’s system is of that system', () => {
  const by = { through: `${FOLDER}b.yml`, environments: ['prod'] };
  const result = run(
    [
      ...deployment('a.yml', 'dev', 'orders-api-dev', 'orders-api'),
      declared('AWS::ECS::Service', 'api-rolling', by),
      declared('AWS::ECS::TaskDefinition', 'orders-api-prod', by),
    ],
    ['a.yml', 'b.yml'],
  );
  expect(result.systems.map(({ id, environments }) => [id, environments])).toEqual([
    ['orders-api', ['dev', 'prod']],
  ]);
});

test('a repository that two services share is no system and of neither', () => {
  const result = run(
    [
      ...deployment('a.yml', 'prod', 'orders-prod', 'backend'),
      ...deployment('b.yml', 'prod', 'invoices-prod', 'backend'),
    ],
    ['a.yml', 'b.yml'],
  );
  expect(result.systems.map((system) => system.id)).toEqual(['invoices', 'orders']);
  expect(result.resources.find(({ name }) => name === 'backend')?.system).toBeUndefined();
});

test('of several domains that nothing ties to a system, one row says that it may be any; a single one has its own', () => {
  const domain = (name: string) => documented('AWS::Route53::RecordSet', name);
  const rows = (names: string[]) =>
    row(
      run([...deployment('a.yml', 'prod', 'orders-prod', 'orders'), ...names.map(domain)], ['a.yml']),
      'orders',
      'prod',
      'domain',
    );
  expect(rows(['www.quai.fr'])).toMatchObject([{ resource: 'constat:AWS::Route53::RecordSet::www.quai.fr' }]);
  const [one, ...others] = rows(['www.quai.fr', 'api.quai.fr']);
  expect(others).toEqual([]);
  expect(one).toMatchObject({
    status: 'unverified',
    note: { en: expect.stringContaining('no file says which one') },
  });
  expect(one?.resource).toBeUndefined();
});

test('“no document names it” is said only where no page writes the name, understood or not', () => {
  const facts = deployment('a.yml', 'prod', 'orders-prod', 'orders');
  const note = (names: string[]) => {
    const page = {
      file: 'docs/x.md',
      title: '',
      report: false,
      headings: [],
      paths: [],
      claims: [],
      statements: [],
      topics: [],
    };
    const result = reconcile('estate', facts, {
      ...noArtifacts(),
      workflows: [workflow('a.yml')],
      documents: [{ ...page, names }],
    });
    return row(result, 'orders', 'prod', 'service')[0]?.note.en;
  };
  expect(note([])).toContain('no document names it');
  expect(note(['orders-prod'])).not.toContain('no document names it');
});
