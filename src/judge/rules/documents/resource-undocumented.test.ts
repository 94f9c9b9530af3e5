import { expect, test } from 'vitest';
import { document, estate, fact, findings, resource } from '../../test-estate.ts';
import { resourceUndocumented } from './resource-undocumented.ts';

const used = fact('repo');
const written = fact('docs');
const systems = [{ id: 'billing', title: 'Billing', environments: [], workflows: [] }];
const found = (...resources: ReturnType<typeof resource>[]) =>
  findings(resourceUndocumented, estate({ resources, systems }));
const service = 'AWS::ECS::Service';
const documented = resource(service, 'web', [used, written]);

test('a service that workflows use and pages forget, where they name others, is one finding per system', () => {
  const list = found(
    documented,
    resource(service, 'billing-dev', [used], { system: 'billing', environments: ['dev'] }),
    resource(service, 'billing', [used], { system: 'billing' }),
    resource(service, 'jobs', [used]),
  );
  expect(list.map(({ title }) => title.en).sort()).toEqual([
    'Resources of no system: resources not documented',
    '`Billing`: resources not documented',
  ]);
  const billing = list.find(({ systems: [id] }) => id === 'billing');
  expect(billing).toMatchObject({ severity: 'low', environments: ['dev'] });
  expect(billing?.message.en).toContain('`billing-dev`, `billing`');
});

test('documents that name no resource are no inventory: nothing is missing from them', () => {
  expect(found(resource(service, 'billing-dev', [used]))).toEqual([]);
});

test('the address of a Worker, in a sentence that was not understood, names it', () => {
  const worker = 'Cloudflare::Workers::Script';
  const resources = [resource(worker, 'edge', [used, written]), resource(worker, 'edge-old', [used])];
  const names = (...all: string[]) =>
    findings(
      resourceUndocumented,
      estate({ resources, artifacts: { documents: [document('docs/a.md', { names: all })] } }),
    );
  expect(names('edge-old.shop.workers.dev')).toEqual([]);
  expect(names('edge-older.shop.workers.dev', 'edge-old.example.com')).toHaveLength(1);
});

test('a report of the past is no documentation', () => {
  const reported = fact('docs', { properties: { report: true } });
  expect(found(documented, resource(service, 'billing-dev', [used, reported]))).toHaveLength(1);
});

test('a name that only the run knows, a role and a secret are not asked of a page', () => {
  expect(
    found(
      documented,
      resource(service, 'api-⟨inputs.env⟩', [used], { nameStatus: 'template' }),
      resource('AWS::IAM::Role', 'deploy', [used]),
      resource('GitHub::Actions::Secret', 'TOKEN', [used]),
    ),
  ).toEqual([]);
});

test('pages that list no queue are no list of queues, and a name that a page gives to another thing is written', () => {
  expect(found(documented, resource('AWS::SQS::Queue', 'jobs', [used]))).toEqual([]);
  const task = 'AWS::ECS::TaskDefinition';
  expect(found(documented, resource(task, 'shop', [used, written]), resource(task, 'web', [used]))).toEqual(
    [],
  );
});

test('a name that CloudFormation made up is not asked of a page', () => {
  const made = resource(service, 'Shop-ApiService9A83BC51-dgUfZW6W84Hs', [used]);
  expect(found(documented, made)).toEqual([]);
});
