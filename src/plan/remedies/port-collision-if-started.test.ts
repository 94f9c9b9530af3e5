import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ComposeFile } from '#model/artifacts.ts';
import { noArtifacts } from '#model/artifacts.ts';
import type { Finding } from '#model/finding.ts';
import { Problem } from '../problem.ts';
import { portCollisionIfStarted } from './port-collision-if-started.ts';

const TEXT = 'services:\n  web:\n    image: a:1\n    ports:\n      - "127.0.0.1:8002:8002"\n';

function planned(retired: boolean, excerpt: string | undefined, values: Finding['values'] = { free: 8003 }) {
  const compose = {
    file: 'compose.yaml',
    retired,
    project: 'quay',
    networks: [],
    volumes: [],
    services: [{ name: 'web', ports: [{ published: '8002', target: '8002', line: 5 }] }],
  } as unknown as ComposeFile;
  const finding = {
    rule: 'port-collision-if-started',
    gap: 'GAP-01',
    resources: [],
    evidence: [{ source: 'repo', file: 'compose.yaml', line: 5, ...(excerpt !== undefined && { excerpt }) }],
    values: { file: 'compose.yaml', host: 'quay-1', port: 8002, service: 'web', holder: 'front', ...values },
  } as unknown as Finding;
  return portCollisionIfStarted.plan(
    new Problem({
      id: finding.rule,
      finding,
      gaps: ['GAP-01'],
      resources: new Map(),
      artifacts: { ...noArtifacts(), composeFiles: [compose] },
    }),
  );
}

test('a file out of use is taken away, by the step that takes away any such file', () => {
  const [step] = planned(true, undefined);
  expect(step).toMatchObject({
    title: { en: 'Delete `compose.yaml`' },
    hand: { command: 'git rm -- compose.yaml', undo: 'git restore --staged --worktree -- compose.yaml' },
  });
  expect(step?.reason.en).toContain('port `8003` is free');
});

test('a file in use is given the free port, and gets the old one back, by the commands themselves', () => {
  const [step] = planned(false, '      - "127.0.0.1:8002:8002"');
  const folder = mkdtempSync(path.join(tmpdir(), 'constat-ports-'));
  try {
    const file = path.join(folder, 'compose.yaml');
    writeFileSync(file, TEXT);
    execFileSync('sh', ['-c', step?.hand?.command ?? 'false'], { cwd: folder });
    expect(readFileSync(file, 'utf8')).toBe(TEXT.replace(':8002:8002', ':8003:8002'));
    execFileSync('sh', ['-c', step?.hand?.undo ?? 'false'], { cwd: folder });
    expect(readFileSync(file, 'utf8')).toBe(TEXT);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(step?.hand?.proof).toMatchObject({ expected: { en: '`null`' } });
});

test.each([['      - target: 8002'], ['      - "${PORT:-9}:8002"'], [undefined]])(
  'a line that is not seen to publish the port is left to a person: %s',
  (line) => {
    const [step] = planned(false, line);
    expect(step?.hand).toBeUndefined();
    expect(step?.needs?.[0]?.en).toBe('`8003` is free: publish it in `compose.yaml:5`.');
  },
);

test('without a free port that is known none is given', () => {
  const [step] = planned(false, '      - "8002:8002"', {});
  expect(step?.hand).toBeUndefined();
  expect(step?.needs?.[0]?.en).toContain('was not read in full');
});
