import { expect, test } from 'vitest';
import { dockerfile, estate, findings, stage } from '../../test-estate.ts';
import { imageBaseUnpinned } from './image-base-unpinned.ts';

const found = (...stages: Parameters<typeof dockerfile>[0]) =>
  findings(imageBaseUnpinned, estate({ artifacts: { dockerfiles: [dockerfile(stages)] } }));

test('no tag and `latest` are one low finding that lists both', () => {
  const [finding] = found(stage('ubuntu', { line: 1 }), stage('registry:5000/team/base:latest', { line: 6 }));
  expect(finding).toMatchObject({ severity: 'low', priority: 'P3' });
  expect(finding?.evidence).toHaveLength(2);
  expect(finding?.message.en).toContain('`ubuntu`, `registry:5000/team/base:latest`');
});

test.each(['node:24', 'node@sha256:0123', 'scratch', 'node:${NODE}', 'registry:5000/team/base:4'])(
  '%s is fixed, or not for this file to say',
  (base) => expect(found(stage(base))).toEqual([]),
);

test('an earlier stage is no image', () => {
  expect(found(stage('node:24', { name: 'build' }), stage('build', { fromStage: true }))).toEqual([]);
});

test('a registry with a port and no tag is without a version', () => {
  expect(found(stage('registry:5000/team/base'))).toHaveLength(1);
});

test('a bare name that Docker Hub does not publish is what the repository builds', () => {
  expect(found(stage('quay_api'))).toEqual([]);
});
