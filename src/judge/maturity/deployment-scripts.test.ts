import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import {
  call,
  composeFile,
  estate,
  fact,
  job,
  resource,
  run,
  service,
  step,
  trigger,
  workflow,
  wranglerConfig,
  wranglerEnvironment,
} from '../test-estate.ts';
import { deploymentScripts } from './deployment-scripts.ts';
import { answerOf, faultsOf, script, viewOf } from './derived/test-answers.ts';

const ask = (id: string, artifacts: Partial<Artifacts>, files: string[] = []) =>
  answerOf(deploymentScripts, id, viewOf(estate({ artifacts, files: new Set(files) })));
const told = (id: string, artifacts: Partial<Artifacts>, files?: string[]) => ask(id, artifacts, files).told;

const shell = (...traits: string[]) => script('deploy.sh', 'shell', traits);
const deploying = (...calls: string[]) =>
  workflow({
    jobs: [job({ steps: calls.map((text, index) => step({ run: text, line: 10 + index * 10 })) })],
    runs: [run({ calls: calls.map((text, index) => call(text, { line: 11 + index * 10 })) })],
  });

test('its texts and ids', () => {
  expect(faultsOf(deploymentScripts)).toEqual([]);
});

test('an action that lends a key over SSH deploys nothing by itself', () => {
  const uses = (name: string) =>
    workflow({ runs: [], jobs: [job({ steps: [step({ uses: name, line: 12 })] })] });
  const id = 'deployment-written';
  expect(told(id, { workflows: [uses('appleboy/ssh-action@v1')] })).toBe(
    'yes .github/workflows/deploy.yml:12',
  );
  expect(told(id, { workflows: [uses('webfactory/ssh-agent@v0.9.0')] })).toBe('unknown');
});

test('a deployment that is written, only told, left to a platform, or not there', () => {
  const id = 'deployment-written';
  expect(told(id, { scriptTraits: [shell('7 deploys wrangler deploy')] })).toBe('yes deploy.sh:7');
  expect(told(id, { workflows: [deploying('kubectl apply')] })).toBe('yes .github/workflows/deploy.yml:11');
  expect(told(id, {}, ['vercel.json', 'src/a.ts'])).toBe('unknown');
  expect(told(id, {}, ['.gitlab-ci.yml'])).toBe('unknown');
  expect(told(id, { wranglerConfigs: [wranglerConfig()] })).toBe('no');
  expect(told(id, {}, ['src/a.ts'])).toBe('unknown');
});

test('a cluster that a test makes for itself, and the one on a desk, put nothing into service', () => {
  const id = 'deployment-written';
  const onKind = workflow({ runs: [run({ calls: [call('kind create cluster'), call('kubectl apply')] })] });
  expect(told(id, { workflows: [onKind], composeFiles: [composeFile([service('api')])] })).toBe('no');
  const local = call('kubectl apply', { arguments: { k: 'overlays/local' } });
  const scripts = [{ file: 'Makefile', reachedFrom: [], arguments: ['deploy'], calls: [local], notes: [] }];
  expect(told(id, { scripts, composeFiles: [composeFile([service('api')])] })).toBe('no');
});

test('a key that is handed over, and a copy that is kept, put nothing into service', () => {
  const id = 'deployment-written';
  const composeFiles = [composeFile([service('api')])];
  const using = (uses: string) => [workflow({ jobs: [job({ steps: [step({ uses })] })] })];
  expect(told(id, { workflows: using('team/tools/github-deploy-key@v4'), composeFiles })).toBe('no');
  expect(told(id, { workflows: using('webfactory/ssh-agent@v0.9.0'), composeFiles })).toBe('no');
  expect(told(id, { workflows: using('team/tools/deploy-service@v4'), composeFiles })).toMatch(/^yes/);
  const copy = (text: string) => [workflow({ jobs: [job({ steps: [step({ run: text })] })] })];
  const kept = 'aws s3 sync . s3://${{ secrets.BACKUP_BUCKET }}';
  expect(told(id, { workflows: copy(kept), composeFiles })).toBe('no');
  expect(told(id, { workflows: copy('aws s3 sync dist s3://site'), composeFiles })).toMatch(/^yes/);
});

