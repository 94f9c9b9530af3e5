import { expect, test } from 'vitest';
import { memoryTree } from '#collect/readers/memory-tree.ts';
import { declarations } from './declarations.ts';
import { declared, of, seen } from './test-declared.ts';

const CHOICE = `name: Deploy
on:
  workflow_dispatch:
    inputs:
      env: { type: choice, options: [dev, prod], default: dev }
env:
  ECR_REPOSITORY: shop-web
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: arn:aws:iam::210123456780:role/ci/deployer
          aws-region: eu-west-3
      - id: ecr
        uses: aws-actions/amazon-ecr-login@v2
      - name: Choose
        run: |
          # CLUSTER=shop-old-cluster
          case "\${{ inputs.env }}" in
            dev)  CLUSTER="shop-dev-cluster"; SERVICE=shop-dev-web ;;
            prod) CLUSTER="shop-prod-cluster"; SERVICE=shop-prod-web ;;
          esac
          echo "CLUSTER=$CLUSTER" >> $GITHUB_ENV
          echo "SERVICE=$SERVICE" >> $GITHUB_ENV
      - run: |
          docker build -t "\${{ steps.ecr.outputs.registry }}/$ECR_REPOSITORY:\${{ github.sha }}" .
          docker push "\${{ steps.ecr.outputs.registry }}/$ECR_REPOSITORY:\${{ github.sha }}"
          aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --force-new-deployment
`;

test('names chosen by a case are found where they are written, each for its environment', async () => {
  const facts = await declared({ '.github/workflows/deploy.yml': CHOICE });
  expect(seen(of(facts, 'AWS::ECS::Cluster'))).toEqual([
    'shop-dev-cluster literal deploy.yml:22 dev',
    'shop-prod-cluster literal deploy.yml:23 prod',
  ]);
  const [service] = of(facts, 'AWS::ECS::Service');
  expect(service).toMatchObject({
    name: 'shop-dev-web',
    scope: 'shop-dev-cluster',
    region: 'eu-west-3',
    account: '210123456780',
    verb: 'requires',
    certainty: 'rehearsed',
    through: '.github/workflows/deploy.yml',
    evidence: { excerpt: 'dev)  CLUSTER="shop-dev-cluster"; SERVICE=shop-dev-web ;;' },
  });
});

test('a pushed image requires its repository, whose name is where it is set', async () => {
  const facts = await declared({ '.github/workflows/deploy.yml': CHOICE });
  expect(seen(of(facts, 'AWS::ECR::Repository'))).toEqual(['shop-web literal deploy.yml:7 dev,prod']);
  const [image] = of(facts, 'Docker::Image');
  expect(image).toMatchObject({
    name: '210123456780.dkr.ecr.eu-west-3.amazonaws.com/shop-web:⟨github.sha⟩',
    nameStatus: 'template',
    verb: 'creates',
    relations: [{ type: 'stored-in', to: { kind: 'AWS::ECR::Repository', name: 'shop-web' } }],
  });
});

test('the workflow and the role of its run are facts, related to what is deployed', async () => {
  const facts = await declared({ '.github/workflows/deploy.yml': CHOICE });
  expect(seen(of(facts, 'AWS::IAM::Role'))).toEqual(['deployer literal deploy.yml:14 dev,prod']);
  const [workflow] = of(facts, 'GitHub::Actions::Workflow');
  expect(workflow?.properties).toEqual({
    name: 'Deploy',
    triggers: ['workflow_dispatch'],
    file: '.github/workflows/deploy.yml',
  });
  expect(workflow?.relations).toEqual(
    expect.arrayContaining([
      {
        type: 'deploys',
        to: { kind: 'AWS::ECS::Service', name: 'shop-prod-web', scope: 'shop-prod-cluster' },
      },
      { type: 'pushes-to', to: { kind: 'AWS::ECR::Repository', name: 'shop-web' } },
      { type: 'assumes', to: { kind: 'AWS::IAM::Role', name: 'deployer' } },
    ]),
  );
});

