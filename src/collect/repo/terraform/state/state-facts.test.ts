import { describe, expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { memoryTree } from '../../../readers/memory-tree.ts';
import { stateFacts } from './state-facts.ts';
import { readState } from './state-file.ts';
import { ACCOUNT, arn, instance, resource, shown, shownOf, stateOf } from './test-state.ts';

function factsOf(text: string, file = 'infra/terraform.tfstate'): Fact[] {
  const state = readState(text);
  if ('why' in state) throw new Error(state.why.en);
  return stateFacts(state.entries, { file, source: 'repo' }, memoryTree({}));
}
const named = (facts: readonly Fact[]) => facts.map(({ kind, name, nameStatus }) => [kind, name, nameStatus]);
const of = (facts: readonly Fact[], kind: string) => facts.find((fact) => fact.kind === kind);
const queue = (name: string, region = 'eu-west-3') =>
  instance({ name, arn: arn('sqs', name, region), visibility_timeout_seconds: 30 });

test('a resource is declared with its name, its place and what is stated, and without the text of its line', () => {
  const [fact] = factsOf(stateOf([resource('aws_sqs_queue.jobs', [queue('quay-prod-jobs')])]));
  expect(fact).toEqual({
    kind: 'AWS::SQS::Queue',
    name: 'quay-prod-jobs',
    nameStatus: 'resolved',
    source: 'repo',
    sort: 'declared',
    verb: 'creates',
    certainty: 'static',
    evidence: { source: 'repo', file: 'infra/terraform.tfstate', line: 14 },
    environments: ['prod'],
    account: ACCOUNT,
    region: 'eu-west-3',
    arn: arn('sqs', 'quay-prod-jobs'),
    terraform: { address: 'aws_sqs_queue.jobs' },
    properties: { visibilityTimeout: 30 },
  });
});

describe('names', () => {
  test('what the provider chose is known', () => {
    const facts = factsOf(
      stateOf([
        resource('aws_cloudfront_distribution.site', [
          instance({
            id: 'E1ABCDEF2GHIJK',
            arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/E1ABCDEF2GHIJK`,
          }),
        ]),
        resource('aws_vpc_endpoint.s3', [instance({ id: 'vpce-0a1b2c3d4e5f60718' })]),
        resource('aws_kms_key.data', [instance({ id: '6f5c', key_id: '6f5c', arn: arn('kms', 'key/6f5c') })]),
      ]),
    );
    expect(named(facts)).toEqual([
      ['AWS::CloudFront::Distribution', 'E1ABCDEF2GHIJK', 'resolved'],
      ['AWS::EC2::VPCEndpoint', 'vpce-0a1b2c3d4e5f60718', 'resolved'],
      ['AWS::KMS::Key', '6f5c', 'resolved'],
    ]);
  });

  test('a key is called by its alias', () => {
    const facts = factsOf(
      stateOf([
        resource('aws_kms_key.data', [instance({ id: '6f5c', key_id: '6f5c', arn: arn('kms', 'key/6f5c') })]),
        resource('aws_kms_alias.data', [instance({ name: 'alias/quay', target_key_id: '6f5c' })]),
      ]),
    );
    expect(facts).toMatchObject([{ name: 'alias/quay', arn: arn('kms', 'key/6f5c') }]);
  });

  test('a `Name` tag names one thing; of several with the same each has its id', () => {
    const subnet = (id: string, name: string) => instance({ id, tags: { Name: name } }, { key: id });
    const facts = factsOf(
      stateOf([
        resource('aws_subnet.all', [
          subnet('subnet-0a1b2c3d', 'private'),
          subnet('subnet-0a1b2c3e', 'private'),
          subnet('subnet-0a1b2c3f', 'public'),
        ]),
      ]),
    );
    expect(facts.map(({ name, otherNames }) => [name, otherNames])).toEqual([
      ['subnet-0a1b2c3d', undefined],
      ['subnet-0a1b2c3e', undefined],
      ['public', ['subnet-0a1b2c3f']],
    ]);
  });

  test('a queue of the same name in two regions is two', () => {
    const facts = factsOf(
      stateOf([
        resource('aws_sqs_queue.here', [queue('jobs')]),
        resource('aws_sqs_queue.there', [queue('jobs', 'us-east-1')], '.us'),
      ]),
    );
    expect(facts.map(({ name, region }) => [name, region])).toEqual([
      ['jobs', 'eu-west-3'],
      ['jobs', 'us-east-1'],
    ]);
  });

  test('of a plan, what is known only after apply stays out', () => {
    const plan = shownOf(
      [shown('aws_sqs_queue', { name: 'jobs' }), shown('aws_sns_topic', { fifo_topic: false })],
      'planned_values',
    );
    expect(named(factsOf(plan))).toEqual([
      ['AWS::SQS::Queue', 'jobs', 'resolved'],
      ['AWS::SNS::Topic', 'module.data.aws_sns_topic.main', 'logical'],
    ]);
  });
});

describe('relations', () => {
  test('ids, ARNs and addresses lead to the resources that they are of', () => {
    const balancer = arn('elasticloadbalancing', 'loadbalancer/app/quay/0123456789abcdef');
    const facts = factsOf(
      stateOf([
        resource('aws_vpc.main', [instance({ id: 'vpc-0a1b2c3d', tags: { Name: 'quay' } })]),
        resource('aws_security_group.web', [instance({ id: 'sg-1', name: 'web', vpc_id: 'vpc-0a1b2c3d' })]),
        resource('aws_lb.web', [
          instance({
            arn: balancer,
            id: balancer,
            name: 'quay',
            dns_name: 'q.elb.example.org',
            security_groups: ['sg-1'],
          }),
        ]),
        resource('aws_route53_zone.main', [instance({ id: 'Z1', name: 'quay.example.org' })]),
        resource('aws_route53_record.www', [
          instance({ name: 'www', type: 'A', zone_id: 'Z1', alias: [{ name: 'q.elb.example.org' }] }),
        ]),
      ]),
    );
    const to = (kind: string) => of(facts, kind)?.relations?.map((one) => [one.type, one.to.name]);
    expect(to('AWS::EC2::SecurityGroup')).toEqual([['part-of', 'quay']]);
    expect(to('AWS::ElasticLoadBalancingV2::LoadBalancer')).toEqual([['uses', 'web']]);
    expect(to('AWS::Route53::RecordSet')).toEqual([
      ['part-of', 'quay.example.org'],
      ['routes-to', 'quay'],
    ]);
    expect(of(facts, 'AWS::Route53::RecordSet')).toMatchObject({ name: 'www.quay.example.org', scope: 'A' });
  });

  test('a plain name is that of the kind that stands there, not of whatever is called alike', () => {
    const facts = factsOf(
      stateOf([
        resource('aws_s3_bucket.files', [instance({ id: 'quay', bucket: 'quay', arn: 'arn:aws:s3:::quay' })]),
        resource('aws_s3_bucket_versioning.files', [
          instance({ id: 'quay', bucket: 'quay', versioning_configuration: [{ status: 'Enabled' }] }),
        ]),
        resource('aws_codebuild_project.ci', [instance({ name: 'ci', service_role: 'quay' })]),
      ]),
    );
    expect(of(facts, 'AWS::S3::Bucket')?.properties).toEqual({ versioning: 'Enabled' });
    expect(of(facts, 'AWS::CodeBuild::Project')?.relations).toEqual([
      { type: 'assumes', to: { kind: 'AWS::IAM::Role', name: 'quay' } },
    ]);
  });

  test('a service is within its cluster, and its containers are read', () => {
    const cluster = arn('ecs', 'cluster/quay');
    const task = arn('ecs', 'task-definition/api:7');
    const containers = [{ name: 'api', image: 'nginx:1.27', environment: [{ name: 'A', value: 'canary' }] }];
    const facts = factsOf(
      stateOf([
        resource('aws_ecs_cluster.main', [instance({ name: 'quay', arn: cluster, id: cluster })]),
        resource('aws_ecs_task_definition.api', [
          instance({
            family: 'api',
            arn: task,
            id: 'api',
            container_definitions: JSON.stringify(containers),
          }),
        ]),
        resource('aws_ecs_service.api', [instance({ name: 'api', cluster, task_definition: task })]),
      ]),
    );
    expect(of(facts, 'AWS::ECS::Service')).toMatchObject({
      scope: 'quay',
      relations: [{ to: { name: 'quay' } }, { to: { kind: 'AWS::ECS::TaskDefinition', name: 'api' } }],
    });
    expect(of(facts, 'Docker::Image')?.name).toBe('nginx:1.27');
  });
});

test('no value of a secret reaches a fact, whatever marks it or not', () => {
  const secret = (name: string) => `canary-${name}`;
  const hidden = arn('sns', secret('name'));
  const containers = [
    {
      name: 'api',
      image: 'nginx:1.27',
      command: ['--token', secret('command')],
      environment: [{ name: 'DATABASE_URL', value: `postgres://u:${secret('url')}@db.example.org/quay` }],
    },
  ];
  const entries = [
    resource('aws_db_instance.db', [instance({ identifier: 'db', password: secret('password'), tags: {} })]),
    resource('aws_rds_cluster.db', [
      instance({ cluster_identifier: 'db', master_password: secret('master') }),
    ]),
    resource('aws_ssm_parameter.key', [
      instance({ name: '/quay/key', type: 'SecureString', value: secret('value') }),
    ]),
    resource('aws_secretsmanager_secret_version.key', [
      instance({ secret_id: arn('secretsmanager', 'secret:quay-AbCdEf'), secret_string: secret('string') }),
    ]),
    resource('aws_lambda_function.api', [
      instance({ function_name: 'api', environment: [{ variables: { TOKEN: secret('variable') } }] }),
    ]),
    resource('aws_instance.web', [instance({ id: 'i-0a1b2c3d', user_data: secret('user-data') })]),
    resource('aws_cloudfront_distribution.site', [
      instance({
        id: 'E1',
        origin: [{ domain_name: 'o.example.org', custom_header: [{ value: secret('header') }] }],
      }),
    ]),
    resource('aws_iam_access_key.ci', [instance({ id: 'AKIA', secret: secret('key'), user: 'ci' })]),
    resource('random_password.db', [instance({ result: secret('random') })]),
    resource('aws_ecs_task_definition.api', [
      instance({ family: 'api', container_definitions: JSON.stringify(containers) }),
    ]),
    resource('aws_sns_topic.hidden', [
      instance({ name: secret('name'), arn: hidden, id: hidden }, { sensitive: ['name'] }),
    ]),
    resource('aws_cloudwatch_metric_alarm.a', [instance({ alarm_name: 'a', alarm_actions: [hidden] })]),
    resource('aws_sqs_queue.q', [
      instance({ name: 'q', kms_master_key_id: secret('key-id') }, { sensitive: ['kms_master_key_id'] }),
    ]),
  ];
  const outputs = { password: { value: secret('output'), type: 'string', sensitive: true } };
  const facts = factsOf(stateOf(entries, { outputs }));
  expect(facts.length).toBeGreaterThan(8);
  expect(JSON.stringify(facts)).not.toContain('canary');
  expect(facts.find(({ kind }) => kind === 'AWS::SNS::Topic')).toMatchObject({ nameStatus: 'logical' });

  const values = { identifier: 'db', password: secret('shown'), engine: secret('engine') };
  const plan = shownOf(
    [shown('aws_db_instance', values, { sensitive_values: { engine: true } })],
    'planned_values',
    {
      variables: { password: { value: secret('given') } },
    },
  );
  expect(factsOf(plan)).toMatchObject([{ name: 'db' }]);
  expect(JSON.stringify(factsOf(plan))).not.toContain('canary');
});