test('Lambda tools of .NET and Terragrunt deploy', () => {
  const id = 'deployment-written';
  for (const text of ['dotnet lambda deploy-function shop', 'terragrunt run-all apply'])
    expect(told(id, { workflows: [workflow({ jobs: [job({ steps: [step({ run: text })] })] })] })).toMatch(
      /^yes/,
    );
});

test('a plan that an action makes is a dry run', () => {
  const plan = workflow({
    file: '.github/workflows/plan.yml',
    jobs: [job({ steps: [step({ uses: 'team/terraform-plan@v3' })] })],
  });
  expect(told('deployment-rehearsable', { workflows: [deploying('kubectl apply'), plan] })).toMatch(/^yes/);
});

test('a workflow that starts a deploying script, and one that sends files to a host', () => {
  const starts = workflow({ jobs: [job({ steps: [step({ run: 'python3 ops/ship.py --env prod' })] })] });
  expect(
    told('deployment-written', {
      workflows: [starts],
      scriptTraits: [script('ops/ship.py', 'python', ['9 deploys wrangler deploy'])],
    }),
  ).toBe('yes .github/workflows/deploy.yml:11 ops/ship.py:9');
  const sends = workflow({ jobs: [job({ steps: [step({ run: 'rsync -az ./ me@quay.example:/srv' })] })] });
  expect(told('deployment-written', { workflows: [sends] })).toBe('yes .github/workflows/deploy.yml:11');
});

test('two scripts that deploy one thing, and a script that starts the other', () => {
  const id = 'deployment-has-one-entry';
  const two = [
    script('deploy.sh', 'shell', ['7 deploys wrangler deploy']),
    script('reset_db.py', 'python', ['30 deploys wrangler deploy']),
  ];
  const doubled = ask(id, { scriptTraits: two });
  expect(doubled.told).toBe('partial deploy.sh:7 reset_db.py:30');
  expect(doubled.note.fr).toContain('`deploy.sh`, `reset_db.py` lancent tous `wrangler deploy`');
  const starts = { script: 'reset_db.py', from: 'deploy.sh', line: 3 };
  expect(told(id, { scriptTraits: two, scriptReferences: [starts] })).toBe('yes deploy.sh:7 reset_db.py:30');
  const named = (file: string) => ({
    file,
    reachedFrom: [],
    arguments: [],
    calls: [call('wrangler deploy', { arguments: { script: 'lock-keeper' } })],
    notes: [],
  });
  expect(ask(id, { scripts: [named('a.sh'), named('ops/b.sh')] }).note.en).toBe(
    '`a.sh`, `ops/b.sh` all deploy `lock-keeper`.',
  );
});

test('scripts that leave it to the one configuration of their folder deploy its Worker', () => {
  const scriptTraits = ['deploy.sh', 'reset_db.py'].map((file) =>
    script(file, 'shell', ['7 deploys wrangler deploy']),
  );
  const one = { scriptTraits, wranglerConfigs: [wranglerConfig({ file: 'api/wrangler.toml' })] };
  const doubled = ask('deployment-has-one-entry', one);
  expect(doubled.told).toBe('no deploy.sh:7 reset_db.py:7');
  expect(doubled.note.fr).toBe('`deploy.sh`, `reset_db.py` déploient tous `lock-keeper`.');
  const two = {
    ...one,
    wranglerConfigs: [...one.wranglerConfigs, wranglerConfig({ file: 'site/wrangler.toml' })],
  };
  expect(told('deployment-has-one-entry', two)).toMatch(/^partial/);
});

test('a script for each environment, as their names say, is no second entry', () => {
  const of = (...files: string[]) => ({
    scriptTraits: files.map((file) => script(file, 'shell', ['7 deploys kubectl apply'])),
  });
  expect(told('deployment-has-one-entry', of('ops/deploy-dev.sh', 'ops/deploy-prod.sh'))).toMatch(/^yes/);
  expect(told('deployment-has-one-entry', of('ops/deploy-dev.sh', 'ops/deploy-new.sh'))).toMatch(/^partial/);
});

