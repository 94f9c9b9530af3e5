import { describe, expect, test } from 'vitest';
import { named, shown } from './test-page.ts';

const names = (text: string, files?: string[]) => shown(named(text, files));
const A = '411122223334';

describe('ARNs', () => {
  test.each([
    [`arn:aws:ecs:eu-west-3:${A}:cluster/orders`, 'AWS::ECS::Cluster orders'],
    [`arn:aws:ecs:eu-west-3:${A}:task-definition/orders:[REVISION]`, 'AWS::ECS::TaskDefinition orders'],
    [
      `arn:aws:elasticloadbalancing:eu-west-3:${A}:targetgroup/orders-tg/89fe413e994d9f0f`,
      'AWS::ElasticLoadBalancingV2::TargetGroup orders-tg',
    ],
    [
      `arn:aws:elasticloadbalancing:eu-west-3:${A}:listener/app/orders-alb/50dc6c49/0467ef3c`,
      'AWS::ElasticLoadBalancingV2::LoadBalancer orders-alb',
    ],
    [`arn:aws:iam::${A}:role/ci/GitHubDeployRole`, 'AWS::IAM::Role GitHubDeployRole'],
    [`arn:aws:lambda:eu-west-3:${A}:function:resize:3`, 'AWS::Lambda::Function resize'],
    ['arn:aws:s3:::shop-assets/*', 'AWS::S3::Bucket shop-assets'],
    [`arn:aws:logs:eu-west-3:${A}:log-group:/ecs/orders:*`, 'AWS::Logs::LogGroup /ecs/orders'],
    [
      `arn:aws:secretsmanager:eu-west-3:${A}:secret:orders/db-AbC12d`,
      'AWS::SecretsManager::Secret orders/db',
    ],
    [`arn:aws:ssm:eu-west-3:${A}:parameter/orders/db/url`, 'AWS::SSM::Parameter /orders/db/url'],
    [`arn:aws:sqs:eu-west-3:${A}:orders.fifo`, 'AWS::SQS::Queue orders.fifo'],
    ['arn:aws:iam::<ACCOUNT_ID>:role/GitHubDeployRole', 'AWS::IAM::Role GitHubDeployRole'],
  ])('%s', (arn, expected) => {
    expect(names(`It is \`${arn}\`.`)).toEqual([expected]);
  });

  test('the service of an ARN keeps its cluster, account and region', () => {
    expect(named(`\`arn:aws:ecs:eu-west-3:${A}:service/main/orders\``)).toMatchObject([
      { kind: 'AWS::ECS::Service', name: 'orders', scope: 'main', account: A, region: 'eu-west-3' },
    ]);
  });

  test.each([
    'arn:aws:iam::aws:policy/AdministratorAccess',
    'arn:aws:iam::123456789012:role/deploy-role',
    'arn:aws:s3:::my-bucket/*',
    `arn:aws:ecr:eu-west-3:${A}:repository/shop-*`,
    'arn:aws:ecs:<region>:<account>:cluster/<name>',
  ])('%s names nothing of the estate', (arn) => {
    expect(names(`\`${arn}\``)).toEqual([]);
  });

  test('a form to fill in, in a block of code, is only a reference', () => {
    expect(names('```yaml\nrole: arn:aws:iam::<account-id>:role/deployer\n```')).toEqual([
      '? AWS::IAM::Role deployer',
    ]);
  });
});

