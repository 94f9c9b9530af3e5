import { describe, expect, test } from 'vitest';
import { type Artifacts, noArtifacts } from '#model/artifacts.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import { finish } from '#plan/finish.ts';
import { ignoreLine } from '#plan/git.ts';
import { draftsOf } from '#plan/plan.ts';
import { repository } from './repository.ts';

const at = (file: string, line = 1): Evidence => ({ source: 'repo', file, line });
const finding = (rule: string, evidence: Evidence[]): Finding => ({
  gap: 'GAP-0001',
  rule,
  fingerprint: rule,
  severity: 'high',
  confidence: 'high',
  priority: 'P1',
  title: { fr: '', en: '' },
  message: { fr: '', en: '' },
  remedy: { fr: '', en: '' },
  systems: [],
  environments: [],
  resources: [],
  evidence,
  steps: [],
});
const planOf = (found: Finding, artifacts: Partial<Artifacts>) =>
  finish(
    draftsOf({ findings: [found], paths: [], resources: [], artifacts: { ...noArtifacts(), ...artifacts } }),
    new Map(),
  );

const variable = { name: 'DB_PASSWORD', line: 1, secret: true, class: 'strong' } as const;

describe('what is to be out of the repository', () => {
  test.each(['.env', 'deploy/my prod.env', '-n.env', "it's.env", 'a*[b].env'])(
    'the command takes %j out, the proof passes, the rollback brings it back',
    (file) => {
      const { sh, tracked } = repository({ [file]: 'DB_PASSWORD=x\n', 'axb.env': '', 'README.md': '' });
      const { steps, proofs } = planOf(finding('environment-file-committed', [at(file)]), {
        environmentFiles: [{ file, example: false, tracked: true, variables: [variable] }],
      });
      const step = steps.find(({ state }) => state === 'ready');
      const proof = proofs.find(({ id }) => step?.proofs.includes(id));
      const before = tracked();
      expect(sh(proof?.command ?? 'exit 1')).not.toBe('');
      sh(step?.command ?? 'exit 1');
      expect(tracked()).toEqual(before.filter((name) => name !== file));
      expect(sh(proof?.command ?? 'exit 1')).toBe('');
      // it does not come back with the next `git add`
      sh('git add --all');
      expect(tracked()).toEqual([...before.filter((name) => name !== file), '.gitignore'].sort());
      sh(step?.rollback?.command ?? 'exit 1');
      expect(tracked()).toContain(file);
    },
  );

  test('what the file showed is to be replaced, by name, and that is a person’s', () => {
    const { steps } = planOf(finding('environment-file-committed', [at('.env')]), {
      environmentFiles: [{ file: '.env', example: false, tracked: true, variables: [variable] }],
    });
    expect(steps.map(({ state, command }) => [state, command])).toEqual([
      ['needs-input', ''],
      ['ready', "git rm --cached -- .env\nprintf '%s\\n' /.env >> .gitignore"],
    ]);
    expect(steps[0]?.needs?.[0]?.en).toContain('`DB_PASSWORD`');
  });

  test('a pattern that ignores files that are tracked: all of them, of that pattern alone', () => {
    const by = (line: number, pattern: string) => ({ file: '.gitignore', line, pattern });
    const logs = Array.from({ length: 8 }, (_, index) => `log/${index}.log`);
    const { steps } = planOf(
      finding('tracked-although-ignored', [at('.gitignore', 2), ...logs.slice(0, 5).map((file) => at(file))]),
      {
        trackedIgnored: [
          { file: 'a.tmp', ignoredBy: by(1, '*.tmp') },
          ...logs.map((file) => ({ file, ignoredBy: by(2, '*.log') })),
        ],
      },
    );
    expect(steps.map(({ command }) => command)).toEqual([`git rm --cached -- ${logs.join(' ')}`]);
  });

  test('a retired compose file is removed, and the rollback brings it back as it was', () => {
    const { sh, tracked } = repository({ 'compose.yml.bak': 'services: {}\n', 'README.md': '' });
    const { steps } = planOf(finding('obsolete-compose-kept', [at('compose.yml.bak')]), {});
    sh(steps[0]?.command ?? 'exit 1');
    expect(tracked()).toEqual(['README.md']);
    sh(steps[0]?.rollback?.command ?? 'exit 1');
    expect(sh('cat compose.yml.bak && git status --short')).toBe('services: {}\n');
  });
});

test('a line of .gitignore ignores its own path alone', () => {
  expect(ignoreLine('a/#b! [c]*.env')).toBe('/a/\\#b\\! \\[c\\]\\*.env');
});

describe('what a person has to find', () => {
  const workflow = (uses: string) => ({
    file: '.github/workflows/ci.yml',
    name: 'ci',
    triggers: [],
    runs: [],
    errors: [],
    jobs: [
      {
        id: 'a',
        line: 3,
        needs: [],
        continueOnError: false,
        steps: [
          { line: 5, continueOnError: false, with: {}, environment: {}, uses: { text: uses, line: 5 } },
        ],
      },
    ],
  });
  const pinned = (uses: string) =>
    planOf(finding('action-unpinned', [at('.github/workflows/ci.yml', 5)]), { workflows: [workflow(uses)] })
      .steps;

  test('the commit of an action: the command that tells it, and where it is to be written', () => {
    const [step] = pinned('someone/deploy/sub@v2');
    expect(step).toMatchObject({
      state: 'needs-input',
      command: "git ls-remote https://github.com/someone/deploy refs/tags/v2 'refs/tags/v2^{}' refs/heads/v2",
    });
    expect(step?.needs?.[0]?.fr).toContain('`.github/workflows/ci.yml:5`');
  });

  test('of what is no name of a repository no command is made', () => {
    expect(pinned('someone/deploy@v2;rm -rf ~')).toEqual([]);
    expect(pinned('someone/$(id)@v2')).toEqual([]);
  });
});
