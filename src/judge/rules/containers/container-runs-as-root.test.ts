import { expect, test } from 'vitest';
import { dockerfile, estate, fact, findings, isUnknown, resource, stage } from '../../test-estate.ts';
import { containerRunsAsRoot } from './container-runs-as-root.ts';

const start = { text: '["node", "server.js"]', line: 9 };
const of = (...stages: Parameters<typeof dockerfile>[0]) =>
  estate({ artifacts: { dockerfiles: [dockerfile(stages)] } });
const found = (...stages: Parameters<typeof dockerfile>[0]) => findings(containerRunsAsRoot, of(...stages));

test('an official image without USER runs as root', () => {
  const [finding] = found(stage('node:24-alpine', { start }));
  expect(finding).toMatchObject({ severity: 'medium', priority: 'P2', confidence: 'high' });
  expect(finding?.message.en).toContain('`node:24-alpine` leaves root');
});

test('USER root in the final stage is told by its own line', () => {
  const [finding] = found(stage('python:3.13', { start, user: { name: 'root', line: 7 } }));
  expect(finding?.evidence[0]).toMatchObject({ line: 7 });
});

test('a USER in the final stage is enough, whatever the builder does', () => {
  expect(
    found(
      stage('golang:1.26', { name: 'build', user: { name: 'root', line: 3 } }),
      stage('alpine:3.22', { start, user: { name: '10001', line: 8 } }),
    ),
  ).toEqual([]);
});

test('a USER inherited from an earlier stage counts, and root of that stage too', () => {
  const base = stage('node:24', { name: 'base', user: { name: 'node', line: 2 } });
  const final = stage('base', { fromStage: true, start });
  expect(found(base, final)).toEqual([]);
  expect(found({ ...base, user: { name: '0:0', line: 2 } }, final)).toHaveLength(1);
});

test.each([
  'gcr.io/distroless/nodejs24-debian13:nonroot',
  'nginxinc/nginx-unprivileged:1.29',
  'mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled',
  'nginx:1.29-alpine',
  'postgres:18',
  'public.ecr.aws/lambda/python:3.13',
])('%s does not run the service as root', (base) => {
  expect(found(stage(base, { start }))).toEqual([]);
});

test('a start command that hands over to another user is sound', () => {
  expect(found(stage('debian:13', { start: { text: 'exec gosu app /srv/app', line: 9 } }))).toEqual([]);
});

test('an entry script may drop its rights: the finding is less sure', () => {
  const script = { text: '["/docker-entrypoint.sh"]', line: 9 };
  expect(found(stage('debian:13', { start: script }))[0]?.confidence).toBe('medium');
});

test('nobody can say which user a private base image or an unresolved argument has', () => {
  for (const base of [
    '123123123123.dkr.ecr.eu-west-1.amazonaws.com/base:4',
    'node:${VERSION}',
    'acme/runtime:2',
  ])
    expect(isUnknown(containerRunsAsRoot, of(stage(base, { start })))).toBe(true);
});

test('a builder without a start command, a dev container and a test image are not judged', () => {
  expect(found(stage('node:24'))).toEqual([]);
  for (const file of ['.devcontainer/Dockerfile', 'Dockerfile.dev', 'tests/e2e/Dockerfile'])
    expect(
      findings(
        containerRunsAsRoot,
        estate({ artifacts: { dockerfiles: [dockerfile([stage('node:24', { start })], file)] } }),
      ),
    ).toEqual([]);
});

test('a bare name that Docker Hub does not publish is an image of the repository: nobody can say its user', () => {
  expect(isUnknown(containerRunsAsRoot, of(stage('quay_api', { start })))).toBe(true);
});

test('Lambda runs an image as a user of its own', () => {
  const handler = { text: '["/entry.sh", "main.handler"]', line: 9 };
  expect(found(stage('python:3.13', { start: handler }))).toEqual([]);
  const adapter = resource(
    'Docker::Image',
    'public.ecr.aws/awsguru/aws-lambda-adapter:0.9.0',
    [fact('repo')],
    {
      declared: [{ source: 'repo', file: 'Dockerfile', line: 4 }],
    },
  );
  const artifacts = { dockerfiles: [dockerfile([stage('node:24', { start })])] };
  expect(findings(containerRunsAsRoot, estate({ artifacts, resources: [adapter] }))).toEqual([]);
});

test.each([
  '["npm", "run", "dev", "--", "--host", "0.0.0.0"]',
  '["pnpm", "dev"]',
  '["uvicorn", "app:app", "--reload"]',
  'mkdocs serve -a 0.0.0.0:8000',
])('an image that starts %s is a developer’s', (text) => {
  expect(found(stage('node:24', { start: { text, line: 9 } }))).toEqual([]);
  expect(found(stage('node:24', { start: { text: '["npm", "run", "start"]', line: 9 } }))).toHaveLength(1);
});
