import { appendFileSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from './event.ts';
import { existingRun, newRunId, openHome, runIds } from './folder.ts';
import { openJournal } from './journal.ts';
import { freshFolder } from './test-folder.ts';

const now = () => new Date('2026-11-28T09:00:00Z');
const events: Event[] = [
  { event: 'step-done', step: 'S-01' },
  { event: 'step-done', step: 'S-é\n02' },
  { event: 'run-ended', result: 'done' },
];

async function written(): Promise<{ folder: string; file: string }> {
  const folder = freshFolder();
  const journal = await openJournal(folder, now);
  for (const event of events) journal.write(event);
  journal.close();
  return { folder, file: path.join(folder, 'journal.jsonl') };
}

const reopened = async (folder: string) => {
  const journal = await openJournal(folder, now);
  journal.close();
  return journal.entries;
};

test('what was written is read again, one line an event', async () => {
  const { folder, file } = await written();
  expect(await reopened(folder)).toMatchObject(events);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
});

test('wherever its last line is torn, it is left out, and the journal goes on after what is whole', async () => {
  const { file } = await written();
  const text = readFileSync(file);
  const second = text.indexOf('\n', text.indexOf('\n') + 1) + 1;
  for (let length = second; length < text.length; length += 1) {
    const other = freshFolder();
    writeFileSync(path.join(other, 'journal.jsonl'), text);
    truncateSync(path.join(other, 'journal.jsonl'), length);
    const journal = await openJournal(other, now);
    expect(journal.entries).toHaveLength(2);
    journal.write({ event: 'resumed' });
    journal.close();
    expect((await reopened(other)).map(({ event }) => event)).toEqual(['step-done', 'step-done', 'resumed']);
  }
});

test('a last line of which the disk kept something else is left out too', async () => {
  const { folder, file } = await written();
  appendFileSync(file, `${'\0'.repeat(40)}\n`);
  expect(await reopened(folder)).toHaveLength(3);
});

test.each([
  ['changed', (lines: string[]) => lines.with(1, (lines[1] ?? '').replace('02', '03'))],
  ['lost', (lines: string[]) => lines.toSpliced(1, 1)],
  ['moved', (lines: string[]) => lines.with(0, lines[1] ?? '').with(1, lines[0] ?? '')],
  ['twice there', (lines: string[]) => lines.toSpliced(1, 0, lines[0] ?? '')],
])('a line in the middle that was %s is not trusted', async (_, change) => {
  const { folder, file } = await written();
  writeFileSync(file, change(readFileSync(file, 'utf8').split('\n')).join('\n'));
  await expect(reopened(folder)).rejects.toThrow(/line [12] is not what was written/);
});

test('runs are kept where no link leads elsewhere, and found by their ids alone', async () => {
  const root = freshFolder();
  await openHome(root);
  const id = newRunId(now(), 0.5);
  expect(id).toBe('20261128-090000-8000');
  mkdirSync(path.join(root, '.constat/runs', id));
  mkdirSync(path.join(root, '.constat/runs/other'));
  expect(runIds(root)).toEqual([id]);
  expect(() => existingRun(root, '../other')).toThrow(/no run in/);
  const trapped = freshFolder();
  symlinkSync(root, path.join(trapped, '.constat'));
  await expect(openHome(trapped)).rejects.toThrow(/is a link/);
});