test('images that another repository may put into service', () => {
  const pushes = workflow({
    runs: [run({ calls: [call('docker push', { arguments: { words: ['registry.example/quay/api:1'] } })] })],
  });
  const composed = [composeFile([service('api')])];
  expect(told('deployment-written', { workflows: [pushes], composeFiles: composed })).toBe('unknown');
  const calls = workflow({
    jobs: [job({ uses: { text: 'quay/shared/.github/workflows/ci.yml@v1', line: 9 } })],
  });
  expect(told('deployment-written', { workflows: [calls], composeFiles: composed })).toBe('unknown');
});

test('where scripts stand', () => {
  const id = 'deployment-scripts-together';
  const at = (...files: string[]) => ({
    scriptTraits: files.map((file) => script(file, 'shell', ['2 deploys wrangler deploy'])),
  });
  expect(told(id, at('scripts/deploy.sh'))).toBe('yes scripts/deploy.sh:1');
  expect(told(id, at('deploy.sh'))).toBe('partial deploy.sh:1');
  expect(told(id, at('deploy.sh', 'app/ship.sh'))).toBe('no app/ship.sh:1 deploy.sh:1');
  expect(told(id, { workflows: [deploying('kubectl apply')] })).toBe('unknown');
});

test('environments that are declared and that nothing deploys', () => {
  const id = 'deployment-covers-environments';
  const wranglerConfigs = [
    wranglerConfig({
      environments: [
        wranglerEnvironment(),
        wranglerEnvironment({ name: 'production', line: 8 }),
        wranglerEnvironment({ name: 'staging', line: 20 }),
      ],
    }),
  ];
  const deploys = (...environments: string[]) => [
    shell(
      '7 deploys wrangler deploy',
      ...environments.map((one, index) => `${index + 1} environment ${one}`),
    ),
  ];
  expect(told(id, { wranglerConfigs, scriptTraits: deploys('prod', 'staging') })).toBe(
    'yes wrangler.toml:20 wrangler.toml:8',
  );
  expect(told(id, { wranglerConfigs, scriptTraits: deploys('prod') })).toBe('partial wrangler.toml:20');
  expect(told(id, { wranglerConfigs, scriptTraits: deploys() })).toBe('no wrangler.toml:20 wrangler.toml:8');
  expect(told(id, { scriptTraits: deploys('prod') })).toBe('unknown');
});

test('an environment that only a page gives to what files deploy is not declared by them', () => {
  const id = 'deployment-covers-environments';
  const of = (source: 'repo' | 'docs') => {
    const facts = [fact('repo', { environments: ['prod'] }), fact(source, { environments: ['staging'] })];
    const edge = resource('Cloudflare::Workers::Script', 'edge', facts, {
      environments: ['prod', 'staging'],
    });
    const components = ['prod', 'staging'].map((environment) => ({
      system: 'edge',
      environment,
      blueprint: 'cloudflare-worker' as const,
      component: 'service',
      status: 'unverified' as const,
      note: { fr: '', en: '' },
      resource: edge.id,
    }));
    const scriptTraits = [shell('7 deploys wrangler deploy', '2 environment prod')];
    return answerOf(
      deploymentScripts,
      id,
      viewOf(estate({ resources: [edge], components, artifacts: { scriptTraits } })),
    ).told;
  };
  expect(of('repo')).toMatch(/^partial/);
  expect(of('docs')).not.toMatch(/^partial/);
});

test('migrations within the deployment, apart from it, and nowhere', () => {
  const id = 'deployment-applies-migrations';
  const migrations = [{ file: 'migrations/1.sql', isReversible: 'no' as const, destroys: [] }];
  const wranglerConfigs = [wranglerConfig()];
  const deploy = shell('7 deploys wrangler deploy');
  const both = shell('6 migrates wrangler d1 migrations apply', '7 deploys wrangler deploy');
  const apart = script('package.json', 'recipes', ['5 migrates wrangler d1 migrations apply'], 'db');
  expect(told(id, { migrations, wranglerConfigs, scriptTraits: [both] })).toBe('yes deploy.sh:6');
  expect(told(id, { migrations, wranglerConfigs, scriptTraits: [deploy, apart] })).toBe(
    'partial package.json:5',
  );
  expect(told(id, { migrations, wranglerConfigs, scriptTraits: [deploy] })).toBe('no migrations/1.sql:1');
  // another program may apply its migrations where it starts
  expect(
    told(id, {
      migrations: [{ file: 'alembic/versions/1.py', isReversible: 'yes', destroys: [] }],
      scriptTraits: [deploy],
    }),
  ).toBe('unknown');
  expect(told(id, { scriptTraits: [deploy] })).toBe('unknown');
});

