import { expect, test } from 'vitest';
import type { Statement } from '#model/artifacts.ts';
import { document, estate, findings } from '../../test-estate.ts';
import { docsContradictEachOther } from './docs-contradict-each-other.ts';

const says = (subject: string, value: string, parts: Partial<Statement> = {}): Statement => ({
  subject,
  property: 'port',
  value,
  line: 7,
  ...parts,
});
const found = (...pages: [file: string, statements: Statement[], report?: boolean][]) =>
  findings(
    docsContradictEachOther,
    estate({
      artifacts: {
        documents: pages.map(([file, statements, report = false]) => document(file, { statements, report })),
      },
    }),
  );

test('two pages that give one service two ports are a low finding that cites both', () => {
  const [finding] = found(
    ['README.md', [says('billing-api', '8000')]],
    ['docs/run.md', [says('Billing-API', '8080')]],
  );
  expect(finding).toMatchObject({ severity: 'low', confidence: 'medium' });
  expect(finding?.evidence).toMatchObject([{ file: 'README.md' }, { file: 'docs/run.md' }]);
  expect(finding?.message.en).toContain('`8000` (`README.md`) or `8080` (`docs/run.md`)');
});

test('a page that lists two values describes cases: it contradicts nobody', () => {
  expect(found(['a.md', [says('api', '80'), says('api', '443')]], ['b.md', [says('api', '80')]])).toEqual([]);
});

test('pages that agree, other subjects, several addresses and reports of the past are sound', () => {
  expect(found(['a.md', [says('api', '80')]], ['b.md', [says('api', '80')]])).toEqual([]);
  expect(found(['a.md', [says('api', '80')]], ['b.md', [says('web', '81')]])).toEqual([]);
  const url = { property: 'url' as const };
  expect(found(['a.md', [says('api', 'https://a', url)]], ['b.md', [says('api', 'https://b', url)]])).toEqual(
    [],
  );
  expect(found(['a.md', [says('api', '80')]], ['b.md', [says('api', '81')], true])).toEqual([]);
});

test('pages that disagree on several ports are one finding that lists them', () => {
  const [finding, ...others] = found(
    ['a.md', [says('api', '80'), says('web', '81')]],
    ['b.md', [says('api', '90'), says('web', '91')]],
  );
  expect(others).toEqual([]);
  expect(finding?.title.en).toBe('2 names: the documents disagree on the port');
  expect(finding?.message.en).toBe(
    'Depending on the page, the port differs: `api` `80` / `90`, `web` `81` / `91`.',
  );
});
