import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { InputError } from '#lib/input-error.ts';
import { DEFAULT_OUT } from '#lib/own-output.ts';
import type { Report } from '#model/report.ts';
import { patches } from '../../test/fixtures/sample-patches.ts';
import { sampleReport } from '../../test/fixtures/sample-report.ts';
import { checkOut, writeReport } from './written-report.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'constat-out-'));
const report: Report = sampleReport();

test('a folder that is there, and one that can be made, are written to; nothing is made by asking', () => {
  const root = folder();
  expect(() => checkOut(root)).not.toThrow();
  expect(() => checkOut(path.join(root, 'a/b/c'))).not.toThrow();
  expect(existsSync(path.join(root, 'a'))).toBe(false);
});

test.each(['report', 'report/deeper'])(
  'a file that stands in the way of %s is told, with what to do',
  (under) => {
    const root = folder();
    writeFileSync(path.join(root, 'report'), '');
    const out = path.join(root, under);
    expect(() => checkOut(out)).toThrow(InputError);
    expect(() => checkOut(out)).toThrow(
      `${out}: cannot be written (ENOTDIR); give another folder with --out`,
    );
  },
);

test('a folder that may not be written to is told', ({ skip }) => {
  skip(process.getuid?.() === 0, 'root may write everywhere');
  const root = folder();
  chmodSync(root, 0o500);
  expect(() => checkOut(path.join(root, 'out'))).toThrow(/cannot be written \(EACCES\)/);
});

test('the usual folder may be no link, which the audited repository may have set', () => {
  const [root, before] = [folder(), process.cwd()];
  symlinkSync(folder(), path.join(root, DEFAULT_OUT));
  process.chdir(root);
  try {
    expect(() => checkOut(DEFAULT_OUT)).toThrow(/is a link/);
    expect(() => checkOut(`./${DEFAULT_OUT}`)).not.toThrow();
  } finally {
    process.chdir(before);
  }
});

test('each format is a file, in the order that was asked for', async () => {
  const out = path.join(folder(), 'new');
  const files = await writeReport(report, { out, format: ['json', 'md'], lang: 'en' });
  expect(files.map((file) => path.basename(file))).toEqual(['report.json', 'report.md']);
  expect(readdirSync(out).sort()).toEqual(['report.json', 'report.md']);
  expect(JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'))).toHaveProperty('findings');
});

test('what cannot be written in the end is one line', async () => {
  const out = folder();
  mkdirSync(path.join(out, 'report.md'));
  await expect(writeReport(report, { out, format: ['md'], lang: 'en' })).rejects.toThrow(
    /report\.md: cannot be written \(\w+\); give another folder with --out$/,
  );
});

test('each patch is a file beside the report, byte for byte, and the report says how it is applied', async () => {
  const out = folder();
  const found = { ...report, patches: patches() };
  const files = await writeReport(found, { out, format: ['md', 'html'], lang: 'en' });
  expect(files.at(-1)).toBe(`${path.join(out, 'patches')}/ (2)`);
  expect(readdirSync(path.join(out, 'patches')).sort()).toEqual([
    'deploy-unattended.patch',
    'smoke-test.patch',
  ]);
  for (const { id, diff } of patches())
    expect(readFileSync(path.join(out, `patches/${id}.patch`), 'utf8')).toBe(diff);
  const command = `git apply ${path.join(out, 'patches/smoke-test.patch')}`;
  expect(readFileSync(path.join(out, 'report.md'), 'utf8')).toContain(command);
  // the page is too long to be printed where it does not
  expect(readFileSync(path.join(out, 'report.html'), 'utf8').includes(command)).toBe(true);
});

test('a report for programs alone has its patches in it', async () => {
  const out = folder();
  await writeReport({ ...report, patches: patches() }, { out, format: ['json'], lang: 'en' });
  expect(readdirSync(out)).toEqual(['report.json']);
});

test('no patch leaves the folder of reports, by a link or by its id', async () => {
  const [out, elsewhere] = [folder(), folder()];
  symlinkSync(elsewhere, path.join(out, 'patches'));
  expect(() => checkOut(out)).toThrow(/patches is a link/);
  const [patch] = patches();
  if (!patch) throw new Error('the sample has patches');
  const write = (to: string, id: string) =>
    writeReport({ ...report, patches: [{ ...patch, id }] }, { out: to, format: ['md'], lang: 'en' });
  await expect(write(out, 'fine')).rejects.toThrow(/patches is a link/);
  expect(readdirSync(elsewhere)).toEqual([]);
  await expect(write(folder(), '../x')).rejects.toThrow(/no id of a patch/);
});
