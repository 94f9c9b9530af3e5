import { expect, test } from 'vitest';
import { toolFor, toolNames } from './all.ts';
import { machine, parsed, prints, recorded, says } from './test-commands.ts';

test('a tool is found under each of its names', () => {
  expect(toolFor('tofu')?.names[0]).toBe('terraform');
  expect(toolFor('sls')?.names[0]).toBe('serverless');
  expect(toolFor('cat')).toBeUndefined();
  expect(toolFor('constructor')).toBeUndefined();
  expect(new Set(toolNames).size).toBe(toolNames.length);
});

test('every tool bears an empty call and one of nothing but options', () => {
  for (const name of toolNames) {
    const tool = toolFor(name);
    for (const argv of [[name], [name, '--'], [name, '--x', '-', '--y=z', '', '--__proto__', 'v', '-xyz']]) {
      const call = tool?.parse(argv);
      expect(call && tool?.verb(call)).toBeTypeOf('string');
      expect(call && tool?.named(call)).toEqual([]);
    }
  }
  expect(({} as Record<string, unknown>).v).toBeUndefined();
});

test.each([
  // hosts
  [
    'ssh -i key.pem -o StrictHostKeyChecking=no deploy@203.0.113.7 "cd /srv && ls -la"',
    ['requires Host 203.0.113.7'],
  ],
  ['ssh -p 2222 deploy@app.acme.eu', ['requires Host app.acme.eu']],
  ['ssh -T git@github.com', []],
  ['ssh ⟨secrets.USER⟩@⟨secrets.HOST⟩ ls', []],
  ['scp -r -i k dist deploy@app.acme.eu:/srv/www', ['requires Host app.acme.eu']],
  ['rsync -avz -e "ssh -p 22" --delete ./ deploy@app.acme.eu:/srv/', ['requires Host app.acme.eu']],
  ['rsync -a src/ /srv/x', []],
  ['systemctl --now enable api', ['requires Systemd::Unit api.service']],
  [
    'systemctl restart api.service worker.timer',
    ['requires Systemd::Unit api.service', 'requires Systemd::Unit worker.timer'],
  ],
  ['systemctl daemon-reload', []],
  ['systemctl restart docker', []],
  ['service nginx reload', ['requires Systemd::Unit nginx.service']],
  // deployers of others
  [
    'ecs-deploy -r eu-west-3 -c shop-prod -n web -i ghcr.io/quai/web:3 -t 600',
    [
      'requires AWS::ECS::Cluster shop-prod',
      'requires AWS::ECS::Service web @shop-prod',
      'uses Docker::Image ghcr.io/quai/web:3',
    ],
  ],
  [
    'ecs deploy shop-prod web -t ⟨github.sha⟩ --timeout 900',
    ['requires AWS::ECS::Cluster shop-prod', 'requires AWS::ECS::Service web @shop-prod'],
  ],
  [
    'ecs run shop-prod migrate',
    ['requires AWS::ECS::Cluster shop-prod', 'requires AWS::ECS::TaskDefinition migrate'],
  ],
  [
    'lambroll deploy --function function.jsonnet --tfstate s3://quai-states/shop/terraform.tfstate',
    ['uses AWS::S3::Bucket quai-states'],
  ],
  [
    'deploy-aws-s3-cloudfront --non-interactive --react --bucket www.quai.fr --distribution E2AB34CD56EF78',
    ['requires AWS::S3::Bucket www.quai.fr', 'requires AWS::CloudFront::Distribution E2AB34CD56EF78'],
  ],
  // Kubernetes
  [
    'kubectl -n shop set image deployment/web web=ghcr.io/acme/web:1',
    ['requires Kubernetes::Deployment web', 'requires Docker::Image ghcr.io/acme/web:1'],
  ],
  ['kubectl rollout status deployment/web --timeout=120s -n shop', ['uses Kubernetes::Deployment web']],
  [
    'kubectl rollout restart deploy web worker',
    ['requires Kubernetes::Deployment web', 'requires Kubernetes::Deployment worker'],
  ],
  ['kubectl get pods -l app=web', []],
  ['kubectl create namespace shop', ['creates Kubernetes::Namespace shop']],
  ['kubectl create secret generic db --from-literal=a=b --dry-run=client -o yaml', []],
  ['kubectl delete job migrate --ignore-not-found', ['deletes Kubernetes::Job migrate']],
  ['kubectl config use-context prod', []],
  [
    'helm upgrade --install web ./chart -n shop --set image.repository=ghcr.io/acme/web,image.tag=1 --wait',
    ['creates Helm::Release web', 'requires Docker::Image ghcr.io/acme/web:1'],
  ],
  ['kustomize edit set image web=ghcr.io/acme/web:1', ['requires Docker::Image ghcr.io/acme/web:1']],
  ['eksctl create cluster --name prod --region eu-west-3', ['creates AWS::EKS::Cluster prod']],
  // Cloudflare
  ['wrangler deploy --name edge-api --env production', ['creates Cloudflare::Workers::Script edge-api']],
  [
    'wrangler pages deploy dist --project-name=site --branch main',
    ['creates Cloudflare::Pages::Project site'],
  ],
  ['wrangler d1 migrations apply shop-db --remote', ['requires Cloudflare::D1::Database shop-db']],
  ['wrangler d1 execute shop-db --local --file x.sql', []],
  ['wrangler r2 object put assets/logo.png --file logo.png', ['requires Cloudflare::R2::Bucket assets']],
  ['wrangler queues create jobs', ['creates Cloudflare::Queue jobs']],
  ['wrangler queues consumer remove jobs edge-api', ['requires Cloudflare::Queue jobs']],
  ['wrangler deploy --dry-run --name edge-api', []],
  ['wrangler versions deploy 0a1b@100% --name edge-api -y', ['creates Cloudflare::Workers::Script edge-api']],
  ['wrangler rollback --name edge-api', ['requires Cloudflare::Workers::Script edge-api']],
  ['wrangler d1 execute shop-db --remote --file x.sql', ['requires Cloudflare::D1::Database shop-db']],
  ['wrangler d1 time-travel restore shop-db --timestamp 1', ['requires Cloudflare::D1::Database shop-db']],
  ['wrangler d1 delete shop-db', ['deletes Cloudflare::D1::Database shop-db']],
  ['wrangler d1 list', []],
  ['wrangler kv:namespace create CACHE', ['creates Cloudflare::KV::Namespace CACHE']],
  [
    'wrangler r2 bucket domain add shop-files --domain f.example',
    ['requires Cloudflare::R2::Bucket shop-files'],
  ],
  [
    'wrangler hyperdrive create shop-pg --connection-string x',
    ['creates Cloudflare::Hyperdrive::Config shop-pg'],
  ],
  [
    'wrangler vectorize create shop-index --dimensions 32',
    ['creates Cloudflare::Vectorize::Index shop-index'],
  ],
  ['wrangler secret bulk secrets.json --name edge-api', ['requires Cloudflare::Workers::Script edge-api']],
  ['wrangler secret:bulk secrets.json --name edge-api', ['requires Cloudflare::Workers::Script edge-api']],
  ['wrangler pages secret put TOKEN --project-name site', ['creates Cloudflare::Pages::Project site']],
  [
    'wrangler secret put API_KEY --name edge-api',
    ['requires Cloudflare::Workers::Script edge-api', 'creates Cloudflare::Workers::Secret edge-api/API_KEY'],
  ],
  // others
  [
    'terraform init -backend-config="bucket=acme-state" -backend-config="key=net" -backend-config="dynamodb_table=locks"',
    ['requires AWS::S3::Bucket acme-state', 'requires AWS::DynamoDB::Table locks'],
  ],
  ['terraform -chdir=infra apply -auto-approve -var-file=prod.tfvars', []],
  ['gh secret set API_KEY --body x', ['creates GitHub::Actions::Secret API_KEY']],
  ['gh workflow run deploy.yml -f env=prod', ['requires GitHub::Actions::Workflow deploy.yml']],
  ['gh workflow run deploy.yml -R acme/other', []],
  [
    'sam deploy --stack-name api --s3-bucket code --no-confirm-changeset --capabilities CAPABILITY_IAM',
    ['creates AWS::CloudFormation::Stack api', 'requires AWS::S3::Bucket code'],
  ],
  ['cdk deploy ApiStack --require-approval never', ['creates AWS::CloudFormation::Stack ApiStack']],
  ['cdk deploy "*" --all', []],
  ['eb deploy shop-prod --staged', ['requires AWS::ElasticBeanstalk::Environment shop-prod']],
  [
    'copilot svc deploy --name api --env prod --app shop',
    ['creates AWS::CloudFormation::Stack shop-prod-api'],
  ],
  ['flyctl deploy --remote-only -a shop-api', ['creates Fly::App shop-api']],
  ['heroku container:release web -a shop', ['creates Heroku::App shop']],
  [
    'gcloud run deploy api --image gcr.io/acme/api:1 --region europe-west1 --quiet',
    ['creates Google::Run::Service api', 'requires Docker::Image gcr.io/acme/api:1'],
  ],
  ['gcloud auth configure-docker --quiet', []],
  [
    'az webapp deploy -g rg -n shop --src-path app.zip',
    ['requires Azure::Web::Site shop', 'requires Azure::Resources::ResourceGroup rg'],
  ],
  [
    'skopeo copy docker://quay.io/a/b:1 docker://ghcr.io/acme/b:1',
    ['uses Docker::Image quay.io/a/b:1', 'creates Docker::Image ghcr.io/acme/b:1'],
  ],
  [
    'crane copy quay.io/a/b:1 ghcr.io/acme/b:1',
    ['uses Docker::Image quay.io/a/b:1', 'creates Docker::Image ghcr.io/acme/b:1'],
  ],
  ['cosign sign --yes ghcr.io/acme/b:1', ['requires Docker::Image ghcr.io/acme/b:1']],
  ['git push origin main', []],
  ['curl -fsS https://api.acme.eu/health', []],
])('%s', (line, expected) => {
  expect(says(line).sort()).toEqual([...expected].sort());
});

