import { expect, test } from 'vitest';
import { callsOf, job, runsOf, shown, workflowOf } from '../test-workflow.ts';

const AWS = `- uses: aws-actions/configure-aws-credentials@v4
  with: { role-to-assume: 'arn:aws:iam::123456789012:role/deploy', aws-region: eu-west-1 }
- id: ecr
  uses: aws-actions/amazon-ecr-login@v2
`;

test('a role makes OIDC, its account makes the registry', async () => {
  const [run] = await runsOf(job(`${AWS}- run: docker push \${{ steps.ecr.outputs.registry }}/shop:1`));
  expect(run).toMatchObject({ auth: 'oidc', role: 'arn:aws:iam::123456789012:role/deploy', secrets: [] });
  expect(run?.calls.map(shown)).toContain('docker push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1');
});

test('keys given to the action make static keys, with the names of the secrets', async () => {
  const [run] = await runsOf(
    job(`- uses: aws-actions/configure-aws-credentials@v4
  with:
    aws-access-key-id: \${{ secrets.KEY_ID }}
    aws-secret-access-key: \${{ secrets.KEY }}
    aws-region: eu-west-1`),
  );
  expect(run).toMatchObject({ auth: 'static-keys', secrets: ['KEY', 'KEY_ID'] });
  expect(run?.credentials).toMatchObject([{ provider: 'aws', secrets: ['KEY', 'KEY_ID'], line: 6 }]);
});

test('keys in the environment are the same, and name the line', async () => {
  const [run] = await runsOf(
    `on: push\nenv:\n  AWS_ACCESS_KEY_ID: \${{ secrets.A }}\n  AWS_SECRET_ACCESS_KEY: \${{ secrets.B }}\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: aws s3 ls }]\n`,
  );
  expect(run?.auth).toBe('static-keys');
  expect(run?.credentials.map(({ provider, secrets, line }) => [provider, secrets, line])).toEqual([
    ['aws', ['A'], 3],
    ['aws', ['B'], 4],
  ]);
});

test('the public registry has its own host', async () => {
  const [run] = await runsOf(
    job(
      `- id: p\n  uses: aws-actions/amazon-ecr-login@v2\n  with: { registry-type: public }\n- run: docker push \${{ steps.p.outputs.registry }}/acme/shop:1`,
    ),
  );
  expect(run?.calls.map(shown)).toContain('docker push public.ecr.aws/acme/shop:1');
});

test('a rendered task definition is registered with its image and handed to the service; the cluster is default', async () => {
  const [run] = await runsOf(
    job(`- id: render
  uses: aws-actions/amazon-ecs-render-task-definition@v1
  with: { task-definition: task.json, container-name: web, image: 'r.example.com/web:2' }
- uses: aws-actions/amazon-ecs-deploy-task-definition@v2
  with: { task-definition: '\${{ steps.render.outputs.task-definition }}', service: web-svc }`),
    {
      'task.json':
        '{"family":"web-task","containerDefinitions":[{"name":"web","image":"old"},{"name":"log","image":"fluent:1"}]}',
    },
  );
  expect(run?.calls.map(({ operation }) => operation)).toEqual([
    'ecs register-task-definition',
    'ecs update-service',
  ]);
  expect(run?.calls[0]?.arguments).toMatchObject({ family: 'web-task' });
  expect(JSON.stringify(run?.calls[0]?.arguments)).toContain('r.example.com/web:2');
  expect(run?.calls[1]?.arguments).toMatchObject({
    cluster: 'default',
    service: 'web-svc',
    'task-definition': 'web-task',
  });
});

test('CodeDeploy and single tasks are told from the service', async () => {
  const [run] = await runsOf(
    job(`- uses: aws-actions/amazon-ecs-deploy-task-definition@v2
  with: { task-definition: t.json, service: s, cluster: c, codedeploy-application: app, codedeploy-deployment-group: group, run-task: true }`),
    { 't.json': '{"family":"f"}' },
  );
  expect(run?.calls.map(shown).slice(1)).toEqual([
    'aws ecs update-service cluster=c service=s task-definition=f',
    'aws deploy create-deployment application-name=app deployment-group-name=group',
    'aws ecs run-task cluster=c task-definition=f',
  ]);
});

test('a build pushes its tags only where it is told to', async () => {
  const build = (push: string) =>
    runsOf(
      job(
        `- uses: docker/build-push-action@v6\n  with: { push: ${push}, tags: 'a.example.com/x:1,a.example.com/x:2', context: app }`,
      ),
    );
  expect(callsOf(await build('true'))).toEqual([
    'docker buildx build push tag=a.example.com/x:1,a.example.com/x:2 app',
  ]);
  expect(callsOf(await build('false'))).toEqual([
    'docker buildx build tag=a.example.com/x:1,a.example.com/x:2 app',
  ]);
});

