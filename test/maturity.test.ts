import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '#cli/run.ts';
import { type Report, reportSchema } from '#model/report.ts';
import { folderOf } from './support/audit-folder.ts';

const FILES = {
  'README.md': '# Kiosk\n\n## Rollback\n\nRun the workflow on the tag before.\n',
  '.github/workflows/deploy.yml':
    'name: deploy\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/login-action@v3\n      - run: aws ecs update-service --cluster kiosk --service web\n',
};
const CONFIGURATION = `
profile: devops
firstGap: 1401
answers:
  our-restore-tried: { answer: no, by: Ada, on: 2026-06-01 }
  our-owners-named: { answer: yes, by: Ada, on: 2024-06-01, note: on the wiki }
phases:
  - title: Now
    domains: [care]
    priorities: [P1]
  - title: Later
knownGaps:
  - { gap: GAP-905, rule: action-unpinned, from: audit of 2024 }
`;
const own = (text: string, rest: string) =>
  `        text: ${text}\n        severity: high\n        effort: small\n        gap: { title: 'none', remedy: Write it. }\n        ${rest}\n`;
const TARGET = `domains:
  care:
    title: { fr: Soin, en: Care }
    target: All of it.
    questions:
      our-runbook-there:
${own('Runbook?', "files: ['RUNBOOK.md']")}
      our-rollback-written:
${own('Rollback?', 'documents: rollback')}
      our-actions-pinned:
${own('Pinned?', 'rules: [action-unpinned]')}
      our-cluster-declared:
${own('Cluster?', `query: "resources[?kind=='AWS::ECS::Cluster']"`)}
      our-restore-tried:
${own('Tried?', 'query: "null"')}
      our-owners-named:
${own('Owners?', "files: ['CODEOWNERS']")}
`;

afterEach(() => vi.restoreAllMocks());
// each run listens to it once more
process.stdout.setMaxListeners(50);

/** Runs the command line in this process. */
async function constat(...args: string[]) {
  const said = { out: '', err: '' };
  for (const [name, stream] of [
    ['out', process.stdout],
    ['err', process.stderr],
  ] as const)
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  const code = await run(['node', 'constat', ...args]);
  vi.restoreAllMocks();
  return { code, ...said };
}

