import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import type { TokenCheck, WorkerCode } from '#model/worker.ts';
import {
  composeFile,
  credential,
  dockerfile,
  document,
  estate,
  fact,
  job,
  resource,
  run,
  service,
  stage,
  worker,
  workflow,
  wranglerConfig,
  wranglerEnvironment,
} from '../test-estate.ts';
import { security } from './security.ts';
import { answersOf, found } from './test-answers.ts';

const here = (line: number) => ({ source: 'repo' as const, file: 'src/index.ts', line });
const answers = (
  artifacts: Partial<Artifacts>,
  files: string[] = [],
  findings: ReturnType<typeof found>[] = [],
) => answersOf(security, estate({ files: new Set(['README.md', ...files]), artifacts }), findings);
const ofWorker = (parts: Partial<WorkerCode>, findings: ReturnType<typeof found>[] = []) =>
  answers({ workers: [worker(parts)] }, [], findings);

test('a repository of pages is asked for little', () => {
  expect(answers({})).toEqual({
    'secrets-out-of-source': 'yes',
    'secrets-in-a-store': 'unknown',
    'secrets-per-environment': 'unknown',
    'cors-restricted': 'unknown',
    'security-headers-set': 'unknown',
    'requests-rate-limited': 'unknown',
    'authentication-verified': 'unknown',
    'webhooks-verified': 'unknown',
    'deployment-credentials-short-lived': 'unknown',
    'security-checked-before-deployment': 'unknown',
    'security-policy-written': 'no',
    'containers-confined': 'unknown',
    'traffic-encrypted': 'unknown',
  });
});

test('secrets in the source, in an example only, or where not everything was searched', () => {
  const of = (...findings: ReturnType<typeof found>[]) => answers({}, [], findings)['secrets-out-of-source'];
  expect(of(found('secret-committed', 'keys.py', 3))).toBe('no keys.py:3');
  expect(of(found('secret-committed', 'test/keys.py', 3))).toBe('partial test/keys.py:3');
  expect(of(found('secret-committed', 'test/keys.py'), found('secret-committed', 'keys.py'))).toMatch(/^no/);
  expect(of(found('default-secret-in-example', '.env.example', 2))).toBe('partial .env.example:2');
  const why = { fr: 'trop', en: '12 source files not searched for secrets' };
  const large = estate({
    files: new Set(['README.md']),
    coverage: [
      {
        source: 'repo',
        scope: '',
        state: 'partial',
        operations: [],
        unread: [{ file: '.', why, asked: false }],
      },
    ],
  });
  expect(answersOf(security, large)['secrets-out-of-source']).toBe('unknown');
});

test('a value written in the configuration of a server is told; the name of a secret is kept elsewhere', () => {
  const variable = { name: 'API_TOKEN', line: 8, isSecret: true };
  const plain = wranglerConfig({
    environments: [wranglerEnvironment({ variables: [{ ...variable, class: 'strong' }] })],
  });
  expect(answers({ wranglerConfigs: [plain] })['secrets-in-a-store']).toBe('no wrangler.toml:8');
  const kept = wranglerConfig({
    environments: [
      wranglerEnvironment({
        secrets: [{ name: 'API_TOKEN', line: 5 }],
        variables: [{ ...variable, class: 'reference' }],
      }),
    ],
  });
  expect(answers({ wranglerConfigs: [kept] })['secrets-in-a-store']).toBe('yes wrangler.toml:5');
  const database = service('db', {
    environment: [{ name: 'PASSWORD', line: 6, secret: true, class: 'weak' }],
  });
  const local = composeFile([database]);
  expect(answers({ composeFiles: [local] })['secrets-in-a-store']).toBe('unknown');
  const server = composeFile([database], { file: 'compose.prod.yaml' });
  expect(answers({ composeFiles: [server] })['secrets-in-a-store']).toBe('no compose.prod.yaml:6');
});