test('an action that only pushes has its tags on one line', async () => {
  const [run] = await runsOf(
    job(`- uses: redhat-actions/push-to-registry@v2
  with: { image: web, tags: latest v1, registry: quay.io/acme }`),
  );
  expect(run?.calls.map(shown)).toEqual([
    'docker push quay.io/acme/web:latest',
    'docker push quay.io/acme/web:v1',
  ]);
});

test('metadata makes the tags that a build is given', async () => {
  const runs = await runsOf(
    job(`- id: meta
  uses: docker/metadata-action@v5
  with:
    images: |
      ghcr.io/acme/shop
    tags: |
      type=raw,value=stable
      type=sha,prefix=git-
      type=ref,event=pr
      type=raw,value=off,enable=false
- uses: docker/build-push-action@v6
  with: { push: true, tags: '\${{ steps.meta.outputs.tags }}' }`),
  );
  expect(callsOf(runs)[0]).toBe(
    'docker buildx build push tag=ghcr.io/acme/shop:stable,ghcr.io/acme/shop:git-⟨github.sha⟩,ghcr.io/acme/shop:pr-⟨github.event.number⟩ .',
  );
});

test('the job’s own token is no static key, a password for a registry is', async () => {
  const login = (password: string) =>
    runsOf(
      job(
        `- uses: docker/login-action@v3\n  with: { registry: ghcr.io, username: x, password: '\${{ ${password} }}' }`,
      ),
    );
  expect((await login('secrets.GITHUB_TOKEN'))[0]?.auth).toBe('github-token');
  expect((await login('github.token'))[0]?.auth).toBe('github-token');
  expect((await login('secrets.REGISTRY_PASS'))[0]).toMatchObject({
    auth: 'static-keys',
    credentials: [{ provider: 'ghcr.io', secrets: ['REGISTRY_PASS'] }],
  });
});

test('wrangler runs its commands in its folder with its environment', async () => {
  const runs = await runsOf(
    job(`- uses: cloudflare/wrangler-action@v3
  with:
    apiToken: \${{ secrets.CF }}
    environment: live
    command: |
      d1 migrations apply shop
      deploy --minify`),
  );
  expect(runs[0]).toMatchObject({
    auth: 'static-keys',
    credentials: [{ provider: 'cloudflare', secrets: ['CF'] }],
  });
  expect(callsOf(runs)[1]).toBe('wrangler deploy minify env=live');
});

test('wrangler puts the secrets before it deploys, and an environment that a command states stays', async () => {
  const runs = await runsOf(
    job(`- uses: cloudflare/wrangler-action@v3
  with:
    environment: live
    preCommands: wrangler d1 migrations apply shop --remote
    secrets: |
      SIGNING_KEY
      MAIL_TOKEN
    command: |
      deploy --name edge --env next`),
  );
  expect(callsOf(runs)).toEqual([
    'wrangler d1 migrations apply remote shop',
    'wrangler secret put env=live SIGNING_KEY',
    'wrangler secret put env=live MAIL_TOKEN',
    'wrangler deploy name=edge env=next',
  ]);
});

test('a script for a host runs there, line by line, with the variables handed over', async () => {
  const [run] = await runsOf(
    job(`- uses: appleboy/ssh-action@v1
  env: { TAG: '7' }
  with:
    host: web.example.com
    username: deploy
    key: \${{ secrets.HOST_KEY }}
    envs: TAG
    script: |
      cd /srv/shop
      docker pull r.example.com/shop:$TAG
      docker run -d --name shop-$STAGE r.example.com/shop:$TAG`),
  );
  expect(run?.credentials).toMatchObject([{ provider: 'ssh', secrets: ['HOST_KEY'] }]);
  const remote = run?.calls.filter((call) => call.remote === 'web.example.com');
  expect(remote?.map((call) => [shown(call), call.line])).toEqual([
    ['docker pull r.example.com/shop:7', 15],
    ['docker run d name=shop-⟨$STAGE⟩ r.example.com/shop:7', 16],
  ]);
});

