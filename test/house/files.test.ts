import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listByWalking } from '#collect/readers/listing.ts';
import { root, sources } from './sources.ts';

const FOLDERS = ['src', 'web', 'tools', 'bench', 'test'];
const all = sources(FOLDERS, true);

test('no file exports a default, and none passes on what another exports', () => {
  expect(all.filter(({ exports }) => exports.includes('default')).map(({ file }) => file)).toEqual([]);
  expect(all.flatMap(({ file, reexports }) => reexports.map((name) => `${file}: ${name}`))).toEqual([]);
});

test('no hand-written file is over 400 lines', () => {
  const styles = globSync(['web/**/*.css', 'tools/*.sh', 'constat'], { cwd: root });
  const long = [...all.map(({ file }) => file), ...styles].filter(
    (file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > 401,
  );
  expect(long).toEqual([]);
});

test('no file is named after what it is not: utils, helpers, misc, common, index', () => {
  const vague = /(^|\/)(utils?|helpers?|misc|common|shared|index)(\.test)?\.tsx?$/;
  expect(all.map(({ file }) => file).filter((file) => vague.test(file))).toEqual([]);
});

test('a test of src/, web/ and tools/ stands in the folder of what it tests', () => {
  const alone = all.filter(
    ({ file, imports }) =>
      /^(src|web|tools)\/.*\.test\.tsx?$/.test(file) &&
      // A test of all that a folder holds bears its name.
      path.basename(path.dirname(file)) !== path.basename(file).split('.')[0] &&
      !imports.some((one) => one.file !== undefined && path.dirname(one.file) === path.dirname(file)),
  );
  expect(alone.map(({ file }) => file)).toEqual([]);
});

/** What stands on the machine where a line was written, and nowhere else. */
const FOREIGN: readonly [RegExp, string][] = [
  [/(?<![\w.~$}-])\/work\/\w/, 'a path of somebody’s machine'],
  [/(?<![\w.~$}-])\/opt\/(node\d|wheels)/, 'a path of somebody’s machine'],
  [/"resolved":\s"(?!https:\/\/registry\.npmjs\.org\/)/, 'a registry other than npm’s own'],
];

test('no file names a path of somebody’s machine, or another registry than npm’s own', () => {
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const { files } = listByWalking(root, read);
  expect(files).toContain('package-lock.json');
  const wrong = files.flatMap((file) => {
    const text = read(file);
    return FOREIGN.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${file}: ${what}`);
  });
  expect(wrong).toEqual([]);
});
