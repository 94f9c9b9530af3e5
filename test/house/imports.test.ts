import { describe, expect, test } from 'vitest';
import { type Import, type Source, sources } from './sources.ts';

interface Row {
  /** A folder, or the one file. */
  from: string;
  may: string[];
  /** Packages that only some files of it may use. */
  because: string;
}

/** The import table of ARCHITECTURE.md. A folder may always import from itself. */
const TABLE: readonly Row[] = [
  { from: 'src/lib', may: [], because: 'it is used everywhere, so it knows nothing' },
  { from: 'src/model', may: [], because: 'the vocabulary depends on no stage' },
  ...['src/collect', 'src/reconcile', 'src/judge', 'src/plan', 'src/store'].map((from) => ({
    from,
    may: ['src/model', 'src/lib'],
    because: 'a stage knows what it is given and what it gives, not the other stages',
  })),
  {
    from: 'src/act',
    may: ['src/model', 'src/lib', 'src/collect/readers/aws'],
    because: 'the hand takes the plan from a report, and opens an account as a reader does',
  },
  {
    from: 'src/report',
    may: ['src/model', 'src/lib', 'web'],
    because: 'a format is made from the report alone',
  },
  {
    from: 'src/audit.ts',
    may: [
      'src/audit-options.ts',
      'src/estate.ts',
      'src/judged.ts',
      'src/planned.ts',
      'src/model',
      'src/lib',
      'src/collect',
      'src/judge',
      'src/plan',
      'src/store',
    ],
    because: 'the pipeline alone knows every stage, and no format',
  },
  {
    from: 'src/judged.ts',
    may: ['src/audit-options.ts', 'src/model', 'src/lib', 'src/collect', 'src/judge', 'src/store'],
    because: 'what is found gets the ids that are kept',
  },
  {
    from: 'src/audit-options.ts',
    may: ['src/model', 'src/lib', 'src/collect', 'src/store'],
    because: 'what an audit is asked for',
  },
  {
    from: 'src/estate.ts',
    may: ['src/paths.ts', 'src/model', 'src/lib', 'src/collect', 'src/reconcile'],
    because: 'what was read becomes the estate that is judged',
  },
  {
    from: 'src/paths.ts',
    may: ['src/model', 'src/lib', 'src/collect', 'src/reconcile'],
    because: 'what is read hangs on what was reconciled: a path is asked for more',
  },
  {
    from: 'src/planned.ts',
    may: ['src/model', 'src/lib', 'src/collect', 'src/plan'],
    because: 'what a plan changes is read once it is known',
  },
  {
    from: 'src/cli',
    may: [
      'src/audit.ts',
      'src/audit-options.ts',
      'src/version.ts',
      'src/model',
      'src/lib',
      'src/store',
      'src/report',
      'src/collect',
      'src/judge',
      'src/act',
      'web',
    ],
    because: 'a command parses, calls and prints; `rehearse` and `rules` show one stage alone',
  },
  {
    from: 'web',
    may: ['src/model/report.ts', 'src/model/text.ts', 'src/model/component.ts'],
    because: 'the report app is fed by the JSON report only, and runs in a browser',
  },
];

const all = sources(['src', 'web']);
const within = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);
const of = (folder: string) => all.filter(({ file }) => within(file, folder));

/** `file: name` of the imports of these files that are not as they should be. */
const offenders = (files: readonly Source[], wrong: (one: Import, source: Source) => boolean) =>
  files.flatMap((source) =>
    source.imports.filter((one) => wrong(one, source)).map(({ name }) => `${source.file}: ${name}`),
  );

test('every source stands in a row of the table', () => {
  const rows = [...TABLE.map(({ from }) => from), 'src/version.ts'];
  expect(all.map(({ file }) => file).filter((file) => !rows.some((row) => within(file, row)))).toEqual([]);
});

test.each(TABLE)('$from imports only what it may: $because', ({ from, may }) => {
  const files = of(from);
  expect(files).not.toEqual([]);
  expect(
    offenders(
      files,
      ({ file }) => file !== undefined && ![from, ...may].some((allowed) => within(file, allowed)),
    ),
  ).toEqual([]);
});

test('the model uses no package but zod, and that only where a schema is published', () => {
  expect(
    offenders(
      of('src/model'),
      ({ name, file }, source) =>
        file === undefined && !(name === 'zod' && /\/(report|config|target)\.ts$/.test(source.file)),
    ),
  ).toEqual([]);
});

test('web/ uses nothing of Node.js, and nothing of the model at run time but texts and component names', () => {
  expect(
    offenders(
      of('web'),
      ({ name, file, typeOnly }) =>
        name.startsWith('node:') ||
        (!typeOnly && file?.startsWith('src/') === true && !/\/(text|component)\.ts$/.test(file)),
    ),
  ).toEqual([]);
});

describe('the doors to the outside', () => {
  const FILES = ['node:fs', 'node:fs/promises'];
  const SOCKETS = [
    'node:net',
    'node:http',
    'node:https',
    'node:http2',
    'node:tls',
    'node:dgram',
    'node:dns',
    'undici',
  ];
  const PROGRAMS = ['node:child_process', 'node:cluster', 'node:worker_threads', 'node:vm', 'node:wasi'];
  const plain = (name: string) => (name.startsWith('node:') || name === 'undici' ? name : `node:${name}`);

  test('only readers, the store, the command line and the journal of a run open files', () => {
    const may = ['src/collect/readers', 'src/store', 'src/cli', 'src/act/journal'];
    expect(
      offenders(
        all,
        ({ name }, { file }) => FILES.includes(plain(name)) && !may.some((folder) => within(file, folder)),
      ),
    ).toEqual([]);
  });

  test('only readers open sockets', () => {
    expect(
      offenders(
        all,
        ({ name }, { file }) => SOCKETS.includes(plain(name)) && !within(file, 'src/collect/readers'),
      ),
    ).toEqual([]);
    const calls = all.filter(
      ({ file, text }) => !within(file, 'src/collect/readers') && /\bfetch\(/.test(text),
    );
    expect(calls.map(({ file }) => file)).toEqual([]);
  });

  test('one file starts programs, that of the door to hosts; nothing starts a thread or another engine', () => {
    const door = 'src/collect/readers/host/child.ts';
    const starts = offenders(
      all,
      ({ name, typeOnly }, { file }) =>
        !typeOnly &&
        PROGRAMS.includes(plain(name)) &&
        !(file === door && plain(name) === 'node:child_process'),
    );
    expect(starts).toEqual([]);
    // And what it starts, it starts through no shell.
    const { text = '' } = all.find(({ file }) => file === door) ?? {};
    expect(text).toContain('shell: false');
    expect(text).not.toMatch(/\b(?:exec|execSync|execFileSync|fork|spawnSync)\(/);
  });

  test('only that folder has it started', () => {
    const may = 'src/collect/readers/host';
    expect(
      offenders(
        all,
        ({ file }, source) => file === 'src/collect/readers/host/child.ts' && !within(source.file, may),
      ),
    ).toEqual([]);
  });
});