test('a comment declares nothing', async () => {
  const facts = await declared({ '.github/workflows/deploy.yml': CHOICE });
  expect(facts.filter((fact) => fact.name.includes('old'))).toEqual([]);
});

test('names handed to a reusable workflow are evidenced in its callers', async () => {
  const facts = await declared({
    '.github/workflows/release.yml': `on: push
jobs:
  staging:
    uses: ./.github/workflows/ship.yml
    with: { cluster: quay-staging, service: quay-staging-api }
  prod:
    uses: ./.github/workflows/ship.yml
    with:
      cluster: quay-prod
      service: quay-prod-api
`,
    '.github/workflows/ship.yml': `on:
  workflow_call:
    inputs:
      cluster: { type: string, required: true }
      service: { type: string, required: true }
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - run: aws ecs update-service --cluster \${{ inputs.cluster }} --service \${{ inputs.service }}
`,
  });
  expect(seen(of(facts, 'AWS::ECS::Service'))).toEqual([
    'quay-staging-api literal release.yml:5 staging',
    'quay-prod-api literal release.yml:10 prod',
  ]);
});

test('a computed name is resolved, evidenced by the line of its longest piece', async () => {
  const facts = await declared({
    '.github/workflows/deploy-prod.yml': `on: push
env:
  APP: harbour
  STAGE: prod
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: aws lambda update-function-code --function-name "harbour-worker-$STAGE" --zip-file fileb://a.zip
`,
  });
  expect(seen(of(facts, 'AWS::Lambda::Function'))).toEqual([
    'harbour-worker-prod resolved deploy-prod.yml:9 prod',
  ]);
});

test('what a call deletes is a reference, what a test container is called declares nothing', async () => {
  const facts = await declared({
    '.github/workflows/clean.yml': `on: push
jobs:
  clean:
    runs-on: ubuntu-latest
    steps:
      - run: |
          aws cloudformation delete-stack --stack-name preview-stack
          docker run -d --name db postgres:16
          docker run --rm alpine true
          sudo systemctl start mysql
`,
  });
  expect(
    facts.filter((fact) => fact.kind !== 'GitHub::Actions::Workflow').map((fact) => [fact.name, fact.sort]),
  ).toEqual([['preview-stack', 'reference']]);
});

test('what is started over ssh is of the host', async () => {
  const facts = await declared({
    '.github/workflows/host.yml': `on: push
jobs:
  host:
    runs-on: ubuntu-latest
    steps:
      - run: |
          ssh deploy@app.quay.eu <<'EOF'
          docker run -d --name quay-web --restart always acme/quay:1
          sudo systemctl restart quay-worker
          EOF
`,
  });
  expect(facts.filter((fact) => fact.sort === 'declared').map(({ kind, name }) => `${kind} ${name}`)).toEqual(
    expect.arrayContaining([
      'Host app.quay.eu',
      'Docker::Container quay-web',
      'Docker::Image acme/quay:1',
      'Systemd::Unit quay-worker.service',
    ]),
  );
});

test('the environment of a job, its secrets and variables are facts at their lines, values never', async () => {
  const facts = await declared({
    '.github/workflows/deploy.yml': `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment:
      name: production
      url: https://quay.eu
    steps:
      - run: ./deploy.sh
        env:
          TOKEN: \${{ secrets.QUAY_TOKEN }}
          HOST: \${{ vars.QUAY_HOST }}
          GH: \${{ secrets.GITHUB_TOKEN }}
`,
  });
  expect(seen(of(facts, 'GitHub::Environment'))).toEqual(['production literal deploy.yml:6 prod']);
  expect(of(facts, 'GitHub::Environment')[0]?.properties).toEqual({ url: 'https://quay.eu' });
  expect(seen(of(facts, 'GitHub::Actions::Secret'))).toEqual(['QUAY_TOKEN literal deploy.yml:11 prod']);
  expect(seen(of(facts, 'GitHub::Actions::Variable'))).toEqual(['QUAY_HOST literal deploy.yml:12 prod']);
});

