import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { notReadYet } from './not-read-yet.ts';

const formatOf = (path: string, text = '') =>
  notReadYet(memoryTree({ [path]: text })).map(({ format }) => format);

test.each([
  ['prod.s3.tfbackend', '', 'terraform'],
  ['prod.tfbackend', '', 'terraform'],
  ['serverless.ts', '', 'serverless'],
  ['Pulumi.prod.yaml', '', 'pulumi'],
  ['.gitlab-ci.yml', '', 'gitlab-ci'],
  ['.circleci/config.yml', '', 'circleci'],
  ['Jenkinsfile', '', 'jenkins'],
  ['bitbucket-pipelines.yml', '', 'bitbucket-pipelines'],
  ['azure-pipelines.yml', '', 'azure-pipelines'],
  ['charts/api/Chart.yaml', '', 'helm'],
  ['charts/api/templates/deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\n', 'helm'],
  [
    'deploy/templates/web.yaml',
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n',
    'helm',
  ],
  ['ansible/site.yml', '---\n- name: web\n  hosts: web\n', 'ansible'],
  ['roles/web/tasks/main.yml', '', 'ansible'],
  ['k8s/api.yaml', '# api\napiVersion: apps/v1\nkind: Deployment\n', 'kubernetes'],
  ['k8s/api.json', '{\n  "apiVersion": "v1",\n  "kind": "Service"\n}', 'kubernetes'],
  ['main.bicep', '', 'bicep'],
  ['vercel.json', '{}', 'hosting'],
])('%s is recognised as %s', (path, text, format) => {
  expect(formatOf(path, text)).toEqual([format]);
});

test.each([
  ['infra/main.tf', ''],
  ['prod.tfvars', ''],
  ['live/terragrunt.hcl', ''],
  ['.terraform.lock.hcl', ''],
  ['docker-compose.yml', 'services:\n  api:\n    image: x\n'],
  ['.github/workflows/ci.yml', 'on: push\njobs: {}\n'],
  ['traefik/dynamic/api.yml', 'http:\n  routers:\n    api:\n'],
  ['openapi.yaml', 'openapi: 3.0.0\n'],
  ['package.json', '{"apiVersion": "v1", "kind": "X"}'],
  ['src/user.service.ts', ''],
  ['mailer.service', 'export class Mailer {}'],
  ['docs/kubernetes.md', 'apiVersion: v1\nkind: Pod\n'],
  ['pg.conf', 'max_connections = 100\n'],
  ['nginx.conf', 'server {\n  listen 80;\n}\n'],
  ['Caddyfile', ''],
  ['haproxy.cfg', ''],
  ['locale.json', '{"kind": "Sorte", "apiVersionLabel": "x"}'],
])('%s is none of them', (path, text) => {
  expect(formatOf(path, text)).toEqual([]);
});

test('files of one format are listed together, sorted', () => {
  const [terraform, ...rest] = notReadYet(memoryTree({ 'b.tfplan': '', 'a/c.tfplan': '', 'a.tfplan': '' }));
  expect(terraform?.files).toEqual(['a.tfplan', 'a/c.tfplan', 'b.tfplan']);
  expect(rest).toEqual([]);
});

test('four kilobytes of anything cost little', () => {
  const hostile = ['- name:', '\n- name: x', ' server', '"', '  ', 'AWS"Type"', 'apiVersion', '{{ ', '\n\n'];
  const started = performance.now();
  for (const part of hostile) {
    for (const path of ['a.yml', 'templates/a.yaml', 'a.conf', 'a.service', 'a.json'])
      formatOf(path, part.repeat(2000));
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});
