import { describe, expect, test } from 'vitest';
import { auditFolder } from '../support/audit-folder.ts';
import { mended, repository } from './repository.ts';

describe('a patch is applied, the finding is gone, and everything goes back', () => {
  test.each([
    [
      'a list of ports',
      'services:\n  db:\n    image: postgres:17\n    ports:\n      - "5432:5432"\n      - 6379:6379 # cache\n',
    ],
    [
      'an address of its own',
      'services:\n  db:\n    image: postgres:17\n    ports:\n      - 0.0.0.0:5433:5432\n',
    ],
    [
      'the long syntax',
      'services:\n  db:\n    image: postgres:17\n    ports:\n      - target: 5432\n        published: "5432"\n',
    ],
    ['a variable', "services:\n  db:\n    image: postgres:17\n    ports:\n      - '${DB_PORT:-5432}:5432'\n"],
  ])('compose-publishes-database: %s', async (_name, compose) => {
    const { diff } = await mended({ 'compose.yml': compose }, 'compose-publishes-database');
    expect(diff).toContain('127.0.0.1');
  });

  test('workflow-without-concurrency', async () => {
    const workflow =
      'on:\n  push:\n    branches: [main]\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: aws ecs update-service --cluster shop-prod --service api --force-new-deployment\n';
    await mended({ '.github/workflows/deploy.yml': workflow }, 'workflow-without-concurrency');
  });
});

test('a file whose bytes are not what was read is left alone', async () => {
  const compose = 'services:\r\n  db:\r\n    image: postgres:17\r\n    ports:\r\n      - "5432:5432"\r\n';
  const { root } = repository({ 'compose.yml': compose });
  const report = await auditFolder(root);
  expect(report.findings.map(({ rule }) => rule)).toContain('compose-publishes-database');
  expect(report.patches ?? []).toEqual([]);
});

test('a change beside a secret value is not shown', async () => {
  const compose =
    'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: gH7kq92LmPz41xTvAa0\n    ports:\n      - "5432:5432"\n';
  const { root } = repository({ 'compose.yml': compose });
  const report = await auditFolder(root);
  expect(report.findings.map(({ rule }) => rule)).toContain('compose-publishes-database');
  expect(JSON.stringify(report)).not.toContain('gH7kq92LmPz41xTvAa0');
  expect(report.patches ?? []).toEqual([]);
});