test('a look at what was deployed comes after it', () => {
  const id = 'deployment-verified';
  expect(told(id, { scriptTraits: [shell('7 deploys wrangler deploy', '9 checks curl')] })).toBe(
    'yes deploy.sh:9',
  );
  expect(told(id, { scriptTraits: [shell('3 checks curl', '7 deploys wrangler deploy')] })).toBe(
    'no deploy.sh:7',
  );
  expect(told(id, { scriptTraits: [shell('7 deploys docker compose up', '7 checks --wait')] })).toBe(
    'yes deploy.sh:7',
  );
  // in a program a function may stand before what calls it
  expect(
    told(id, {
      scriptTraits: [script('d.py', 'python', ['3 checks requests.get', '7 deploys wrangler deploy'])],
    }),
  ).toBe('yes d.py:3');
  expect(told(id, { workflows: [deploying('kubectl apply')] })).toBe('no .github/workflows/deploy.yml:11');
  expect(told(id, { workflows: [deploying('kubectl apply', 'curl -f https://quay.example/health')] })).toBe(
    'yes .github/workflows/deploy.yml:11',
  );
  expect(
    told(id, {
      workflows: [deploying('kubectl apply')],
      scriptTraits: [shell('7 deploys wrangler deploy', '9 checks curl')],
    }),
  ).toBe('partial .github/workflows/deploy.yml:11');
});

test('a secret that a workflow looks at before it deploys', () => {
  const id = 'deployment-checks-secrets';
  const looking = (...steps: ReturnType<typeof step>[]) =>
    told(id, {
      workflows: [
        workflow({
          jobs: [job({ steps: [...steps, step({ uses: 'cloudflare/wrangler-action@v3', line: 30 })] })],
        }),
      ],
    });
  expect(looking()).toBe('no .github/workflows/deploy.yml:30');
  expect(looking(step({ run: 'if [ -n "${{ secrets.CLOUDFLARE_API_TOKEN }}" ]; then :; fi' }))).toMatch(
    /^yes/,
  );
  expect(looking(step({ condition: "env.CLOUDFLARE_API_TOKEN == ''", run: 'echo no', line: 12 }))).toBe(
    'partial .github/workflows/deploy.yml:12',
  );
  expect(looking(step({ condition: "github.ref == 'refs/heads/main'", run: 'echo' }))).toMatch(/^no/);
});

test('secrets before the deployment', () => {
  const id = 'deployment-checks-secrets';
  const deploy = '7 deploys wrangler deploy';
  expect(told(id, { scriptTraits: [shell('3 requires-secret API_TOKEN', deploy)] })).toBe('yes deploy.sh:3');
  expect(told(id, { scriptTraits: [shell('3 requires-setting .env', deploy)] })).toBe('partial deploy.sh:3');
  expect(
    told(id, {
      scriptTraits: [shell(deploy), script('ops/check_secrets.sh', 'shell', ['4 requires-secret API_TOKEN'])],
    }),
  ).toBe('partial ops/check_secrets.sh:4');
  expect(told(id, { scriptTraits: [shell(deploy)] })).toBe('no deploy.sh:7');
  const required = wranglerConfig({
    environments: [wranglerEnvironment({ secrets: [{ name: 'API_TOKEN', line: 12 }] })],
  });
  expect(told(id, { scriptTraits: [shell(deploy)], wranglerConfigs: [required] })).toBe(
    'yes wrangler.toml:12',
  );
});

