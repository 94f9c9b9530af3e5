import { expect, test } from 'vitest';
import type { Artifacts, Document } from '#model/artifacts.ts';
import { document, estate } from '../test-estate.ts';
import { organisation } from './organisation.ts';
import { answersOf, found, noteOf } from './test-answers.ts';

const guide = (file: string, parts: Partial<Document> = {}) =>
  document(file, { topics: [{ topic: 'deployment', line: 1 }], ...parts });
const uses = (from: string, script: string, line = 4) => ({ from, script, line });

const LAYERS = [
  '02.Directives/lock/deploy_lock.md',
  '02.Directives/lock/users.md',
  '02.Directives/cloud/deploy_workers.md',
  '04.Execution/lock/deploy.sh',
  '04.Execution/lock/reset_db.py',
  '04.Execution/lock/manage_access.py',
  '04.Execution/lock/api/index.js',
  '04.Execution/lock/docs/AUDIT_1.md',
  '04.Execution/cloud/deploy_workers.py',
];
const layered = (artifacts: Partial<Artifacts> = {}) =>
  estate({
    files: new Set(LAYERS),
    artifacts: {
      documents: [
        guide('02.Directives/lock/deploy_lock.md'),
        guide('02.Directives/cloud/deploy_workers.md'),
        document('04.Execution/lock/docs/AUDIT_1.md', { report: true }),
      ],
      scriptReferences: [
        uses('02.Directives/lock/deploy_lock.md', '04.Execution/cloud/deploy_workers.py'),
        uses('02.Directives/cloud/deploy_workers.md', '04.Execution/cloud/deploy_workers.py', 6),
        uses('04.Execution/lock/reset_db.py', '04.Execution/cloud/deploy_workers.py', 9),
      ],
      ...artifacts,
    },
  });

test('numbered layers: what one project takes from another, and where its things stand', () => {
  expect(answersOf(organisation, layered())).toMatchObject({
    'directives-in-one-place':
      'no 02.Directives/cloud/deploy_workers.md:6 02.Directives/lock/deploy_lock.md:4',
    'scripts-within-project': 'no 02.Directives/lock/deploy_lock.md:4 04.Execution/lock/reset_db.py:9',
    'documents-in-their-place': 'partial 04.Execution/lock/docs/AUDIT_1.md:1',
    'scripts-in-their-folder':
      'no 04.Execution/lock/deploy.sh:1 04.Execution/lock/manage_access.py:1 04.Execution/lock/reset_db.py:1',
    'mapping-current': 'unknown',
    'scripts-once': 'yes',
  });
  expect(noteOf(organisation, 'scripts-within-project', layered())).toBe(
    '`lock` uses `04.Execution/cloud/deploy_workers.py`, of `cloud` (`02.Directives/lock/deploy_lock.md`, `04.Execution/lock/reset_db.py`).',
  );
});

test('directives that lead to each other are found from either place', () => {
  const linked = layered({
    documents: [
      guide('02.Directives/lock/deploy_lock.md', {
        paths: [{ path: '02.Directives/cloud/deploy_workers.md', line: 2, exists: true, kind: 'link' }],
      }),
      guide('02.Directives/cloud/deploy_workers.md'),
    ],
  });
  expect(answersOf(organisation, linked)['directives-in-one-place']).toBe('yes');
});

const monorepo = (artifacts: Partial<Artifacts>, more: string[] = []) =>
  estate({
    files: new Set([
      'apps/web/package.json',
      'apps/api/package.json',
      'apps/api/scripts/seed.sh',
      'apps/web/scripts/build.sh',
      'scripts/deploy.sh',
      'docs/deploy.md',
      ...more,
    ]),
    artifacts: { documents: [guide('docs/deploy.md'), guide('README.md')], ...artifacts },
  });
const within = (artifacts: Partial<Artifacts>, more?: string[]) =>
  answersOf(organisation, monorepo(artifacts, more))['scripts-within-project'];

test('shared scripts, pages of the whole, and a declared dependency are no other project’s', () => {
  expect(within({ scriptReferences: [uses('apps/web/README.md', 'apps/api/scripts/seed.sh')] })).toBe(
    'no apps/web/README.md:4',
  );
  expect(within({ scriptReferences: [uses('apps/web/README.md', 'scripts/deploy.sh')] })).toBe('yes');
  expect(within({ scriptReferences: [uses('docs/deploy.md', 'apps/api/scripts/seed.sh')] })).toBe('yes');
  expect(within({ scriptReferences: [uses('.github/workflows/a.yml', 'apps/api/scripts/seed.sh')] })).toBe(
    'yes',
  );
  expect(within({ scriptReferences: [uses('apps/api/package.json', 'apps/api/scripts/seed.sh')] })).toBe(
    'yes',
  );
  const declared = {
    file: 'apps/web/package.json',
    ecosystem: 'npm' as const,
    packages: [{ name: '@shop/api', line: 8, development: false }],
  };
  expect(
    within({
      scriptReferences: [uses('apps/web/README.md', 'apps/api/scripts/seed.sh')],
      manifests: [declared],
    }),
  ).toBe('yes');
  expect(within({})).toBe('unknown');
});

