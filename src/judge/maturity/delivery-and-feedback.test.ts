import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import {
  call,
  document,
  estate,
  job,
  run,
  step,
  trigger,
  workflow,
  wranglerConfig,
  wranglerEnvironment,
} from '../test-estate.ts';
import { deliveryAndFeedback } from './delivery-and-feedback.ts';
import { answerOf, faultsOf, script, viewOf } from './derived/test-answers.ts';

const ask = (id: string, artifacts: Partial<Artifacts>, files: string[] = []) =>
  answerOf(deliveryAndFeedback, id, viewOf(estate({ artifacts, files: new Set(files) })));
const told = (id: string, artifacts: Partial<Artifacts>, files?: string[]) => ask(id, artifacts, files).told;

const DEPLOY = script('deploy.sh', 'shell', ['7 deploys wrangler deploy']);
const on = (event: string, text: string, file = '.github/workflows/ci.yml') =>
  workflow({
    file,
    name: 'CI',
    triggers: [trigger(event)],
    jobs: [job({ id: 'build', steps: [step({ run: text })] })],
  });

test('its texts and ids', () => {
  expect(faultsOf(deliveryAndFeedback)).toEqual([]);
});

test('a CI on pull requests, on pushes, of another maker, or none', () => {
  const id = 'ci-on-changes';
  expect(told(id, { workflows: [on('pull_request', 'make')] })).toBe('yes .github/workflows/ci.yml:3');
  const pushed = on('push', 'make');
  expect(told(id, { workflows: [pushed] })).toBe('yes .github/workflows/ci.yml:3');
  const toMain = { ...pushed, triggers: [trigger('push', { branches: ['main'] })] };
  expect(told(id, { workflows: [toMain] })).toBe('partial .github/workflows/ci.yml:3');
  expect(told(id, { workflows: [on('schedule', 'make')] })).toBe('no .github/workflows/ci.yml:1');
  expect(told(id, { workflows: [on('pull_request', 'x', '.github/workflows/labeler.yml')] })).toBe(
    'no .github/workflows/labeler.yml:1',
  );
  expect(told(id, {}, ['.gitlab-ci.yml'])).toBe('yes .gitlab-ci.yml:1');
  expect(told(id, {})).toBe('no');
});

test('tests that are there, and that CI runs', () => {
  const files = ['src/a.ts', 'src/a.test.ts'];
  expect(told('tests-exist', {}, files)).toBe('yes src/a.test.ts:1');
  expect(told('tests-exist', {}, ['src/a.ts'])).toBe('no');
  expect(told('tests-exist', {}, ['e2e/eslint.config.js', 'tests/conftest.py'])).toBe('no');
  expect(told('tests-exist', {}, ['README.md'])).toBe('unknown');
  // tests may stand within the code
  expect(told('tests-exist', { workflows: [on('pull_request', 'cargo test')] }, ['src/main.rs'])).toBe(
    'partial .github/workflows/ci.yml:11',
  );
  const id = 'ci-runs-tests';
  expect(told(id, { workflows: [on('pull_request', 'npm test')] }, files)).toBe(
    'yes .github/workflows/ci.yml:11',
  );
  // a push to any branch comes before its pull request; one to main comes after
  const pushed = on('push', 'npm run test:unit');
  expect(told(id, { workflows: [pushed] }, files)).toBe('yes .github/workflows/ci.yml:11');
  const toMain = { ...pushed, triggers: [trigger('push', { branches: ['main'] })] };
  expect(told(id, { workflows: [toMain] }, files)).toBe('partial .github/workflows/ci.yml:11');
  expect(told(id, { workflows: [on('pull_request', 'npm run build')] }, files)).toBe('no src/a.test.ts:1');
  expect(told(id, { workflows: [on('pull_request', 'npm run unit')] }, files)).toMatch(/^yes/);
  expect(told(id, {}, [...files, '.gitlab-ci.yml'])).toBe('unknown');
  expect(told(id, {}, ['src/a.ts'])).toBe('unknown');
  const calls = workflow({
    jobs: [job({ uses: { text: 'quay/shared/.github/workflows/ci.yml@v1', line: 9 } })],
  });
  expect(told(id, { workflows: [calls] }, files)).toBe('unknown');
  // Maven tests what it packages
  expect(told(id, { workflows: [on('pull_request', './mvnw -B package')] }, files)).toMatch(/^yes/);
  expect(told(id, { workflows: [on('pull_request', './mvnw -B package -DskipTests')] }, files)).toMatch(
    /^no/,
  );
});

test('style and types', () => {
  const id = 'ci-checks-code';
  expect(told(id, { workflows: [on('pull_request', 'npx tsc --noEmit')] })).toBe(
    'yes .github/workflows/ci.yml:11',
  );
  expect(told(id, {}, ['biome.json', 'src/a.ts'])).toBe('partial biome.json:1');
  expect(told(id, {}, ['src/a.ts'])).toBe('no');
});