test('questions that nobody answers in a pipeline', () => {
  const id = 'deployment-unattended';
  const deploy = '7 deploys wrangler deploy';
  expect(told(id, { scriptTraits: [shell(deploy)] })).toBe('yes deploy.sh:7');
  const asks = ask(id, { scriptTraits: [shell('4 asks read -p', deploy)] });
  expect(asks.told).toBe('no deploy.sh:4');
  expect(asks.note.fr).toBe('`deploy.sh` attend une réponse au clavier (`read -p`).');
  expect(told(id, { scriptTraits: [shell('4 asks read -p', '2 may-not-ask --yes', deploy)] })).toBe(
    'yes deploy.sh:4',
  );
  expect(
    told(id, { scriptTraits: [shell('4 asks read -p', deploy)], workflows: [deploying('kubectl apply')] }),
  ).toBe('partial deploy.sh:4');
});

test('the first error', () => {
  const id = 'deployment-stops-at-errors';
  const deploy = '7 deploys wrangler deploy';
  expect(told(id, { scriptTraits: [shell('2 stops-at-errors set -e', deploy)] })).toBe('yes deploy.sh:2');
  expect(told(id, { scriptTraits: [shell(deploy)] })).toBe('no deploy.sh:7');
  expect(told(id, { scriptTraits: [script('d.py', 'python', [deploy])] })).toBe('unknown');
});

test('a dry run', () => {
  const id = 'deployment-rehearsable';
  const deploy = '7 deploys wrangler deploy';
  expect(told(id, { scriptTraits: [shell('3 dry-run --dry-run', deploy)] })).toBe('yes deploy.sh:3');
  expect(told(id, { scriptTraits: [shell(deploy)] })).toBe('no deploy.sh:7');
  expect(told(id, { workflows: [deploying('terraform apply', 'terraform plan')] })).toMatch(/^yes/);
});

test('what is not deployed is asked nothing', () => {
  const library = { workflows: [workflow({ triggers: [trigger('pull_request')] })] };
  for (const { id } of deploymentScripts.questions) expect(told(id, library, ['src/a.ts'])).toBe('unknown');
});

test('a script that stops what runs in order to save its data deploys nothing', () => {
  const id = 'deployment-written';
  const of = (file: string) =>
    told(id, { scriptTraits: [script(file, 'shell', ['9 deploys docker-compose up'])] });
  expect(of('scripts/upgrade-postgres.sh')).toBe('unknown');
  expect(of('scripts/backup.sh')).toBe('unknown');
  expect(of('scripts/upgrade.sh')).toBe('yes scripts/upgrade.sh:9');
});

test('a compose file for a server is half of a deployment', () => {
  const file = composeFile([service('web', { restart: 'always' })], { file: 'docker-compose.yml' });
  expect(told('deployment-written', { composeFiles: [file] })).toBe('partial docker-compose.yml:1');
});

test('a recipe that checks beside those that deploy', () => {
  const id = 'deployment-verified';
  const deploy = script('infra/Makefile', 'recipes', ['3 deploys ansible-playbook apply']);
  const smoke = {
    file: 'Makefile',
    language: 'recipes' as const,
    traits: [{ trait: 'checks' as const, line: 12, what: 'smoke-test', recipe: 'smoke-test' }],
  };
  expect(told(id, { scriptTraits: [deploy, smoke] })).toBe('partial Makefile:12 infra/Makefile:3');
});

test('a look for models without a migration neither applies one nor rehearses a deployment', () => {
  const migrations = [{ file: 'shop/migrations/0001.py', isReversible: 'yes' as const, destroys: [] }];
  const checks = workflow({
    file: '.github/workflows/ci.yml',
    jobs: [
      job({
        steps: [
          step({ run: './scripts/detect_missing_migrations.sh', line: 10 }),
          step({
            name: 'Check pending migrations',
            run: 'python manage.py makemigrations --check --dry-run',
            line: 14,
          }),
        ],
      }),
    ],
    runs: [],
  });
  const artifacts = { migrations, workflows: [checks], scriptTraits: [shell('7 deploys wrangler deploy')] };
  expect(told('deployment-applies-migrations', artifacts)).toBe('unknown');
  expect(told('deployment-rehearsable', artifacts)).toBe('no deploy.sh:7');
});
