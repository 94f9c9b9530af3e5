import { expect, test } from 'vitest';
import { document, estate, fact, findings, resource } from '../../test-estate.ts';
import { documentedResourceUnused } from './documented-resource-unused.ts';

const page = document('docs/aws.md');
const found = (resources: ReturnType<typeof resource>[], parts = {}) =>
  findings(documentedResourceUnused, estate({ resources, artifacts: { documents: [page] }, ...parts }));
const service = 'AWS::ECS::Service';
const used = resource(service, 'api', [fact('repo')]);
const forgotten = resource(service, 'api-v1', [fact('docs')], { environments: ['dev'] });

test('a service that only pages name, where the repository deploys others, is one low finding', () => {
  const [finding, ...others] = found([used, forgotten]);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'low', confidence: 'medium', environments: ['dev'] });
  expect(finding?.title.en).toBe('`api-v1`: ECS service that nothing uses');
});

test('where the repository deploys nothing of the kind, the page describes what is managed elsewhere', () => {
  expect(found([forgotten])).toEqual([]);
});

test('where Terraform is in the tree and was not read, nobody can say that a name is unused', () => {
  expect(found([used, forgotten], { files: new Set(['infra/main.tf']) })).toEqual([]);
});

test('networks, reports of the past and names used by a file are not told', () => {
  const network = resource('AWS::EC2::VPC', 'vpc-1', [fact('docs')]);
  const reported = resource(service, 'old', [fact('docs', { properties: { report: true } })]);
  expect(found([used, network, reported, resource(service, 'both', [fact('docs'), fact('repo')])])).toEqual(
    [],
  );
});

test('a name that the repository spells with a prefix or other separators is used', () => {
  const deployed = resource(service, 'quay-dev-ses-callback', [fact('repo')]);
  expect(found([deployed, resource(service, 'ses_callback', [fact('docs')])])).toEqual([]);
  expect(found([deployed, resource(service, 'ses_call', [fact('docs')])])).toHaveLength(1);
});

test('a workflow that a page links to by its full address is of another repository', () => {
  const kind = 'GitHub::Actions::Workflow';
  const evidence = (excerpt: string) => ({ source: 'docs' as const, file: 'docs/aws.md', line: 3, excerpt });
  const own = resource(kind, 'deploy.yml', [fact('repo')]);
  const page = (excerpt: string) =>
    resource(kind, 'sync.yml', [fact('docs', { evidence: evidence(excerpt) })]);
  const link = '[it](https://github.com/acme/results/blob/main/.github/workflows/sync.yml)';
  expect(found([own, page(link)])).toEqual([]);
  expect(found([own, page('see `sync.yml`')])).toHaveLength(1);
});

test('a workflow whose path the page gives and that is not there is told of the page', () => {
  const kind = 'GitHub::Actions::Workflow';
  const own = resource(kind, 'deploy.yml', [fact('repo')]);
  const gone = resource(kind, 'release.yml', [fact('docs')]);
  const paths = [{ path: '.github/workflows/release.yml', line: 3, exists: false, kind: 'code' as const }];
  const documents = [document('docs/aws.md', { paths })];
  expect(found([own, gone], { artifacts: { documents } })).toEqual([]);
  expect(found([own, gone])).toHaveLength(1);
});

test('several of a kind are one finding with their names', () => {
  const other = resource(service, 'api-v0', [fact('docs')]);
  const [finding, ...others] = found([used, forgotten, other]);
  expect(others).toEqual([]);
  expect(finding?.title.en).toBe('ECS service: 2 names that nothing uses');
  expect(finding?.message.en).toContain('`api-v0`, `api-v1`: named in `docs/aws.md`');
});