test('numbered parts that share no names are parts, not layers', () => {
  const parts = estate({
    files: new Set(['03_Design/src/a.md', '04_Backend/src/app.py', '05_Frontend/src/main.ts']),
    artifacts: { scriptReferences: [] },
  });
  expect(answersOf(organisation, parts)['scripts-within-project']).toBe('unknown');
});

test('two guides of one name for one project are told, translations, versions and parts of the product are not', () => {
  const split = (first: string, second: string) =>
    answersOf(
      organisation,
      estate({ files: new Set([first, second]), artifacts: { documents: [guide(first), guide(second)] } }),
    )['directives-in-one-place'];
  expect(split('DEPLOYMENT.md', 'docs/deployment.md')).toBe('no DEPLOYMENT.md:1 docs/deployment.md:1');
  expect(split('docs/ROLLBACK_GUIDE.md', 'docs/deploy/rollback-guide.md')).toMatch(/^no/);
  expect(split('docs/fr/deployment.md', 'docs/en/deployment.md')).toBe('yes');
  expect(split('docs/v1/deployment.md', 'docs/v2/deployment.md')).toBe('yes');
  expect(split('docs/README.md', 'README.md')).toBe('yes');
  expect(split('docs/api/model_deployment_service.md', 'docs/impl/model_deployment_service.md')).toBe('yes');
});

test('reports beside code are misplaced where a folder of documents is there; a folder of pages alone is a place', () => {
  const placed = (file: string, more: string[] = ['docs/a.md']) =>
    answersOf(
      organisation,
      estate({
        files: new Set([file, ...more, 'infra/main.tf']),
        artifacts: { documents: [document(file, { report: true })] },
      }),
    )['documents-in-their-place'];
  expect(placed('AUDIT.md')).toBe('partial AUDIT.md:1');
  expect(placed('infra/STATUS.md')).toBe('partial infra/STATUS.md:1');
  expect(placed('docs/audits/AUDIT.md')).toBe('yes');
  expect(placed('notes-of-2026/AUDIT.md')).toBe('yes');
  expect(placed('apps/web/docs/AUDIT.md')).toBe('yes');
  expect(placed('infra/README.md')).toBe('yes');
  expect(placed('AUDIT.md', [])).toBe('unknown');
});

test('scripts at a root: entry points belong there, one beside a folder of scripts does not', () => {
  const rooted = (...files: string[]) =>
    answersOf(organisation, estate({ files: new Set([...files, 'src/a.ts']) }))['scripts-in-their-folder'];
  expect(rooted('entrypoint.sh', 'install.sh', 'run.sh', 'gradlew.sh')).toBe('unknown');
  expect(rooted('deploy.sh', 'backup.sh')).toBe('unknown');
  expect(rooted('deploy.sh', 'backup.sh', 'reset_db.py')).toBe('no backup.sh:1 deploy.sh:1 reset_db.py:1');
  expect(rooted('deploy.sh', 'scripts/a.sh')).toBe('partial deploy.sh:1');
});

test('a mapping that names what is gone, and one that leaves scripts out', () => {
  const entry = (path: string, exists: boolean, line = 3) => ({ path, line, exists });
  const mapped = (entries: ReturnType<typeof entry>[], files: string[]) =>
    answersOf(
      organisation,
      estate({ files: new Set(files), artifacts: { mappings: [{ file: 'map/script-map.md', entries }] } }),
    )['mapping-current'];
  const own = ['scripts/deploy.sh', 'scripts/backup.sh'];
  const known = own.map((path) => entry(path, true));
  expect(mapped(known, own)).toBe('yes map/script-map.md:3');
  expect(mapped([...known, entry('gone.sh', false, 8)], own)).toBe('no map/script-map.md:8');
  expect(mapped(known, [...own, 'scripts/restore.sh'])).toBe('partial map/script-map.md:1');
});

test('copies, broken paths and the map of the repository', () => {
  const files = new Set(['README.md', 'api/a.ts', 'web/a.ts', 'ops/deploy.sh', 'infra/deploy.sh']);
  const page = (paths: Document['paths']) => document('README.md', { paths });
  const path = (name: string, exists = true) => ({ path: name, line: 5, exists, kind: 'code' as const });
  const told = (documents: Document[], findings: ReturnType<typeof found>[] = []) =>
    answersOf(
      organisation,
      estate({
        files,
        artifacts: {
          documents,
          scriptReferences: [uses('README.md', 'ops/deploy.sh')],
          scriptCopies: [{ files: ['infra/deploy.sh', 'ops/deploy.sh'] }],
        },
      }),
      findings,
    );
  const all = told([page(['api', 'web/a.ts', 'ops'].map((one) => path(one)))]);
  expect(all['scripts-once']).toBe('partial infra/deploy.sh:1 ops/deploy.sh:1');
  expect(all['repository-mapped']).toBe('yes README.md:1');
  expect(all['document-paths-lead']).toBe('yes');
  const broken = told([page([path('api')])], [found('doc-path-missing', 'README.md', 5)]);
  expect(broken['document-paths-lead']).toBe('no README.md:5');
  expect(broken['repository-mapped']).toBe('no README.md:1');
});
