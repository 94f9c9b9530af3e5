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
