import { describe, expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { type Collector, defineCollector, type Reading } from '../collector.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { collectRepository } from './collect-repository.ts';

const collector = (parts: Partial<Collector>): Collector =>
  defineCollector({
    id: 'words',
    source: 'repo',
    title: { fr: 'Mots', en: 'Words' },
    reads: ({ base }) => base.endsWith('.txt'),
    collect() {},
    ...parts,
  });

const factOf = (reading: Reading, name: string, line = 1): Fact => ({
  kind: 'Docker::Image',
  name,
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  environments: [],
  evidence: reading.at(line),
});

/** What a reading of `text` answers. */
function read<Answer>(text: string, ask: (reading: Reading) => Answer): Answer {
  const answers: Answer[] = [];
  const one = collector({ collect: (reading) => void answers.push(ask(reading)) });
  const { unread } = collectRepository(memoryTree({ 'a.txt': text }), [one]);
  expect(unread).toEqual([]);
  return answers[0] as Answer;
}

describe('a reading', () => {
  test('finds the line of any offset', () => {
    const text = 'one\n\nthree\n';
    const lines = read(text, (reading) => [...text].map((_, offset) => reading.lineOf(offset)));
    expect(lines).toEqual([1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3]);
    expect(read('', (reading) => [reading.lineOf(0), reading.lines.length])).toEqual([1, 1]);
  });

  test('gives evidence with the line’s text, and the source of its collector', () => {
    const docs = collector({
      source: 'docs',
      collect: (reading, sink) => sink.fact(factOf(reading, 'x', 2)),
    });
    const { facts } = collectRepository(memoryTree({ 'a.txt': 'a\n  image: x  \nb' }), [docs]);
    expect(facts[0]?.evidence).toEqual({ source: 'docs', file: 'a.txt', line: 2, excerpt: 'image: x' });
  });

  test('gives several lines as they are indented, at most six of them', () => {
    const text = Array.from({ length: 10 }, (_, i) => `  line ${i + 1}`).join('\n');
    const evidence = read(text, (reading) => reading.at(2, 9));
    expect(evidence).toMatchObject({ line: 2, endLine: 9 });
    expect(evidence.excerpt?.split('\n')).toEqual([2, 3, 4, 5, 6, 7].map((n) => `  line ${n}`));
  });

  test.each([0, -5, Number.NaN, 99])('line %s of a text of two is the nearest one', (line) => {
    expect([1, 2]).toContain(read('a\nb', (reading) => reading.at(line)).line);
  });

  test('masks secrets in excerpts, and cuts long lines without cutting a secret open', () => {
    const secret = 'q7Rz2LkP9vXw4TbN8sYd'.repeat(3);
    const excerptOf = (text: string) => read(text, (reading) => reading.at(1).excerpt ?? '');
    expect(excerptOf(`password: ${secret}`)).toBe('password: …');
    expect(excerptOf(`x: ${'a '.repeat(490)}password=${secret}`)).not.toContain('q7Rz');
    expect(excerptOf(`${'b'.repeat(990)}${secret}`)).toBe('…');
    expect(excerptOf('c '.repeat(400)).length).toBe(200);
  });
});

describe('collecting', () => {
  test('what a collector throws is one line that repeats nothing of the file, and the others go on', () => {
    const broken = collector({
      id: 'broken',
      collect(reading, sink) {
        sink.fact(factOf(reading, 'found-before'));
        JSON.parse(reading.text);
      },
    });
    const deep = collector({
      id: 'deep',
      collect: function again(...all) {
        again(...all);
      },
    });
    const fine = collector({ id: 'fine', collect: (reading, sink) => sink.fact(factOf(reading, 'found')) });
    const tree = memoryTree({ 'a.txt': 'password hunter2' });
    const { facts, unread, operations } = collectRepository(tree, [broken, deep, fine]);
    expect(facts.map(({ name }) => name)).toEqual(['found-before', 'found']);
    expect(unread.map(({ file, why, asked }) => [file, why.en, asked])).toEqual([
      ['a.txt', 'Words: could not be read (SyntaxError)', true],
      ['a.txt', 'Words: could not be read (RangeError)', true],
    ]);
    expect(operations.map(({ id, files, failed }) => [id, files, failed])).toEqual([
      ['broken', 1, 1],
      ['deep', 1, 1],
      ['fine', 1, 0],
    ]);
  });

  test('names that are empty or over 512 characters are dropped', () => {
    const one = collector({
      collect(reading, sink) {
        for (const name of ['', '  ', 'x'.repeat(513), 'x'.repeat(512)]) sink.fact(factOf(reading, name));
      },
    });
    const { facts } = collectRepository(memoryTree({ 'a.txt': '' }), [one]);
    expect(facts.map(({ name }) => name.length)).toEqual([512]);
  });

  test('a file is read once for all its collectors, and not at all when none wants it', () => {
    const reads: string[] = [];
    const tree = memoryTree({ 'a.txt': '1', 'b.bin': '2', 'C.TXT': '3' });
    const read = (path: string) => {
      reads.push(path);
      return tree.read(path);
    };
    const counted = { ...tree, read };
    collectRepository(counted, [collector({}), collector({ id: 'again' })]);
    expect(reads).toEqual(['C.TXT', 'a.txt']);
  });

  test('progress ends with all files', () => {
    const steps: [number, number][] = [];
    const files = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.txt`, '']));
    collectRepository(memoryTree(files), [collector({})], (done, total) => steps.push([done, total]));
    expect(steps).toEqual([
      [0, 250],
      [100, 250],
      [200, 250],
      [250, 250],
    ]);
  });

  test('binary files are named, many of one ending together', () => {
    const images = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`img/${i}.png`, '']));
    const few = collectRepository(memoryTree({ 'a.png': '' }), []);
    const many = collectRepository(memoryTree({ ...images, 'a.zip': '', 'vendor/x.go': '' }), []);
    expect(few.unread).toEqual([
      { file: 'a.png', why: { fr: 'fichier binaire', en: 'binary file' }, asked: false },
    ]);
    expect(many.unread.map(({ file, why }) => `${file}: ${why.en}`)).toEqual([
      '*.png: 120 binary files',
      'a.zip: binary file',
      '.: 1 generated or third-party file not searched for secrets',
    ]);
  });
});
