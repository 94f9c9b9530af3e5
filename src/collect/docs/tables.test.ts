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