test('a script of its own declares, with its default values and its region', async () => {
  const facts = await declared(
    {
      'scripts/ship.sh': `#!/bin/bash
set -euo pipefail
REGION="\${AWS_REGION:-eu-west-3}"
CLUSTER="\${CLUSTER:-harbour-cluster}"
aws ecs update-service --region "$REGION" --cluster "$CLUSTER" --service harbour-api
`,
    },
    ['scripts/ship.sh'],
  );
  expect(seen(of(facts, 'AWS::ECS::Cluster'))).toEqual(['harbour-cluster literal ship.sh:4']);
  expect(of(facts, 'AWS::ECS::Service')[0]).toMatchObject({ scope: 'harbour-cluster', region: 'eu-west-3' });
});

test('Python in a heredoc is read where it stands', async () => {
  const facts = await declared({
    '.github/workflows/tasks.yml': `on: push
jobs:
  tasks:
    runs-on: ubuntu-latest
    steps:
      - run: |
          python3 - <<'PY'
          import boto3
          ecs = boto3.client("ecs")
          ecs.update_service(
              cluster="harbour-cluster",
              service="harbour-api",
          )
          PY
`,
  });
  expect(seen(of(facts, 'AWS::ECS::Cluster'))).toEqual(['harbour-cluster literal tasks.yml:11']);
  expect(of(facts, 'AWS::ECS::Service')[0]).toMatchObject({ scope: 'harbour-cluster', certainty: 'static' });
});

test('hostile names cost nothing and change nothing but themselves', async () => {
  const facts = await declared({
    '.github/workflows/x.yml': `on: push
env:
  __proto__: { polluted: yes }
  ECS_CLUSTER: "a\\u0000b"
  ECS_SERVICE: "${'x'.repeat(5000)}"
  S3_BUCKET: "\${{ secrets.B }}"
jobs:
  x:
    runs-on: ubuntu-latest
    steps:
      - run: |
          aws ecs update-service --cluster '<script>alert(1)</script>' --service '$(rm -rf /)' --__proto__ x
          aws s3 cp a 's3://[x](javascript:1)/b'
`,
  });
  expect(facts.map((fact) => fact.kind)).not.toContain('AWS::ECS::Cluster');
  expect(facts.map((fact) => fact.kind)).not.toContain('AWS::S3::Bucket');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('thousands of calls and names end in time', () => {
  const script = Array.from({ length: 4_000 }, (_, i) => `aws s3 cp a s3://bucket-${i}-x/`).join('\n');
  const tree = memoryTree({ 'a.sh': script });
  const calls = Array.from({ length: 4_000 }, (_, i) => ({
    tool: 'aws',
    operation: 's3 cp',
    arguments: { words: ['a', `s3://bucket-${i}-of-a-name-with-many-parts-${i}/`] },
    line: i + 1,
    verb: 'requires' as const,
    certainty: 'static' as const,
  }));
  const started = performance.now();
  const run = { file: 'a.sh', reachedFrom: [], arguments: [], calls, notes: [] };
  expect(declarations([], [run, run, run], tree)).toHaveLength(4_000);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('the same repository gives the same facts in the same order', async () => {
  const files = { '.github/workflows/deploy.yml': CHOICE };
  expect(JSON.stringify(await declared(files))).toBe(JSON.stringify(await declared(files)));
});

test('a key whose value only begins the names that calls use names nothing by itself', async () => {
  const text = (cluster: string) => `on: push
env:
  ECS_CLUSTER: quay
jobs:
  a:
    runs-on: x
    steps:
      - run: aws ecs update-service --cluster ${cluster} --service pier
`;
  const clusters = async (cluster: string) =>
    of(await declared({ '.github/workflows/a.yml': text(cluster) }), 'AWS::ECS::Cluster').map(
      (fact) => fact.name,
    );
  expect(await clusters('quay-prod')).toEqual(['quay-prod']);
  expect((await clusters('harbour')).sort()).toEqual(['harbour', 'quay']);
});
