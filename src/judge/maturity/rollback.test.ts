import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import type { Migration } from '#model/operations.ts';
import {
  call,
  document,
  estate,
  run,
  trigger,
  workflow,
  wranglerConfig,
  wranglerEnvironment,
} from '../test-estate.ts';
import { answerOf, faultsOf, script, viewOf } from './derived/test-answers.ts';
import { rollback } from './rollback.ts';

const DEPLOY = script('deploy.sh', 'shell', ['7 deploys wrangler deploy']);
const ask = (id: string, artifacts: Partial<Artifacts>, files: string[] = []) =>
  answerOf(
    rollback,
    id,
    viewOf(estate({ artifacts: { scriptTraits: [DEPLOY], ...artifacts }, files: new Set(files) })),
  );
const told = (id: string, artifacts: Partial<Artifacts>, files?: string[]) => ask(id, artifacts, files).told;
const page = (file: string, ...topics: ('rollback' | 'restore' | 'deployment')[]) =>
  document(file, { topics: topics.map((topic, index) => ({ topic, line: index + 3 })) });

test('its texts and ids', () => {
  expect(faultsOf(rollback)).toEqual([]);
});

test('a procedure in a document, in a script, of one change only, or nowhere', () => {
  const id = 'rollback-procedure-written';
  expect(told(id, { documents: [page('docs/deploy.md', 'rollback')] })).toBe('yes docs/deploy.md:3');
  expect(told(id, { documents: [page('docs/kms-migration.md', 'rollback')] })).toBe(
    'partial docs/kms-migration.md:3',
  );
  expect(
    told(id, { scriptTraits: [DEPLOY, script('ops/rollback.py', 'python', ['4 deploys wrangler deploy'])] }),
  ).toBe('partial ops/rollback.py:1');
  const none = ask(id, {});
  expect(none.told).toBe('no deploy.sh:7');
  expect(none.note.en).toBe(
    'No document, script or workflow of this repository tells how to go back to the previous version.',
  );
  expect(told(id, { documents: [{ ...page('docs/deploy.md', 'rollback'), report: true }] })).toBe(
    'no deploy.sh:7',
  );
  expect(told(id, { scriptTraits: [] }, ['src/a.ts'])).toBe('unknown');
  // a library plans a change of its code
  const plan = { scriptTraits: [], documents: [page('packages/lint/improvements.md', 'rollback')] };
  expect(told(id, plan, ['src/a.ts'])).toBe('unknown');
  // an image that end-to-end tests are run in is put nowhere
  expect(told(id, plan, ['src/a.ts', 'e2e/basic/Dockerfile'])).toBe('unknown');
});

test('a command: a script, a workflow that takes a version, or what is only told', () => {
  const id = 'rollback-one-command';
  const takes = workflow({
    file: '.github/workflows/ship.yml',
    triggers: [trigger('workflow_dispatch')],
    runs: [run({ inputs: { version: 'v1' }, calls: [call('kubectl apply')] })],
  });
  expect(told(id, { workflows: [takes] })).toBe('yes .github/workflows/ship.yml:3');
  expect(
    told(id, {
      scriptTraits: [DEPLOY, script('package.json', 'recipes', ['4 rolls-back wrangler rollback'], 'undo')],
    }),
  ).toBe('yes package.json:4');
  expect(told(id, { documents: [page('docs/deploy.md', 'rollback')] })).toBe('partial docs/deploy.md:3');
  expect(told(id, {})).toBe('no deploy.sh:7');
  // what takes the database back is another thing
  expect(
    told(id, {
      scriptTraits: [DEPLOY, script('Makefile', 'recipes', ['4 rolls-back alembic downgrade'], 'down')],
    }),
  ).toBe('no deploy.sh:7');
});