test('one secret of the repository for two chosen environments, or one of each', () => {
  const secret = (name: string) => resource('GitHub::Actions::Secret', name, [fact('repo')]);
  const runs = ['dev', 'prod'].map((stage_) => run({ inputs: { stage: stage_ }, secrets: ['DB_PASSWORD'] }));
  const of = (names: string[], workflows = [workflow({ runs })]) =>
    answersOf(
      security,
      estate({ files: new Set(['a']), resources: names.map(secret), artifacts: { workflows } }),
    )['secrets-per-environment'];
  expect(of(['DB_PASSWORD'])).toBe('partial .github/workflows/deploy.yml:30');
  const branches = runs.map((one) => ({ ...one, inputs: { 'github.ref_name': String(one.inputs.stage) } }));
  expect(of(['DB_PASSWORD'], [workflow({ runs: branches })])).toBe('unknown');
  const named = [job({ environment: '⟨inputs.stage⟩' })];
  expect(of(['DB_PASSWORD'], [workflow({ runs, jobs: named })])).toBe('unknown');
  const apart = runs.map((one) => ({ ...one, environment: String(one.inputs.stage) }));
  expect(of(['DB_PASSWORD'], [workflow({ runs: apart })])).toBe('unknown');
  expect(of(['DEV_DB_PASSWORD', 'PROD_DB_PASSWORD'], [])).toMatch(/^yes/);
  expect(of(['DB_PASSWORD'], [])).toBe('unknown');
});

test('CORS: a list, any origin, whoever asks', () => {
  const rule = (policy: 'list' | 'any' | 'reflected', line: number) => ({
    policy,
    origins: ['https://quay.example'],
    at: here(line),
  });
  expect(ofWorker({ cors: [rule('list', 4)] })['cors-restricted']).toBe('yes src/index.ts:4');
  expect(ofWorker({ cors: [rule('any', 5)] })['cors-restricted']).toBe('no src/index.ts:5');
  expect(ofWorker({ cors: [rule('list', 4), rule('reflected', 6)] })['cors-restricted']).toBe(
    'partial src/index.ts:6',
  );
});

test('headers and limits: seen, absent from code that was read in full, or unknown', () => {
  const blind = [{ what: 'framework' as const, at: here(1) }];
  expect(ofWorker({})['security-headers-set']).toBe('no src/index.ts:1');
  expect(ofWorker({ blindSpots: blind })['security-headers-set']).toBe('unknown');
  const headers = [{ name: 'x-frame-options', at: here(7) }];
  expect(ofWorker({ headers, blindSpots: blind })['security-headers-set']).toBe('partial src/index.ts:7');
  const all = ['strict-transport-security', 'content-security-policy', 'x-content-type-options'];
  const set = all.map((name, index) => ({ name, at: here(index + 1) }));
  expect(ofWorker({ headers: set })['security-headers-set']).toMatch(/^yes/);
  expect(
    ofWorker({ blindSpots: blind }, [found('security-headers-missing', 'src/index.ts', 2)])[
      'security-headers-set'
    ],
  ).toBe('no src/index.ts:2');
  expect(ofWorker({})['requests-rate-limited']).toBe('no src/index.ts:1');
  expect(ofWorker({ rateLimits: [here(9)] })['requests-rate-limited']).toBe('yes src/index.ts:9');
  const bound = wranglerConfig({
    environments: [wranglerEnvironment({ bindings: [{ type: 'ratelimit', name: 'LIMIT', line: 12 }] })],
  });
  expect(answers({ wranglerConfigs: [bound], workers: [worker()] })['requests-rate-limited']).toBe(
    'yes wrangler.toml:12',
  );
  const packages = [{ name: 'express-rate-limit', line: 4, development: false }];
  const manifests = [{ file: 'package.json', ecosystem: 'npm' as const, packages }];
  expect(answers({ manifests })['requests-rate-limited']).toBe('yes package.json:4');
});

