import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SubjectName } from '#model/rule.ts';
import { exportName } from './generate-rules.ts';

/** Where rules on a subject live, and how `test-estate.ts` builds an estate with one such subject. */
export const SUBJECTS: Record<SubjectName, { theme: string; builders: string[]; parts: string }> = {
  estate: { theme: 'systems', builders: [], parts: '' },
  system: { theme: 'systems', builders: [], parts: '' },
  resource: {
    theme: 'systems',
    builders: ['fact', 'resource'],
    parts: "{ resources: [resource('AWS::ECS::Service', 'api', [fact('repo')])] }",
  },
  path: { theme: 'path', builders: ['path'], parts: '{ paths: [path([])] }' },
  workflow: {
    theme: 'workflows',
    builders: ['workflow'],
    parts: '{ artifacts: { workflows: [workflow()] } }',
  },
  strayWorkflow: { theme: 'workflows', builders: [], parts: '' },
  dockerfile: {
    theme: 'containers',
    builders: ['dockerfile', 'stage'],
    parts: "{ artifacts: { dockerfiles: [dockerfile([stage('alpine:3.22')])] } }",
  },
  composeFile: {
    theme: 'containers',
    builders: ['composeFile', 'service'],
    parts: "{ artifacts: { composeFiles: [composeFile([service('web')])] } }",
  },
  document: {
    theme: 'documents',
    builders: ['document'],
    parts: "{ artifacts: { documents: [document('docs/run.md')] } }",
  },
  environmentFile: { theme: 'files', builders: [], parts: '' },
  secret: { theme: 'files', builders: [], parts: '' },
  trackedIgnored: { theme: 'files', builders: [], parts: '' },
  terraformState: { theme: 'files', builders: [], parts: '' },
  wranglerConfig: {
    theme: 'workers',
    builders: ['wranglerConfig'],
    parts: '{ artifacts: { wranglerConfigs: [wranglerConfig()] } }',
  },
  host: { theme: 'hosts', builders: ['hostState'], parts: '{ hosts: [hostState()] }' },
  proxy: {
    theme: 'hosts',
    builders: ['proxyConfig'],
    parts: '{ artifacts: { proxies: [proxyConfig()] } }',
  },
  unitFile: { theme: 'hosts', builders: ['unitFile'], parts: '{ artifacts: { unitFiles: [unitFile()] } }' },
  program: { theme: 'programs', builders: ['program'], parts: '{ artifacts: { programs: [program()] } }' },
  whatIf: { theme: 'hosts', builders: ['whatIf'], parts: '{ whatIfs: [whatIf()] }' },
  worker: { theme: 'workers', builders: ['worker'], parts: '{ artifacts: { workers: [worker()] } }' },
};

/** Those of `test-host.ts`. */
const HOST_BUILDERS = new Set(['hostState', 'proxyConfig', 'unitFile', 'program', 'whatIf']);

const isSubject = (name: string): name is SubjectName => Object.hasOwn(SUBJECTS, name);

/** The two files of a new rule, by path: they compile, and the test fails with what is to be written. */
export function newRule(id: string, subject: SubjectName): Map<string, string> {
  const { theme, builders, parts } = SUBJECTS[subject];
  const name = exportName(id);
  const folder = `src/judge/rules/${theme}`;
  const rule = `import { defineRule, ok } from '#model/rule.ts';

/** One sentence: what can happen to those who leave it so. */
export const ${name} = defineRule({
  id: '${id}',
  severity: 'medium',
  subject: '${subject}',
  title: { fr: 'La faute, sans sujet', en: 'The fault, without a subject' },
  risk: { fr: 'Ce qui peut arriver.', en: 'What can happen.' },
  remedy: { fr: 'Corriger ceci.', en: 'Correct this.' },
  references: ['https://example.com/where-the-fault-is-described'],
  evaluate() {
    return ok;
  },
});
`;
  const ofHosts = builders.filter((one) => HOST_BUILDERS.has(one));
  const imported = [...builders.filter((one) => !HOST_BUILDERS.has(one)), 'estate', 'findings']
    .sort()
    .join(', ');
  const hostImport =
    ofHosts.length > 0 ? `import { ${ofHosts.join(', ')} } from '../../test-host.ts';\n` : '';
  const test = `import { expect, test } from 'vitest';
import { ${imported} } from '../../test-estate.ts';
${hostImport}import { ${name} } from './${id}.ts';

test('the fault as it stands in a real repository is a finding that cites its line', () => {
  const [finding] = findings(${name}, estate(${parts}));
  expect(finding, 'give the estate the fault, then write the rule').toMatchObject({ severity: 'medium' });
});

test('what looks like the fault and is sound gives no finding', () => {
  expect.fail('write the sound case that is nearest to the fault');
});
`;
  return new Map([
    [`${folder}/${id}.ts`, rule],
    [`${folder}/${id}.test.ts`, test],
  ]);
}

const USAGE = `usage: npm run new rule <id> [subject]
  <id>       kebab-case, names the fault: queue-without-dead-letters
  [subject]  ${Object.keys(SUBJECTS).join(', ')}; default: workflow`;

/** Gives the exit code. */
function main(root: string, [what, id, subject = 'workflow']: readonly string[]): number {
  if (what !== 'rule' || id === undefined || !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id) || !isSubject(subject)) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const [there] = globSync(`src/judge/rules/*/${id}.ts`, { cwd: root });
  if (there !== undefined) {
    process.stderr.write(`${there} exists\n`);
    return 2;
  }
  for (const [file, text] of newRule(id, subject)) {
    const target = path.join(root, file);
    if (!existsSync(path.dirname(target))) mkdirSync(path.dirname(target));
    writeFileSync(target, text);
    process.stdout.write(`wrote ${file}\n`);
    spawnSync(path.join(root, 'node_modules/.bin/biome'), ['format', '--write', target]);
  }
  process.stdout.write('Write the two tests, then the rule, then run: npm run generate\n');
  return 0;
}

if (import.meta.main) process.exitCode = main(path.dirname(import.meta.dirname), process.argv.slice(2));