test('versions that are kept, moved, or nobody knows of', () => {
  const id = 'previous-versions-kept';
  const moved = {
    evidence: [{ source: 'repo' as const, file: '.github/workflows/a.yml', line: 9 }],
    rule: 'image-tag-mutable',
    title: { fr: 'x', en: 'x' },
  };
  expect(answerOf(rollback, id, viewOf(estate(), { 'image-tag-mutable': [moved] })).told).toBe(
    'no .github/workflows/a.yml:9',
  );
  const pushes = workflow({
    runs: [
      run({ calls: [call('docker push', { arguments: { words: ['registry.example/quay/api:1.2'] } })] }),
    ],
  });
  expect(told(id, { workflows: [pushes] })).toBe('yes .github/workflows/deploy.yml:20');
  const pushed = (...tags: string[]) =>
    ask(id, {
      workflows: [
        workflow({
          runs: [
            run({
              calls: tags.map((tag) =>
                call('docker push', { arguments: { words: [`quay.example/api:${tag}`] } }),
              ),
            }),
          ],
        }),
      ],
    });
  // the next version takes these over
  expect(pushed('⟨github.head_ref⟩', '⟨inputs.environment⟩', '⟨inputs.environment⟩-latest').told).toBe(
    'unknown',
  );
  expect(pushed('latest', '⟨inputs.environment⟩', '⟨inputs.environment⟩-⟨git rev-parse HEAD⟩').note.en).toBe(
    'Each version keeps its tag: `api:⟨inputs.environment⟩-⟨git rev-parse HEAD⟩`.',
  );
  expect(told(id, { wranglerConfigs: [wranglerConfig()] })).toBe('yes wrangler.toml:1');
  expect(told(id, { scriptTraits: [] })).toBe('unknown');
});

test('migrations that lead back, some, none, and a schema alone', () => {
  const id = 'migrations-reversible';
  const migration = (
    file: string,
    isReversible: Migration['isReversible'],
    destroys: Migration['destroys'] = [],
  ) => ({ file, isReversible, destroys });
  expect(told(id, { migrations: [migration('m/1.sql', 'yes')] })).toBe('yes m/1.sql:1');
  expect(told(id, { migrations: [migration('m/1.sql', 'yes'), migration('m/2.sql', 'no')] })).toBe(
    'partial m/2.sql:1',
  );
  expect(ask(id, { migrations: [migration('m/1.sql', 'no')] }).note.en).toContain(
    'none drops a table or a column',
  );
  const lossy = ask(id, { migrations: [migration('m/1.sql', 'no', [{ what: 'DROP TABLE a', line: 4 }])] });
  expect(lossy.told).toBe('no m/1.sql:4');
  expect(told(id, { migrations: [migration('m/1.xml', 'unknown')] })).toBe('unknown');
  const bound = wranglerConfig({
    environments: [wranglerEnvironment({ bindings: [{ type: 'd1', name: 'DB', line: 5 }] })],
  });
  expect(told(id, { wranglerConfigs: [bound] }, ['api/schema.sql'])).toBe('no api/schema.sql:1');
  expect(told(id, {}, ['api/schema.sql'])).toBe('unknown');
});

test('what a procedure says of data', () => {
  const id = 'rollback-tells-of-data';
  expect(told(id, { documents: [page('docs/deploy.md', 'rollback', 'restore')] })).toBe(
    'yes docs/deploy.md:3',
  );
  expect(told(id, { documents: [page('docs/deploy.md', 'rollback')] })).toBe('partial docs/deploy.md:3');
  expect(told(id, {})).toBe('unknown');
});

test('what only a person knows is unknown, and says how to answer', () => {
  for (const id of ['rollback-under-five-minutes', 'rollback-tried']) {
    expect(told(id, {})).toBe('unknown');
    expect(ask(id, {}).note.fr).toContain('`constat.yaml`');
  }
  const drill = document('docs/drills.md', {
    headings: [{ depth: 2, text: 'Rollback drill of 2026-03-02', line: 8 }],
  });
  expect(told('rollback-tried', { documents: [drill] })).toBe('yes docs/drills.md:8');
});

test('a tool that keeps the releases before has its own way back', () => {
  const files = ['Capfile', 'config/deploy.rb'];
  expect(told('rollback-one-command', {}, files)).toBe('yes Capfile:1');
  expect(told('rollback-procedure-written', {}, files)).toBe('partial Capfile:1');
  expect(told('rollback-one-command', {}, ['config/deploy.yml', 'bin/kamal'])).toBe(
    'yes config/deploy.yml:1',
  );
  expect(told('rollback-one-command', {}, ['config/deploy.yml'])).toBe('no deploy.sh:7');
});

test('a workflow that makes a release takes the number of the new one', () => {
  const release = workflow({
    file: '.github/workflows/release.yml',
    name: 'Release',
    triggers: [trigger('workflow_dispatch')],
    runs: [run({ inputs: { version: 'v1' }, calls: [] })],
  });
  expect(told('rollback-one-command', { workflows: [release] })).toBe('no deploy.sh:7');
});
