import { expect, test } from 'vitest';
import { call, estate, findings, run, trigger, workflow } from '../../test-estate.ts';
import { imageTagMutable } from './image-tag-mutable.ts';

const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/api';
const push = (...references: string[]) =>
  run({ calls: references.map((image) => call('docker push', { arguments: { image } })) });
const found = (one: ReturnType<typeof run>, parts = {}) =>
  findings(imageTagMutable, estate({ artifacts: { workflows: [workflow({ runs: [one], ...parts })] } }));

test('only `latest`, or no tag at all, is a medium finding on the image', () => {
  for (const reference of [`${host}:latest`, host]) {
    const [finding] = found(push(reference));
    expect(finding).toMatchObject({
      severity: 'medium',
      title: { en: '`api`: pushed under a moving tag only' },
    });
  }
});

test('a branch or an environment is a moving tag', () => {
  for (const tag of ['main', 'prod', 'staging', '⟨github.ref_name⟩'])
    expect(found(push(`${host}:${tag}`))).toHaveLength(1);
});

test('`latest` beside a tag of the commit is sound', () => {
  expect(found(push(`${host}:latest`, `${host}:⟨github.sha⟩`))).toEqual([]);
});

test.each([
  '⟨github.sha⟩',
  'sha-⟨part of a symbol⟩',
  'v1.4.2',
  'main-⟨github.run_number⟩',
  '⟨steps.version.outputs.tag⟩',
])('tag %s stays where it is', (tag) => expect(found(push(`${host}:${tag}`))).toEqual([]));

test('the name of a pushed tag is a version', () => {
  const triggers = [trigger('push', { tags: ['v*'] })];
  expect(found(push(`${host}:⟨github.ref_name⟩`), { triggers })).toEqual([]);
});

test('a digest is exact, and a public image that the workflow does not deploy is for its readers', () => {
  expect(found(push(`${host}:latest@sha256:00ff`))).toEqual([]);
  expect(found(push('ghcr.io/acme/tool:latest'))).toEqual([]);
});

test('a public image that the workflow itself deploys is judged', () => {
  const up = call('docker compose up', { remote: 'web.acme.example' });
  const one = push('acme/site:latest');
  expect(found({ ...one, calls: [...one.calls, up] })).toHaveLength(1);
});

test('a registry of the job itself takes the image nowhere', () => {
  const up = call('kubectl apply');
  const one = push('localhost:5000/site:latest', 'site:latest');
  expect(found({ ...one, calls: [...one.calls, up] })).toEqual([]);
});

test('a registry that the login to ECR gives is one’s own', () => {
  expect(found(push('⟨steps.login-ecr.outputs.registry⟩/api:latest'))).toHaveLength(1);
});