test('a deployment that starts by itself: by the events of the runs that deploy', () => {
  const id = 'delivery-automated';
  const both = (events: string[]) =>
    workflow({
      triggers: [trigger('push'), trigger('workflow_dispatch', { line: 5 })],
      runs: [run({ events, calls: [call('kubectl apply')] })],
    });
  expect(told(id, { workflows: [both(['push'])] })).toBe('yes .github/workflows/deploy.yml:3');
  expect(told(id, { workflows: [both(['workflow_dispatch'])] })).toBe(
    'partial .github/workflows/deploy.yml:3',
  );
  expect(told(id, { scriptTraits: [DEPLOY] })).toBe('no deploy.sh:7');
  expect(told(id, {}, ['vercel.json'])).toBe('unknown');
  // Cloudflare may run the recipe of a repository that is connected to it
  const recipe = script('package.json', 'recipes', ['7 deploys wrangler deploy'], 'deploy');
  expect(told(id, { scriptTraits: [recipe], wranglerConfigs: [wranglerConfig()] })).toBe('unknown');
  expect(told(id, { scriptTraits: [DEPLOY], wranglerConfigs: [wranglerConfig()] })).toBe('no deploy.sh:7');
});

test('previews', () => {
  const id = 'changes-previewed';
  const previews = workflow({
    triggers: [trigger('pull_request')],
    runs: [run({ events: ['pull_request'], calls: [call('wrangler deploy')] })],
  });
  expect(told(id, { workflows: [previews] })).toBe('yes .github/workflows/deploy.yml:3');
  const urls = wranglerConfig({
    environments: [wranglerEnvironment({ previewUrls: { isOn: true, isStated: true, line: 6 } })],
  });
  expect(told(id, { wranglerConfigs: [urls] })).toBe('yes wrangler.toml:6');
  expect(told(id, { scriptTraits: [DEPLOY] })).toBe('no');
  expect(told(id, { scriptTraits: [DEPLOY] }, ['netlify.toml'])).toBe('unknown');
});

test('what only GitHub knows is unknown, and says how to answer', () => {
  expect(ask('branches-protected', {}).note.en).toContain('`constat.yaml`');
  expect(told('branches-protected', {})).toBe('unknown');
});

test('notes of versions', () => {
  expect(told('releases-noted', {}, ['CHANGELOG.md'])).toBe('yes CHANGELOG.md:1');
  expect(told('releases-noted', { workflows: [on('push', 'gh release create v1')] })).toBe(
    'yes .github/workflows/ci.yml:11',
  );
  expect(told('releases-noted', {}, ['docs/history-of-art.md'])).toBe('no');
});

test('directives for agents', () => {
  const id = 'agents-directed';
  const telling = document('AGENTS.md', { headings: [{ depth: 2, text: 'Before you commit', line: 7 }] });
  expect(told(id, { documents: [telling] }, ['AGENTS.md'])).toBe('yes AGENTS.md:7');
  expect(told(id, { documents: [document('AGENTS.md')] }, ['AGENTS.md'])).toBe('partial AGENTS.md:1');
  expect(told(id, {}, ['02.Directives/api/deploy.md'])).toBe('partial 02.Directives/api/deploy.md:1');
  expect(told(id, {})).toBe('no');
});

test('a place for feedback', () => {
  const id = 'feedback-channel';
  expect(told(id, {}, ['.github/ISSUE_TEMPLATE/bug.yml'])).toBe('yes .github/ISSUE_TEMPLATE/bug.yml:1');
  expect(told(id, { documents: [document('README.md', { topics: [{ topic: 'feedback', line: 9 }] })] })).toBe(
    'yes README.md:9',
  );
  expect(told(id, {}, ['src/components/FeedbackForm.tsx'])).toBe('yes src/components/FeedbackForm.tsx:1');
  expect(told(id, {}, ['src/components/Form.tsx'])).toBe('no');
  expect(told(id, {}, ['src/components/SendFeedbackDialog.tsx'])).toMatch(/^yes/);
  // the form of something else
  const others = ['src/warnFromAPIFeedback.ts', 'src/CompanyContactForm.tsx', 'src/Feedback.stories.tsx'];
  expect(told(id, {}, others)).toBe('no');
});

test('beta testers are people', () => {
  expect(told('beta-testers-named', {})).toBe('unknown');
  expect(
    told('beta-testers-named', {
      documents: [document('docs/beta.md', { topics: [{ topic: 'beta', line: 2 }] })],
    }),
  ).toBe('yes docs/beta.md:2');
});

test('what removes what has grown old', () => {
  const id = 'pruning-scheduled';
  expect(
    told(id, {
      operationSigns: [
        { file: 'ecr.tf', signs: [{ sign: 'pruning', line: 4, what: 'aws_ecr_lifecycle_policy' }] },
      ],
    }),
  ).toBe('yes ecr.tf:4');
  const cleaned = workflow({ file: '.github/workflows/cleanup.yml', triggers: [trigger('schedule')] });
  expect(told(id, { workflows: [cleaned] })).toBe('yes .github/workflows/cleanup.yml:3');
  expect(told(id, { scriptTraits: [DEPLOY] })).toBe('no');
  expect(told(id, {}, ['src/a.ts'])).toBe('unknown');
});