describe('hosts and URIs', () => {
  test.each([
    [
      'orders-alb-1651887598.eu-west-3.elb.amazonaws.com',
      'AWS::ElasticLoadBalancingV2::LoadBalancer orders-alb',
    ],
    [
      'http://internal-orders-alb-1651887598.eu-west-3.elb.amazonaws.com/health',
      'AWS::ElasticLoadBalancingV2::LoadBalancer orders-alb',
    ],
    ['orders-db.c2ryoow8c5m4.eu-west-3.rds.amazonaws.com:5432', 'AWS::RDS::DBInstance orders-db'],
    [
      'postgres://app@orders.cluster-c2ryoow8c5m4.eu-west-3.rds.amazonaws.com/app',
      'AWS::RDS::DBCluster orders',
    ],
    [`https://sqs.eu-west-3.amazonaws.com/${A}/orders-events`, 'AWS::SQS::Queue orders-events'],
    ['s3://shop-assets/images/', 'AWS::S3::Bucket shop-assets'],
    ['shop-site.s3-website-eu-west-3.amazonaws.com', 'AWS::S3::Bucket shop-site'],
    ['https://dc825q4u11mxr.cloudfront.net', 'AWS::CloudFront::Distribution dc825q4u11mxr.cloudfront.net'],
    ['orders-ai.openai.azure.com', 'Azure::CognitiveServices::Account orders-ai'],
    ['https://edge-api.shop.workers.dev', 'Cloudflare::Workers::Script edge-api'],
  ])('%s', (host, expected) => {
    expect(names(`It answers at ${host}.`)).toEqual([expected]);
  });

  test('an image in ECR is its repository and, with a lasting tag, the image', () => {
    expect(names(`\`${A}.dkr.ecr.eu-west-3.amazonaws.com/shop/orders:prod\``)).toEqual([
      'AWS::ECR::Repository shop/orders',
      `Docker::Image ${A}.dkr.ecr.eu-west-3.amazonaws.com/shop/orders:prod`,
    ]);
  });

  test.each([
    '123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:latest',
    '111111111.dkr.ecr.us-east-1.amazonaws.com/orders',
    's3://your-bucket/key',
    '411122223334.dkr.ecr.eu-west-3.amazonaws.com/shop/*',
    's3://<bucket>/key',
    'my-alb-1234567890.us-east-1.elb.amazonaws.com',
    'https://scope.your-domain.workers.dev',
    'https://edge.subdomain.workers.dev/health',
    'https://docs.aws.amazon.com/AmazonECS/latest',
  ])('%s is a manual’s', (text) => {
    expect(names(`See ${text}`)).toEqual([]);
  });
});

describe('ids', () => {
  test('ids of EC2 in the two lengths that EC2 gives', () => {
    expect(names('VPC vpc-05aa7c05949e8096b, group sg-9f3c71d2, host i-0b22a22eec53b9321')).toEqual([
      'AWS::EC2::Instance i-0b22a22eec53b9321',
      'AWS::EC2::SecurityGroup sg-9f3c71d2',
      'AWS::EC2::VPC vpc-05aa7c05949e8096b',
    ]);
  });

  test('ids of manuals are none', () => {
    expect(
      names('i-1234567890abcdef0, sg-12345678, vpc-0abc123, subnet-aaaaaaaa, sg-0123456789abcdef0'),
    ).toEqual([]);
  });

  test('the id of a distribution needs its word, and is not that of an access control', () => {
    expect(names('CloudFront: EPJ3WQCO04UWW')).toEqual(['AWS::CloudFront::Distribution EPJ3WQCO04UWW']);
    expect(names('The key EPJ3WQCO04UWW')).toEqual([]);
    expect(names('CloudFront\n\n- Origin Access Control (OAC): E2TW7B89RBY1WG')).toEqual([]);
  });
});

describe('GitHub', () => {
  test('secrets and workflows in text and in blocks', () => {
    expect(
      names(
        'Runs `.github/workflows/deploy.yml` with `secrets.AWS_ROLE_ARN`.\n\n```yaml\nx: ${{ secrets.NPM_TOKEN }}\ny: ${{ secrets.GITHUB_TOKEN }}\n```',
      ),
    ).toEqual([
      'GitHub::Actions::Secret AWS_ROLE_ARN',
      'GitHub::Actions::Secret NPM_TOKEN',
      'GitHub::Actions::Workflow deploy.yml',
    ]);
  });

  test('a badge counts only for a workflow of this repository', () => {
    const badge =
      '[![CI](https://github.com/a/b/actions/workflows/ci.yml/badge.svg)](https://github.com/a/b/actions/workflows/ci.yml)';
    expect(names(badge)).toEqual([]);
    expect(names(badge, ['.github/workflows/ci.yml'])).toEqual(['GitHub::Actions::Workflow ci.yml']);
  });
});