test('files copied to hosts, buckets and clouds are the commands that do it', async () => {
  const runs = await runsOf(
    job(`- uses: appleboy/scp-action@v0.1.7
  with: { host: web.example.com, username: me, password: '\${{ secrets.P }}', source: 'a,b', target: /srv }
- uses: jakejarvis/s3-sync-action@master
  with: { args: '--delete' }
  env: { AWS_S3_BUCKET: site, SOURCE_DIR: dist, AWS_ACCESS_KEY_ID: '\${{ secrets.ID }}' }
- uses: aws-actions/aws-cloudformation-github-deploy@v1
  with: { name: shop-stack, template: t.yml }
- uses: aws-actions/aws-codebuild-run-build@v1
  with: { project-name: shop-build }
- uses: einaregilsson/beanstalk-deploy@v22
  with: { application_name: shop, environment_name: shop-live, region: eu-west-1, aws_access_key: '\${{ secrets.ID }}' }
- uses: azure/webapps-deploy@v3
  with: { app-name: shop-app, publish-profile: '\${{ secrets.PROFILE }}' }
- uses: google-github-actions/deploy-cloudrun@v2
  with: { service: shop, region: europe-west1 }
- uses: superfly/flyctl-actions@1.4
  with: { args: 'deploy -a shop-fly' }
- uses: cloudflare/pages-action@v1
  with: { apiToken: '\${{ secrets.CF }}', projectName: shop-pages, directory: out }`),
  );
  const calls = callsOf(runs).join('\n');
  for (const expected of [
    'a b me@web.example.com:/srv',
    'aws s3 sync delete dist s3://site',
    'aws cloudformation deploy stack-name=shop-stack',
    'aws codebuild start-build project-name=shop-build',
    'aws elasticbeanstalk update-environment application-name=shop environment-name=shop-live',
    'az webapp deploy name=shop-app',
    'gcloud run deploy',
    'deploy a=shop-fly',
    'wrangler pages deploy project-name=shop-pages out',
  ])
    expect(calls).toContain(expected);
});

test('Azure and Google tell a key from the run’s own token', async () => {
  const auth = async (step: string) => (await runsOf(job(step)))[0]?.auth;
  expect(await auth(`- uses: azure/login@v2\n  with: { creds: '\${{ secrets.AZURE }}' }`)).toBe(
    'static-keys',
  );
  expect(await auth(`- uses: azure/login@v2\n  with: { client-id: '\${{ secrets.ID }}' }`)).toBe('oidc');
  expect(
    await auth(`- uses: google-github-actions/auth@v2\n  with: { credentials_json: '\${{ secrets.G }}' }`),
  ).toBe('static-keys');
  expect(
    await auth(
      `- uses: google-github-actions/auth@v2\n  with: { workload_identity_provider: p, service_account: s@x }`,
    ),
  ).toBe('oidc');
  expect(await auth('- uses: pypa/gh-action-pypi-publish@release/v1')).toBe('oidc');
  expect(
    await auth("- uses: pypa/gh-action-pypi-publish@release/v1\n  with: { password: '${{ secrets.PYPI }}' }"),
  ).toBe('static-keys');
  expect(
    await auth("- run: npm test\n  env: { DUMMY_PRIVATE_KEY: '${{ secrets.DUMMY_PRIVATE_KEY }}' }"),
  ).toBe('none');
});

test('a fork that keeps the name has the model; one called login has not', async () => {
  const [fork] = await runsOf(
    job(
      `- uses: acme/amazon-ecs-deploy-task-definition@v1\n  with: { task-definition: t.json, cluster: c, service: s }`,
    ),
  );
  expect(fork?.calls.map(({ operation }) => operation)).toContain('ecs update-service');
  const [other] = await runsOf(job(`- uses: acme/login@v1\n  with: { creds: x }`));
  expect(other?.calls.map(({ tool, operation }) => [tool, operation])).toEqual([['action', 'acme/login@v1']]);
});

test('an unknown action is recorded with its inputs; a secret of the application authenticates no run', async () => {
  const source = await workflowOf(
    job(`- uses: acme/ship@v1
  with: { stage: live, smtp: '\${{ secrets.SMTP_PASSWORD }}' }
- uses: actions/setup-node@v4
- uses: actions/checkout@v4`),
  );
  const [run] = source.runs;
  expect(run?.calls.map(shown)).toEqual(['action acme/ship@v1 stage=live smtp=⟨secrets.SMTP_PASSWORD⟩']);
  expect(run).toMatchObject({ auth: 'none', secrets: ['SMTP_PASSWORD'] });
});

test('a credential that only its name tells is found, with its provider', async () => {
  const [run] = await runsOf(
    job(`- run: npx vercel deploy --token "$T"\n  env: { T: '\${{ secrets.VERCEL_DEPLOY_TOKEN }}' }`),
  );
  expect(run).toMatchObject({
    auth: 'static-keys',
    credentials: [{ provider: 'vercel', secrets: ['VERCEL_DEPLOY_TOKEN'], line: 7 }],
  });
});

test('values that actions read out of AWS are named like the calls that would read them', async () => {
  const [run] = await runsOf(
    job(`- uses: aws-actions/aws-secretsmanager-get-secrets@v2
  with:
    secret-ids: |
      DB, shop/prod/db
      shop/prod/*
- uses: dkershner6/aws-ssm-getparameters-action@v2
  with:
    parameterPairs: |
      /shop/prod/url = URL`),
  );
  expect(
    run?.calls.map(({ operation, arguments: given }) => [operation, given['secret-id'] ?? given.name]),
  ).toEqual([
    ['secretsmanager get-secret-value', 'shop/prod/db'],
    ['ssm get-parameter', '/shop/prod/url'],
  ]);
});