test('operations are the words that rules know them by', () => {
  const operation = (line: string) => `${parsed(line).tool} ${parsed(line).operation}`.trim();
  expect(operation('kubectl -n shop rollout restart deployment/web')).toBe('kubectl rollout restart');
  expect(operation('helm -n shop upgrade --install web ./chart')).toBe('helm upgrade');
  expect(operation('terraform -chdir=infra apply -auto-approve')).toBe('terraform apply');
  expect(operation('gcloud beta run deploy api --image x')).toBe('gcloud beta run deploy');
  expect(operation('az webapp config container set --name a')).toBe('az webapp config container set');
  expect(operation('wrangler d1 migrations apply DB --remote')).toBe('wrangler d1 migrations apply');
  expect(operation('systemctl --user restart api')).toBe('systemctl restart');
  expect(operation('service nginx restart')).toBe('service restart');
  expect(operation('vercel --prod --token x')).toBe('vercel');
  expect(operation('fly deploy')).toBe('flyctl deploy');
  expect(operation('ssh host ls -l')).toBe('ssh');
  expect(parsed('ssh -i k u@host ls -l').words).toEqual(['u@host', 'ls', '-l']);
});

test('a probe is answered as by a server that is well', async () => {
  expect(await prints('curl -s -o /dev/null -w "%{http_code}" https://x.acme.eu')).toBe('200');
  expect(await prints('curl -s https://x.acme.eu/version')).toBe('⟨answer of https://x.acme.eu/version⟩');
  expect(await prints('wget -q https://x.acme.eu/a.tgz')).toBe('');
});

