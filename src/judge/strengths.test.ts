import { expect, test } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { strengthsOf } from './strengths.ts';
import { estate } from './test-estate.ts';

const NONE = 'No recognised secret in the files that were read.';
const files = new Set(['README.md']);
const texts = (...of: Parameters<typeof strengthsOf>) => strengthsOf(...of).map(({ text }) => text.en);

test('that no secret was recognised is said of files that were searched, and not beside a finding of one', () => {
  expect(texts(estate({ files }), [])).toContain(NONE);
  expect(texts(estate(), [])).not.toContain(NONE);
  for (const rule of ['secret-committed', 'environment-file-committed'])
    expect(texts(estate({ files }), [{ rule } as Finding])).not.toContain(NONE);
});

test('nor beside a state in git with its values, whatever rules are on', () => {
  const state = { file: 'a.tfstate', tracked: true, holds: 'values' as const };
  expect(texts(estate({ files, artifacts: { terraformStates: [state] } }), [])).not.toContain(NONE);
  const empty = { ...state, holds: 'nothing' as const };
  expect(texts(estate({ files, artifacts: { terraformStates: [empty] } }), [])).toContain(NONE);
});
