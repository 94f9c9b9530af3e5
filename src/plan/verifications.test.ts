import { expect, test } from 'vitest';
import type { Kind } from '#model/fact.ts';
import { resourceId } from '#model/kinds/kinds.ts';
import type { Resource } from '#model/resource.ts';
import { verificationsOf } from './verifications.ts';

const resource = (kind: Kind, name: string, more: Partial<Resource> = {}): Resource => ({
  id: resourceId({ kind, name }),
  key: resourceId({ kind, name }),
  kind,
  name,
  nameStatus: 'literal',
  provider: 'aws',
  environments: [],
  status: 'unverified',
  declared: [],
  observed: [],
  properties: {},
  drift: [],
  facts: [],
  ...more,
});

test('names of one kind and region are asked for by one exact command', () => {
  const [proof, ...rest] = verificationsOf([
    resource('AWS::ECR::Repository', 'orders', { region: 'eu-west-3' }),
    resource('AWS::ECR::Repository', 'shop/web', { region: 'eu-west-3' }),
  ]);
  expect(rest).toEqual([]);
  expect(proof?.command).toBe(
    `aws ecr describe-repositories --region eu-west-3 --query 'repositories[?contains(\`["orders","shop/web"]\`, repositoryName)].repositoryName' --output text`,
  );
  expect(proof?.title.en).toBe('ECR repository in `eu-west-3`');
});

test('another region, another cluster: another command', () => {
  const proofs = verificationsOf([
    resource('AWS::ECS::Service', 'api', { scope: 'dev', region: 'eu-west-3' }),
    resource('AWS::ECS::Service', 'api', { scope: 'prod', region: 'eu-west-3' }),
    resource('AWS::ECS::Service', 'api', { scope: 'prod', region: 'us-east-1' }),
  ]);
  expect(proofs.map((proof) => proof.command.replace(/ --query.*/, ''))).toEqual([
    'aws ecs describe-services --region eu-west-3 --cluster dev --services api',
    'aws ecs describe-services --region eu-west-3 --cluster prod --services api',
    'aws ecs describe-services --region us-east-1 --cluster prod --services api',
  ]);
});

test('eleven services of one cluster take two calls of ten at most', () => {
  const services = Array.from({ length: 11 }, (_, i) =>
    resource('AWS::ECS::Service', `s${i}`, { scope: 'c' }),
  );
  expect(verificationsOf(services)[0]?.command.split('\n')).toHaveLength(2);
});

test('a name known only at run time, or in a cluster known only then, makes no command', () => {
  expect(
    verificationsOf([
      resource('AWS::ECR::Repository', 'x-⟨inputs.env⟩', { nameStatus: 'template' }),
      resource('AWS::ECS::Service', 'api', { scope: '⟨inputs.cluster⟩' }),
      resource('AWS::EC2::VPC', 'network.main', { nameStatus: 'logical' }),
    ]),
  ).toEqual([]);
});

test('a hostile name stays one word of the shell', () => {
  const [proof] = verificationsOf([resource('AWS::ECS::Cluster', "a'; rm -rf ~; '")]);
  expect(proof?.command).toContain(String.raw`--clusters 'a'\''; rm -rf ~; '\''' --query`);
});

test('a secret that the repository does not list may be one of its environments or of its organisation', () => {
  const [proof] = verificationsOf([
    resource('GitHub::Actions::Secret', 'DEPLOY_KEY', { provider: 'github' }),
  ]);
  expect(proof?.expected).toMatchObject({ en: expect.stringContaining('`--env`') });
  expect(JSON.stringify(proof?.expected)).not.toContain('does not exist');
});