test('manifests give their objects and images, from files and from a pipe', async () => {
  const manifest =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {template: {spec: {containers: [{image: "acme/web:1"}]}}}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n';
  expect(await recorded('kubectl apply -f k8s/web.yml', machine({ 'k8s/web.yml': manifest }))).toMatchObject({
    objects: ['Deployment/shop/web', 'Service/web'],
    images: ['acme/web:1'],
  });
  expect(await recorded('kubectl apply -f -', machine({}, manifest))).toMatchObject({
    images: ['acme/web:1'],
  });
  expect(await recorded('kubectl apply -f broken.yml', machine({ 'broken.yml': 'kind: [\n  - {' }))).toEqual({
    f: 'broken.yml',
  });
});

test('an alias bomb in a manifest costs nothing', async () => {
  const bomb = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
    .join('\n')}\n`;
  const started = performance.now();
  expect(await recorded('kubectl apply -f b.yml', machine({ 'b.yml': bomb }))).toMatchObject({
    objects: ['ConfigMap/a'],
  });
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('wrangler takes its script from its configuration, an environment adds its own name', async () => {
  const files = { 'wrangler.toml': 'name = "edge"\n[env.staging]\nname = "edge-stg"\n' };
  expect(await recorded('wrangler deploy', machine(files))).toEqual({ script: 'edge' });
  expect(await recorded('wrangler deploy --env staging', machine(files))).toMatchObject({
    script: 'edge-stg',
  });
  expect(await recorded('wrangler deploy --env production', machine(files))).toMatchObject({
    script: 'edge-production',
  });
  expect(
    await recorded('wrangler deploy', machine({ 'wrangler.jsonc': '{ // c\n "name": "edge" }' })),
  ).toEqual({ script: 'edge' });
  expect(await recorded('wrangler deploy', machine({ 'wrangler.toml': 'name = ' }))).toEqual({});
});

test('wrangler finds its configuration in the folders above, JSON before TOML, and the database of a binding', async () => {
  const text = `{ "name": "edge", "d1_databases": [{ "binding": "DB", "database_name": "shop-db" }],
    "env": { "live": { "d1_databases": [{ "binding": "DB", "database_name": "shop-live" }] } } }`;
  const files = { '../wrangler.jsonc': text, 'wrangler.toml': 'name = "other"' };
  expect(await recorded('wrangler deploy', machine(files))).toEqual({ script: 'edge' });
  expect(
    await recorded('wrangler d1 execute DB --remote --file x.sql --env live', machine(files)),
  ).toMatchObject({
    database: 'shop-live',
    words: ['DB'],
  });
  expect(await recorded('wrangler d1 execute shop-db', machine(files))).toEqual({ words: ['shop-db'] });
  expect(await recorded('wrangler deploy --env=', machine(files))).toMatchObject({ script: 'edge' });
  expect(
    await recorded(
      'wrangler deploy',
      machine({ 'wrangler.toml': 'name = "a"\npages_build_output_dir = "x"' }),
    ),
  ).toEqual({});
  expect(
    await recorded(
      'wrangler pages deploy x',
      machine({ 'wrangler.toml': 'name = "a"\npages_build_output_dir = "x"' }),
    ),
  ).toEqual({ words: ['x'], project: 'a' });
});

test('what an execution on a database would destroy is read in its command and in its file', async () => {
  const files = {
    'reset.sql': 'DROP TABLE IF EXISTS orders;\nCREATE TABLE orders (id);',
    'add.sql': 'SELECT 1;',
  };
  const run = (command: string) => recorded(command, machine(files));
  expect(await run('wrangler d1 execute shop --remote --file reset.sql')).toMatchObject({
    destroys: ['DROP TABLE orders'],
  });
  expect(await run('wrangler d1 execute shop --remote --command="DELETE FROM users"')).toMatchObject({
    destroys: ['DELETE FROM users'],
  });
  expect(await run('wrangler d1 execute shop --remote --file add.sql')).not.toHaveProperty('destroys');
  expect(await run('wrangler d1 execute shop --remote --file gone.sql')).not.toHaveProperty('destroys');
});
