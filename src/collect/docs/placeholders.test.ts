import { describe, expect, test } from 'vitest';
import { parsePage } from './parse.ts';
import { withMeanings } from './placeholders.ts';
import { named } from './test-page.ts';

const meant = (text: string, place?: { account?: string; region?: string }) =>
  withMeanings(named(text), parsePage(text), () => place ?? {})
    .map(({ name, nameStatus }) => `${nameStatus} ${name}`)
    .sort();
const CLUSTER = 'ECS cluster `quay-{env}`\n\n';

describe('a page that says what a placeholder stands for gives the names', () => {
  test.each([
    'Replace `{env}` with `dev` or `prod`.',
    'Replace `{env}` with dev/prod.',
    'where `<env>` is one of `dev`, `prod`',
    'Remplacer `{env}` par `dev` ou `prod`.',
    'où `{env}` vaut dev ou prod',
    '- `{env}`: `dev`, `prod`',
    '(`$ENV` = dev|prod)',
    'Replace `<env>` with the target environment (`dev`, `prod`)',
    '`{env}` is `dev` or `prod`, by the branch.',
    '| Placeholder | Values |\n| --- | --- |\n| `{env}` | dev, prod |',
  ])('%s', (legend) => {
    expect(meant(CLUSTER + legend)).toEqual(['resolved quay-dev', 'resolved quay-prod']);
  });

  test('anything in code may be a value', () => {
    expect(meant('SQS queue `quay-{shift}-jobs`\n\nReplace `{shift}` with `night` or `day`.')).toEqual([
      'resolved quay-day-jobs',
      'resolved quay-night-jobs',
    ]);
  });

  test('a list in the name itself is several names', () => {
    expect(meant('- **Secrets Manager** `quay-prod/{DB_URL,API_KEY}`')).toEqual([
      'resolved quay-prod/API_KEY',
      'resolved quay-prod/DB_URL',
    ]);
    expect(meant('ECS cluster `quay-<dev|prod>`')).toEqual(['resolved quay-dev', 'resolved quay-prod']);
  });

  test('the columns of a table say which environments there are, spelled as in their names', () => {
    const table =
      '| | Staging | Production |\n| --- | --- | --- |\n| DNS | `stg.quay.fr` | `prod.quay.fr` |\n\n';
    expect(meant(table + CLUSTER)).toEqual(['resolved quay-prod', 'resolved quay-stg']);
  });

  test('a page that lists its environments says what stands for them', () => {
    expect(meant(`${CLUSTER}Names have the environment (\`dev\`, \`prod\`, \`local\`).`)).toEqual([
      'resolved quay-dev',
      'resolved quay-prod',
    ]);
    expect(meant(`${CLUSTER}Environments: dev, prod\n\nEnvironments: qa, uat`)).toEqual([
      'template quay-{env}',
    ]);
  });

  test('the environment of a value is that of the name', () => {
    const text = `${CLUSTER}Replace \`{env}\` with \`dev\` or \`sandbox\`.`;
    expect(withMeanings(named(text), parsePage(text)).map(({ hints }) => hints[0])).toEqual([
      'dev',
      'sandbox',
    ]);
  });

  test('the one account of the page fills its place', () => {
    const text = 'S3 bucket `quay-logs-<account-id>`';
    expect(meant(text, { account: '411122223334' })).toEqual(['resolved quay-logs-411122223334']);
    expect(meant(text, { account: '123456789012' })).toEqual(['template quay-logs-<account-id>']);
  });
});

describe('a placeholder whose meaning is not said stays open', () => {
  test.each([
    'Nothing is said.',
    'Replace `{env}` with your environment.',
    'Replace `{env}` with `dev`.',
    'Replace `{env}` with `dev`, `prod`, …',
    'Replace `{env}` with your environment (e.g. `dev`, `prod`).',
    'Replace `{region}` with `dev` or `prod`.',
    'The host `api-{env}` is dev or prod.',
    'Replace `{env}` with `dev` or `prod`.\n\nHere `{env}` is `qa` or `uat`.',
    '| | Dev | Prod |\n| --- | --- | --- |\n| a | x | y |',
  ])('%s', (text) => {
    expect(meant(CLUSTER + text)).toEqual(['template quay-{env}']);
  });

  test('two spellings of one name are one', () => {
    const mentions = named('S3 bucket `quay-<shift>-a`\n\nS3 bucket `quay-⟨shift⟩-a`');
    expect(new Set(withMeanings(mentions, parsePage('')).map(({ name }) => name))).toEqual(
      new Set(['quay-<shift>-a']),
    );
  });
});
