import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openTree } from '../readers/file-tree.ts';
import { givenPaths, givenStates } from './given-states.ts';
import { instance, resource, shown, shownOf, stateOf } from './terraform/state/test-state.ts';

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'constat-states-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  root = path.join(folder, 'estate');
  mkdirSync(root);
});

const write = (file: string, content: string | Uint8Array) => {
  const target = path.join(folder, file);
  writeFileSync(target, content);
  return { path: target, shownAs: `../${file}` };
};
const queue = (name: string) => resource('aws_sqs_queue.jobs', [instance({ name })]);
const read = async (...given: { path: string; shownAs: string }[]) =>
  givenStates(given, await openTree(root));

test('a state outside the audited folder is imported, one within is the repository’s own', async () => {
  const outside = write('prod.tfstate', stateOf([queue('jobs')]));
  const within = write('estate/terraform.tfstate', stateOf([queue('mail')]));
  const { facts, states, coverage } = await read(outside, within);
  expect(
    facts.map(({ name, source, evidence }) => [name, source, 'file' in evidence && evidence.file]),
  ).toEqual([
    ['jobs', 'import', '../prod.tfstate'],
    ['mail', 'repo', 'terraform.tfstate'],
  ]);
  expect(facts.map(({ environments }) => environments)).toEqual([['prod'], []]);
  expect(states).toEqual([{ file: 'terraform.tfstate', tracked: false, holds: 'values' }]);
  expect(coverage).toMatchObject([
    { source: 'import', state: 'complete', operations: [{ calls: 2, failed: 0 }] },
  ]);
  expect([...givenPaths([outside, within], await openTree(root))]).toEqual(['terraform.tfstate']);
});

test('a link is followed to where the state lies, and the same one given twice is read once', async () => {
  const state = write('estate/terraform.tfstate', stateOf([queue('mail')]));
  const link = path.join(folder, 'link.tfstate');
  symlinkSync(state.path, link);
  const { facts } = await read(state, { path: link, shownAs: 'link.tfstate' });
  expect(facts.map(({ source }) => source)).toEqual(['repo']);
});

test('what a redirection of PowerShell wrote is read: UTF-16 with its mark', async () => {
  const text = shownOf([shown('aws_sqs_queue', { name: 'jobs' })]);
  const { facts } = await read(write('plan.json', Buffer.from(`\ufeff${text}`, 'utf16le')));
  expect(facts.map(({ name }) => name)).toEqual(['jobs']);
});

test('one that cannot be read costs one line, and the others are read', async () => {
  const { facts, coverage } = await read(
    write('old.tfstate', '{"version": 3, "serial": 1, "modules": []}'),
    write('cut.tfstate', stateOf([queue('cut')]).slice(0, 200)),
    write('tfplan', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)),
    { path: path.join(folder, 'gone.tfstate'), shownAs: '../gone.tfstate' },
    write('prod.tfstate', stateOf([queue('jobs')])),
  );
  expect(facts.map(({ name }) => name)).toEqual(['jobs']);
  expect(coverage[0]).toMatchObject({ state: 'partial', reason: { en: '4 states could not be read' } });
  expect(coverage[0]?.unread?.map(({ file, why, asked }) => [file, why.en, asked])).toEqual([
    ['../old.tfstate', expect.stringContaining('state of format 3'), true],
    ['../cut.tfstate', 'not whole JSON: state not read', true],
    ['../tfplan', expect.stringContaining('`terraform show -json`'), true],
    ['../gone.tfstate', 'no such file', true],
  ]);
});

test('a state over the limit of files of a tree is read', async () => {
  const padding = 'x'.repeat(6 * 1024 * 1024);
  const large = resource('aws_instance.web', [instance({ id: 'i-0a1b2c3d', user_data: padding })]);
  const { facts } = await read(write('estate/large.tfstate', stateOf([large, queue('jobs')])));
  expect(facts.map(({ name }) => name)).toEqual(['i-0a1b2c3d', 'jobs']);
});

test('a state that is nested beyond measure does not end the audit', async () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const text = stateOf([resource('aws_vpc.main', [instance({ tags: '§' })])]).replace('"§"', deep);
  const { facts, coverage } = await read(write('deep.tfstate', text));
  expect(facts.length + (coverage[0]?.unread?.length ?? 0)).toBe(1);
});
