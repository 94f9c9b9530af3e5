import * as fs from 'node:fs';
import { rmSync } from 'node:fs';
import path from 'node:path';
import * as git from 'isomorphic-git';
import { beforeAll, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { renderHtml } from '#report/html.ts';
import { renderJson } from '#report/json.ts';
import { renderMarkdown } from '#report/markdown.ts';
import { auditFolder, copyOf } from './support/audit-folder.ts';

const EXAMPLE = path.join(import.meta.dirname, '../examples/boutique');
let report: Report;
let folder: string;

/** A copy of the example that git tracks, without a commit: the report then depends on its files alone. */
async function tracked(): Promise<string> {
  const dir = copyOf(EXAMPLE);
  rmSync(path.join(dir, 'constat-report'), { recursive: true, force: true });
  rmSync(path.join(dir, 'constat.lock.json'), { force: true });
  await git.init({ fs, dir, defaultBranch: 'main' });
  await git.add({ fs, dir, filepath: '.' });
  await git.add({ fs, dir, filepath: 'deploy/catalogue.local.json', force: true });
  return dir;
}

beforeAll(async () => {
  folder = await tracked();
  report = await auditFolder(folder);
});

test.each(['fr', 'en'] as const)('the report of the example in %s is the reviewed one', async (lang) => {
  await expect(renderMarkdown(report, lang)).toMatchFileSnapshot(`golden/boutique.${lang}.md`);
});

test('two systems, three environments each, and every component has a row in each', () => {
  expect(report.systems.map((system) => [system.id, system.environments])).toEqual([
    ['catalogue', ['dev', 'staging', 'prod']],
    ['vitrine', ['dev', 'staging', 'prod']],
  ]);
});

test('nothing is verified, and every unverified resource says why', () => {
  expect(report.summary.statuses).toMatchObject({ verified: 0, missing: 0, drifted: 0, undocumented: 0 });
  for (const resource of report.resources) expect(resource.reason?.fr).toBeTruthy();
});

test('the same tree and date give the same bytes, in every format', async () => {
  const again = await auditFolder(await tracked());
  expect([...renderJson(again)].join('')).toBe([...renderJson(report)].join(''));
  for (const lang of ['fr', 'en'] as const) {
    expect(renderMarkdown(again, lang)).toBe(renderMarkdown(report, lang));
    expect(renderHtml(again, lang)).toBe(renderHtml(report, lang));
  }
});

test('counts add up', () => {
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
  const active = report.findings.filter((finding) => !finding.muted).length;
  expect(sum(report.summary.statuses)).toBe(report.resources.length);
  expect(sum(report.summary.severities)).toBe(active);
  expect(sum(report.summary.priorities)).toBe(active);
});

test('what a finding, a row, a relation or a proof points to exists', () => {
  const ids = new Set(report.resources.map((resource) => resource.id));
  const named = [
    ...report.findings.flatMap((finding) => finding.resources),
    ...report.components.flatMap((row) => row.resource ?? []),
    ...report.relations.flatMap((relation) => [relation.from, relation.to]),
    ...report.proofs.flatMap((proof) => proof.resources ?? []),
  ];
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});
