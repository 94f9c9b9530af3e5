import { expect, test } from 'vitest';
import { named, shown } from './test-page.ts';

const names = (text: string) => shown(named(text));

test('the first cell of a row says the kind of the name in the next', () => {
  expect(
    names(`
| Composant | Nom | État |
| --- | --- | --- |
| **ECR Repository** | \`orders\` | ✅ |
| **ECS Service** | \`orders-svc\` | ✅ |
| ALB Target Group | orders-tg | ✅ |
| Target Group Type | \`ip-mode\` | ✅ |
`),
  ).toEqual([
    'AWS::ECR::Repository orders',
    'AWS::ECS::Service orders-svc',
    'AWS::ElasticLoadBalancingV2::TargetGroup orders-tg',
  ]);
});

test('a column’s header says the kind of its names, and a tick in another column does not deny them', () => {
  expect(
    names(`
| Workflow | ECR repository | Deploys to ECS |
| --- | --- | --- |
| \`deploy-dev.yml\` | \`orders\` | ❌ No |
`),
  ).toEqual(['AWS::ECR::Repository orders', 'GitHub::Actions::Workflow deploy-dev.yml']);
});

test('a status that denies makes the row a reference', () => {
  expect(
    names(`
| Component | Name | Status |
| --- | --- | --- |
| ECR repository | \`orders-web\` | ❌ to be created |
| ECS cluster | \`orders-prod\` | ⚠️ not verified |
`),
  ).toEqual(['? AWS::ECR::Repository orders-web', 'AWS::ECS::Cluster orders-prod']);
});

test('a column of names takes its kind from the heading', () => {
  expect(
    names('### Fonctions Lambda\n\n| Nom | Runtime |\n| --- | --- |\n| `resize-images` | nodejs22.x |\n'),
  ).toEqual(['AWS::Lambda::Function resize-images']);
});

test('a column called “rôle” tells what things are for, not roles of IAM', () => {
  expect(names('# AWS\n\n| Variable | Rôle |\n| --- | --- |\n| `A_B` | expose `user_id` |\n')).toEqual([]);
});

test('the column of an environment is kept as a hint', () => {
  const [mention] = named('| | Production |\n| --- | --- |\n| ECS cluster | `orders-main` |\n');
  expect(mention?.hints).toContain('Production');
});

test('cells left empty or undefined name nothing', () => {
  expect(
    names('| Composant | Nom |\n| --- | --- |\n| ECS Service | Non défini |\n| Domain | À vérifier |\n'),
  ).toEqual([]);
});

test('a listing of a console under a heading names one resource a line', () => {
  expect(
    names('### Buckets S3\n\n```\nshop-assets    → images\nshop-logs-...  → logs\nTotal          → 2\n```\n'),
  ).toEqual(['AWS::S3::Bucket shop-assets']);
});

test('columns of environments each give a name of the row’s kind, other columns do not', () => {
  expect(
    names(`
| Resource | Staging | Prod (eu) | Notes |
| --- | --- | --- | --- |
| ECS service | \`quay-stg\` | quay-prod | behind \`quay-notes\` |
`),
  ).toEqual(['AWS::ECS::Service quay-prod', 'AWS::ECS::Service quay-stg']);
});

test('a label may say a service and what its thing is for', () => {
  expect(
    names(`
| Component | Resource |
| --- | --- |
| S3 Archive | \`quay-archive\` |
| SNS Alerts | \`quay-alerts\` |
| S3 Lifecycle | \`quay-thirty-days\` |
`),
  ).toEqual(['AWS::S3::Bucket quay-archive', 'AWS::SNS::Topic quay-alerts']);
});

test('a column of examples declares nothing', () => {
  expect(
    names('| Resource | Pattern | Example |\n| --- | --- | --- |\n| S3 bucket | `{x}-{y}` | `quay-raw` |\n'),
  ).toEqual(['? AWS::S3::Bucket quay-raw']);
});

test('of several names in a cell, those in one list are of its kind', () => {
  expect(
    names(
      '| Resource | Details |\n| --- | --- |\n| Lambda functions | `quay-in` + `quay-out` — deployed by `quay-ci` |\n',
    ),
  ).toEqual(['AWS::Lambda::Function quay-in', 'AWS::Lambda::Function quay-out']);
});

test('a measure or the id of a run in a row about S3 is no bucket', () => {
  expect(
    names(
      '| Step | Run ID | State |\n| --- | --- | --- |\n| Extraction S3 | ~0.6s | ✅ |\n| S3 | `run-s3-001` | ✅ |\n',
    ),
  ).toEqual([]);
});

test('what waits for its deployment is not there', () => {
  expect(
    names('| Service ECS | Statut |\n| --- | --- |\n| `quay-api` | ⏳ |\n| `quay-web` | À déployer |\n'),
  ).toEqual(['? AWS::ECS::Service quay-api', '? AWS::ECS::Service quay-web']);
});

test('the parameters of a function are no repositories', () => {
  expect(names('### push_to_ecr\n\n| Name | Type |\n| --- | --- |\n| `image_tag` | `str` |\n')).toEqual([]);
});

test('who looks after a service is no name of it', () => {
  const table = (header: string) =>
    `| Area | ${header} |\n| --- | --- |\n| SQS queue | Quay-team |\n| S3 bucket | quay-raw |\n`;
  expect(names(table('Owner'))).toEqual([]);
  expect(names(table('주 담당'))).toEqual([]);
  expect(names(table('Value'))).toEqual(['AWS::S3::Bucket quay-raw', 'AWS::SQS::Queue Quay-team']);
});

test('a column of functions under Lambda holds those of Lambda', () => {
  const table = '| Function | Purpose |\n| --- | --- |\n| quay-sort | sorts |\n| `quay_sort` | in code |\n';
  expect(names(`### Lambda functions\n\n${table}`)).toEqual(['AWS::Lambda::Function quay-sort']);
  expect(names(`### Helpers\n\n${table}`)).toEqual([]);
});

test('the sentence above a table says what its rows are, also over several lines', () => {
  expect(
    shown(
      named(
        '# Checks\n\nDeployed once. The only hand-made pieces are two SSM parameters,\nkept out of the code:\n\n| Parameter | Purpose |\n| --- | --- |\n| `/quay/pass` | opens |\n',
      ),
    ),
  ).toEqual(['AWS::SSM::Parameter /quay/pass']);
});

test('services in a table with their ports are parts of an application; with what runs them they are ECS’s', () => {
  const table = (...columns: string[]) =>
    `## Services (AWS ECS)\n\n| Service | ${columns.join(' | ')} |\n| --- |${columns.map(() => ' --- |').join('')}\n| \`quay-orders\` |${columns.map(() => ' x |').join('')}\n`;
  expect(shown(named(table('Port')))).toEqual([]);
  expect(shown(named(table('Port', 'Cluster')))).toContain('AWS::ECS::Service quay-orders');
});

test('a row about DNS that speaks of Route 53 names a record', () => {
  expect(
    shown(
      named('| What | How | Name |\n| --- | --- | --- |\n| DNS | Route 53 → 203.0.113.9 | `www.quay.fr` |\n'),
    ),
  ).toEqual(['AWS::Route53::RecordSet www.quay.fr']);
});

test('a table of what stands for what names nothing of AWS', () => {
  const table = (title: string) =>
    `## Services (AWS ECS)\n\n| Local service | ${title} | Why |\n| --- | --- | --- |\n| quay-orders | ECS Fargate | x |\n`;
  expect(shown(named(table('Cluster')))).toEqual(['AWS::ECS::Service quay-orders']);
  expect(shown(named(table('AWS service')))).toEqual([]);
});
