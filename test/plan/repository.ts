import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Report } from '#model/report.ts';
import { auditFolder, folderOf } from '../support/audit-folder.ts';

/** A git repository on the disk, in which commands are run as a person would at its root. */
export function repository(files: Record<string, string>) {
  const root = folderOf(files);
  onTestFinished(() => rmSync(root, { recursive: true }));
  const sh = (command: string) =>
    execFileSync('sh', ['-euc', command], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    });
  const commit = () =>
    sh('git add --force --all && git -c user.name=ada -c user.email=ada@example.org commit -qm one');
  sh('git init -q .');
  commit();
  return { root, sh, commit, tracked: () => sh('git ls-files -z').split('\0').filter(Boolean).sort() };
}

const open = (report: Report, rule: string): number =>
  report.findings.filter((finding) => finding.rule === rule).length;

/**
 * Audits a repository, applies the patches of one rule as their steps say, audits it again and goes back: the findings
 * are there, then gone, and every byte is as it was in the end.
 */
export async function mended(
  files: Record<string, string>,
  rule: string,
  profile?: 'devops',
): Promise<{ before: Report; after: Report; diff: string }> {
  const { root, sh, commit } = repository(files);
  const look = () => auditFolder(root, 'en', undefined, profile);
  const before = await look();
  expect(open(before, rule), `${rule} before`).toBeGreaterThan(0);
  const gaps = before.findings.filter((finding) => finding.rule === rule).map(({ gap }) => gap);
  const patches = (before.patches ?? []).filter(({ findings }) => findings.some((gap) => gaps.includes(gap)));
  expect(patches.flatMap(({ findings }) => findings).sort()).toEqual(expect.arrayContaining(gaps));
  const steps = before.plan.steps.filter((step) =>
    patches.some(({ id }) => step.command === `git apply constat-report/patches/${id}.patch`),
  );
  expect(steps).toHaveLength(patches.length);
  mkdirSync(path.join(root, '.git/constat'), { recursive: true });
  const run = (command: string) => sh(command.replaceAll('constat-report/patches/', '.git/constat/'));
  for (const { id, diff } of patches) writeFileSync(path.join(root, `.git/constat/${id}.patch`), diff);
  const digest = () => sh('git ls-files -z | xargs -0 sha256sum; git status --short');
  const first = digest();
  for (const step of steps) run(step.command);
  const proofs = before.proofs.filter(({ id }) => steps.some((step) => step.proofs.includes(id)));
  for (const { command } of proofs) expect(run(command)).toBe('applied\n');
  // files that a patch makes count once they are tracked
  commit();
  const after = await look();
  expect(open(after, rule), `${rule} after`).toBe(0);
  sh('git reset -q --soft HEAD~1');
  for (const step of [...steps].reverse()) run(step.rollback?.command ?? 'exit 1');
  sh('git reset -q --mixed HEAD');
  expect(digest()).toBe(first);
  return { before, after, diff: patches.map((patch) => patch.diff).join('\n') };
}