test('a token that is only decoded is anybody’s', () => {
  const token = (parts: Partial<TokenCheck>): TokenCheck => ({
    at: here(20),
    signature: 'yes',
    algorithms: ['RS256'],
    issuer: 'yes',
    audience: 'yes',
    expiry: 'yes',
    keyCache: 'yes',
    ...parts,
  });
  const of = (...tokens: TokenCheck[]) => ofWorker({ tokens })['authentication-verified'];
  expect(of(token({}))).toBe('yes src/index.ts:20');
  expect(of(token({ audience: 'no' }))).toBe('partial src/index.ts:20');
  expect(of(token({ signature: 'no' }))).toBe('no src/index.ts:20');
  expect(of(token({ signature: 'unknown' }))).toBe('unknown');
  expect(of(token({ issuer: 'unknown' }))).toBe('yes src/index.ts:20');
});

test('webhooks: verified, not verified, not followed', () => {
  const hook = (isVerified: boolean | 'unknown') => ({ path: '/hooks/form', isVerified, at: here(30) });
  expect(ofWorker({ webhooks: [hook(true)] })['webhooks-verified']).toBe('yes src/index.ts:30');
  expect(ofWorker({ webhooks: [hook(true), hook(false)] })['webhooks-verified']).toBe(
    'partial src/index.ts:30',
  );
  expect(ofWorker({ webhooks: [hook('unknown')] })['webhooks-verified']).toBe('unknown');
});

test('what deploys presents a token of the run, or a key', () => {
  const oidc = workflow({ runs: [run({ credentials: [credential({ authentication: 'oidc' })] })] });
  const of = (...findings: ReturnType<typeof found>[]) =>
    answers({ workflows: [oidc] }, [], findings)['deployment-credentials-short-lived'];
  expect(of()).toBe('yes .github/workflows/deploy.yml:14');
  expect(of(found('workflow-static-credentials', 'b.yml', 9))).toBe('partial b.yml:9');
});

test('a check before a deployment: run by it, only there, or nowhere', () => {
  const environmentFiles = [
    {
      file: '.env.example',
      example: true,
      tracked: true,
      variables: [{ name: 'TOKEN', line: 1, secret: true, class: 'placeholder' as const }],
    },
  ];
  const of = (artifacts: Partial<Artifacts>, ...files: string[]) =>
    answers({ environmentFiles, ...artifacts }, ['deploy.sh', ...files]);
  expect(of({})['security-checked-before-deployment']).toBe('no');
  const practices = [
    { practice: 'code-scan' as const, file: '.github/workflows/ci.yml', line: 8, sign: 'semgrep' },
  ];
  expect(of({ practices })['security-checked-before-deployment']).toBe('yes .github/workflows/ci.yml:8');
});

test('a policy where it is looked for, or only a section', () => {
  expect(answers({}, ['.github/SECURITY.md'])['security-policy-written']).toBe('yes .github/SECURITY.md:1');
  const documents = [document('docs/run.md', { topics: [{ topic: 'security', line: 9 }] })];
  expect(answers({ documents })['security-policy-written']).toBe('partial docs/run.md:9');
});

test('containers and entries, from the rules and from what is declared', () => {
  const dockerfiles = [dockerfile([stage('node:22')]), dockerfile([stage('node:22')], 'api/Dockerfile')];
  expect(answers({ dockerfiles })['containers-confined']).toMatch(/^yes/);
  const root = found('container-runs-as-root', 'api/Dockerfile', 1);
  expect(answers({ dockerfiles }, [], [root])['containers-confined']).toBe('partial api/Dockerfile:1');
  const listener = resource('AWS::ElasticLoadBalancingV2::Listener', 'web', [fact('repo')], {
    properties: { protocol: 'HTTPS' },
  });
  const of = (resources: (typeof listener)[]) =>
    answersOf(security, estate({ resources }))['traffic-encrypted'];
  expect(of([listener])).toBe('yes .github/workflows/deploy.yml:30');
  expect(of([{ ...listener, properties: { protocol: 'HTTP' } }])).toBe('unknown');
  expect(answers({ wranglerConfigs: [wranglerConfig()] })['traffic-encrypted']).toBe('yes wrangler.toml:1');
});