async function audited(root: string, ...args: string[]): Promise<Report & { said: string }> {
  const out = path.join(root, 'constat-report');
  const {
    code,
    out: said,
    err,
  } = await constat('audit', root, '--out', out, '--format', 'json', '--lang', 'en', ...args);
  expect([code, err]).toEqual([0, '']);
  const report = reportSchema.parse(JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8')));
  return { ...report, said };
}
const kiosk = () => folderOf({ ...FILES, 'constat.yaml': CONFIGURATION, 'constat.target.yaml': TARGET });
const gapOf = ({ findings }: Report, rule: string) => findings.find((finding) => finding.rule === rule);

test('a team’s own target is answered from files, pages, rules, the report and people', async () => {
  const report = await audited(kiosk());
  const [care] = report.maturity;
  expect(care?.questions.map(({ id, answer }) => [id, answer])).toEqual([
    ['our-runbook-there', 'no'],
    ['our-rollback-written', 'yes'],
    ['our-actions-pinned', 'no'],
    ['our-cluster-declared', 'yes'],
    ['our-restore-tried', 'no'],
    ['our-owners-named', 'yes'],
  ]);
  expect(care?.score).toBe(50);
  expect(report.audit.profile).toBe('devops');
  expect(care?.questions[3]?.evidence).toMatchObject([{ file: '.github/workflows/deploy.yml', line: 8 }]);
  expect(care?.questions[5]).toMatchObject({ human: { by: 'Ada' }, facts: { answer: 'no' } });
  for (const words of ['over a year old', 'what was read says “no”']) expect(report.said).toContain(words);
});

test('gaps are findings with numbers, phases and evidence; what a rule found is not found twice', async () => {
  const report = await audited(kiosk());
  const [care] = report.maturity;
  const unpinned = gapOf(report, 'action-unpinned');
  expect(unpinned).toMatchObject({ gap: 'GAP-905', known: { from: 'audit of 2024' }, phase: 'Later' });
  const runbook = gapOf(report, 'our-runbook-there-lacking');
  expect(runbook).toMatchObject({ priority: 'P1', phase: 'Now', severity: 'high' });
  expect(runbook?.evidence).toMatchObject([{ source: 'target', file: 'constat.target.yaml', line: 6 }]);
  const restore = gapOf(report, 'our-restore-tried-lacking');
  expect(restore?.evidence).toMatchObject([{ source: 'target', file: 'constat.yaml', line: 5 }]);
  expect(care?.gaps).toEqual([runbook?.gap, 'GAP-905', restore?.gap]);
  expect(gapOf(report, 'our-actions-pinned-lacking')).toBeUndefined();
  for (const { gap } of report.findings) if (gap !== 'GAP-905') expect(gap).toMatch(/^GAP-14\d\d$/);
  expect(new Set(report.findings.map(({ gap }) => gap)).size).toBe(report.findings.length);
  expect(report.summary.critical?.map(({ gap }) => gap)).toContain(runbook?.gap);
  const [now, later] = report.summary.phases ?? [];
  const next = (horizon: string) =>
    report.summary.next.filter((one) => one.horizon === horizon).flatMap(({ gaps }) => gaps);
  expect(next('now').sort()).toEqual([...(now?.gaps ?? [])].sort());
  expect(next('soon').sort()).toEqual([...(later?.gaps ?? [])].sort());
  expect(report.summary.phases?.flatMap(({ gaps }) => gaps).sort()).toEqual(
    report.findings.map(({ gap }) => gap).sort(),
  );
});

test('a gap that is gone is closed, keeps its number, and comes back with it', async () => {
  const root = kiosk();
  const first = gapOf(await audited(root), 'our-runbook-there-lacking')?.gap;
  writeFileSync(path.join(root, 'RUNBOOK.md'), '# Runbook\n');
  expect((await audited(root)).closed).toMatchObject([{ gap: first, rule: 'our-runbook-there-lacking' }]);
  // an audit that does not ask the question says nothing new of it
  writeFileSync(path.join(root, 'constat.yaml'), 'firstGap: 1401\n');
  expect((await audited(root)).closed?.map(({ gap }) => gap)).toEqual([first]);
  writeFileSync(path.join(root, 'constat.yaml'), CONFIGURATION);
  rmSync(path.join(root, 'RUNBOOK.md'));
  const back = await audited(root);
  expect(back.closed).toBeUndefined();
  expect(gapOf(back, 'our-runbook-there-lacking')?.gap).toBe(first);
});

test('what is left out or turned off is not taken for mended', async () => {
  const root = folderOf(FILES);
  const first = gapOf(await audited(root), 'action-unpinned')?.gap;
  for (const configuration of ["ignore: ['.github/**']\n", 'rules: { action-unpinned: off }\n']) {
    writeFileSync(path.join(root, 'constat.yaml'), configuration);
    const without = await audited(root);
    expect(gapOf(without, 'action-unpinned')).toBeUndefined();
    expect(without.closed?.map(({ gap }) => gap) ?? []).not.toContain(first);
  }
  writeFileSync(path.join(root, 'constat.yaml'), '');
  rmSync(path.join(root, '.github'), { recursive: true });
  expect((await audited(root)).closed?.map(({ gap }) => gap)).toContain(first);
});

test('without a profile nothing is answered, no phase is given, and the other numbers are the same', async () => {
  const root = kiosk();
  const asked = await audited(root);
  writeFileSync(path.join(root, 'constat.yaml'), 'firstGap: 1401\n');
  const report = await audited(root);
  expect(report.maturity).toEqual([]);
  expect(report.summary).not.toHaveProperty('critical');
  expect(report.closed).toBeUndefined();
  expect(report.findings.every(({ phase }) => phase === undefined)).toBe(true);
  for (const { fingerprint, gap, rule } of report.findings)
    if (rule !== 'action-unpinned')
      expect(asked.findings.find((one) => one.fingerprint === fingerprint)?.gap).toBe(gap);
});

test('what cannot be asked is told with its line, before anything is read', async () => {
  const root = kiosk();
  writeFileSync(path.join(root, 'constat.target.yaml'), 'domains:\n  care:\n    title: x\n    wieght: 3\n');
  const wrong = await constat('audit', root, '--out', path.join(root, 'constat-report'));
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(wrong.err).toMatch(
    /constat\.target\.yaml:4:5: domains\.care\.wieght: unknown key; see docs\/maturity\.md/,
  );
  writeFileSync(path.join(root, 'constat.target.yaml'), 'domains:\n  care: {}\n');
  expect((await constat('audit', root)).err).toMatch(
    /constat\.target\.yaml:2: domains\.care: no such domain/,
  );
});

test('init writes what an audit reads, and overwrites nothing', async () => {
  const root = folderOf(FILES);
  const written = await constat('init', root, '--profile', 'devops', '--lang', 'fr');
  expect([written.code, written.err]).toEqual([0, '']);
  expect(readFileSync(path.join(root, 'constat.yaml'), 'utf8')).toMatch(/^profile: devops$/m);
  const again = await constat('init', root, '--profile', 'devops');
  expect([again.code, again.err.includes('constat.target.yaml: is there already')]).toEqual([2, true]);
  rmSync(path.join(root, 'constat.target.yaml'));
  const kept = await constat('init', root, '--profile', 'devops', '--lang', 'en');
  expect([kept.code, kept.out.includes('kept as it is')]).toEqual([0, true]);
  expect((await constat('init', root)).code).toBe(2);
  expect((await audited(root)).audit.profile).toBe('devops');
});
