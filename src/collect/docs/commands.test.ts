import { describe, expect, test } from 'vitest';
import { toolFor } from '../rehearse/tools/all.ts';
import { mentionsInCommands, mentionsInInlineCommands } from './commands.ts';
import { parsePage } from './parse.ts';

const mentions = (text: string) =>
  parsePage(text).blocks.flatMap((block) => {
    if (block.type === 'fence') return mentionsInCommands(block, toolFor);
    return block.type === 'text' ? mentionsInInlineCommands(block, toolFor) : [];
  });
const shown = (text: string) =>
  [
    ...new Set(
      mentions(text).map(
        ({ kind, name, sort, line }) => `${line} ${sort === 'reference' ? '? ' : ''}${kind} ${name}`,
      ),
    ),
  ].sort();
const bash = (commands: string) => `\`\`\`bash\n${commands}\n\`\`\`\n`;

test('a command names its resources on the lines where they stand, with cluster and region', () => {
  const text = bash(
    'aws ecs describe-services \\\n  --region eu-west-3 \\\n  --cluster orders-prod \\\n  --services orders-svc',
  );
  expect(shown(text)).toEqual(['4 AWS::ECS::Cluster orders-prod', '5 AWS::ECS::Service orders-svc']);
  expect(mentions(text).find(({ kind }) => kind === 'AWS::ECS::Service')).toMatchObject({
    scope: 'orders-prod',
    region: 'eu-west-3',
  });
});

test('a command in a sentence names its resources', () => {
  expect(shown('Then `aws logs tail /ecs/orders --follow` shows it.')).toEqual([
    '1 AWS::Logs::LogGroup /ecs/orders',
  ]);
});

describe('what a command only would do is a reference', () => {
  test('deleting', () => {
    expect(shown(bash('aws ecr delete-repository --repository-name orders'))).toEqual([
      '2 ? AWS::ECR::Repository orders',
    ]);
  });

  test('creating, where it is still to do', () => {
    const create = 'aws ecr create-repository --repository-name orders';
    expect(shown(bash(create))).toEqual(['2 AWS::ECR::Repository orders']);
    expect(shown(`- [ ] Repository\n  \`\`\`bash\n  ${create}\n  \`\`\`\n`)).toEqual([
      '3 ? AWS::ECR::Repository orders',
    ]);
  });

  test('everything in an example', () => {
    expect(shown(`## Example\n\n${bash('aws s3 ls s3://shop-assets')}`)).toEqual([
      '4 ? AWS::S3::Bucket shop-assets',
    ]);
  });
});

test.each([
  'aws ecs describe-services --cluster <cluster> --services YOUR_SERVICE',
  'aws s3 ls s3://my-bucket/',
  'aws ecs list-tasks --cluster "$CLUSTER"',
  'docker run --rm -p 8000:8000 --name orders-test orders',
  'docker compose up -d orders',
  'sudo systemctl restart docker',
  'curl https://api.shop.fr/health',
  'kubectl get pods',
  'fly logs -i backup',
  'aws ec2 describe-security-groups --group-names default',
  'aws ecs put-cluster-capacity-providers --capacity-providers FARGATE',
  'aws rds restore-db-cluster-to-point-in-time --db-cluster-identifier <cluster>-restore',
])('%s names nothing of the estate', (command) => {
  expect(shown(bash(command))).toEqual([]);
});

test('output of a command names nothing', () => {
  expect(
    shown('```console\n$ aws sts get-caller-identity\naws ecs describe-clusters --clusters printed\n```\n'),
  ).toEqual([]);
});

test('a choice in the words of a command is one name with its list', () => {
  expect(mentions(bash('aws logs tail /ecs/orders-{dev|prod} --follow')).map(({ name }) => name)).toEqual([
    '/ecs/orders-⟨dev,prod⟩',
  ]);
});

test('what a restoration makes is a reference', () => {
  expect(
    shown(bash('aws rds restore-db-instance-from-db-snapshot --db-instance-identifier orders-restored')),
  ).toEqual(['2 ? AWS::RDS::DBInstance orders-restored']);
});

test('an image whose account is left open is known by its repository alone', () => {
  expect(shown(bash('docker push ACCOUNT_ID.dkr.ecr.eu-west-3.amazonaws.com/orders:latest'))).toEqual([
    '2 AWS::ECR::Repository orders',
  ]);
});
