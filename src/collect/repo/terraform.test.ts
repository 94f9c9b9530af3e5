import { describe, expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { collectFiles } from './collect-files.ts';
import { terraform } from './terraform.ts';

const AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n';
const collect = (files: Record<string, string>) => collectFiles(terraform, files);
const factsOf = (text: string) => collect({ 'main.tf': `${AWS}${text}` }).facts;
const named = (facts: readonly Fact[]) => facts.map(({ kind, name, nameStatus }) => [kind, name, nameStatus]);

describe('names', () => {
  test('a name in full is literal, with its line, its region and what is stated', () => {
    const [queue] = factsOf(
      'resource "aws_sqs_queue" "jobs" {\n  name = "quay-jobs"\n  visibility_timeout_seconds = 30\n}\n',
    );
    expect(queue).toMatchObject({
      kind: 'AWS::SQS::Queue',
      name: 'quay-jobs',
      nameStatus: 'literal',
      verb: 'creates',
      sort: 'declared',
      region: 'eu-west-3',
      evidence: { file: 'main.tf', line: 5 },
      properties: { visibilityTimeout: 30 },
    });
    expect(queue?.properties).not.toHaveProperty('fifoQueue');
  });

  test('variables, locals and functions are worked out', () => {
    const text = `variable "env" { default = "prod" }
locals { name = lower(join("-", ["Quay", var.env])) }
resource "aws_ecs_cluster" "main" { name = local.name }
`;
    expect(named(factsOf(text))).toEqual([['AWS::ECS::Cluster', 'quay-prod', 'resolved']]);
    expect(factsOf(text)[0]?.environments).toEqual(['prod']);
  });

  test('what a run alone knows keeps its place in a template', () => {
    const text = 'variable "env" {}\nresource "aws_ecs_cluster" "main" { name = "quay-${var.env}" }\n';
    expect(named(factsOf(text))).toEqual([['AWS::ECS::Cluster', 'quay-⟨var.env⟩', 'template']]);
  });

  test('a name of which nothing is known is the address, and so is one that is not given', () => {
    const text =
      'variable "name" {}\nresource "aws_s3_bucket" "files" { bucket = var.name }\nresource "aws_sns_topic" "news" {}\n';
    expect(named(factsOf(text))).toEqual([
      ['AWS::S3::Bucket', 'aws_s3_bucket.files', 'logical'],
      ['AWS::SNS::Topic', 'aws_sns_topic.news', 'logical'],
    ]);
  });

  test('a part that is empty by default is unknown', () => {
    const text =
      'variable "stack" { default = "" }\nresource "aws_sns_topic" "news" { name = "${var.stack}-news" }\n';
    expect(named(factsOf(text))).toEqual([['AWS::SNS::Topic', '⟨…⟩-news', 'template']]);
  });

  test('a prefix is a template', () => {
    expect(named(factsOf('resource "aws_iam_role" "r" { name_prefix = "quay-task-" }'))).toEqual([
      ['AWS::IAM::Role', 'quay-task-⟨…⟩', 'template'],
    ]);
  });

  test('each instance of for_each and count has its own name', () => {
    const text = `resource "aws_sqs_queue" "all" {
  for_each = toset(["mail", "print"])
  name     = "quay-\${each.key}"
}
resource "aws_sns_topic" "two" {
  count = 2
  name  = "news-\${count.index}"
}
`;
    expect(factsOf(text).map(({ name }) => name)).toEqual(['quay-mail', 'quay-print', 'news-0', 'news-1']);
  });

  test('what count leaves out is not declared', () => {
    expect(factsOf('resource "aws_sns_topic" "none" {\n  count = 0\n  name = "none"\n}')).toEqual([]);
  });

  test('the default of a sensitive variable is told nowhere', () => {
    const text = `variable "key" {
  sensitive = true
  default   = "hunter2hunter2"
}
resource "aws_ssm_parameter" "key" {
  name  = "/quay/\${var.key}"
  type  = "SecureString"
  value = var.key
}
`;
    const facts = factsOf(text);
    expect(facts[0]?.name).toBe('/quay/⟨var.key⟩');
    expect(JSON.stringify(facts)).not.toContain('hunter2');
  });

  test('an unknown type is a resource of Terraform, known by its address', () => {
    expect(named(factsOf('resource "aws_fsx_lustre_file_system" "scratch" {}'))).toEqual([
      ['Terraform::aws_fsx_lustre_file_system', 'aws_fsx_lustre_file_system.scratch', 'logical'],
    ]);
    expect(factsOf('resource "random_id" "x" {}\nresource "aws_s3_bucket_acl" "x" {}')).toEqual([]);
  });

  test('a listener is called by its load balancer and its port, where both are known', () => {
    const text = `variable "port" {}
resource "aws_lb" "edge" { name = "quay-edge" }
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.edge.arn
  port              = 443
}
resource "aws_lb_listener" "other" {
  load_balancer_arn = aws_lb.edge.arn
  port              = var.port
}
`;
    const kind = 'AWS::ElasticLoadBalancingV2::Listener';
    expect(named(factsOf(text)).filter(([one]) => one === kind)).toEqual([
      [kind, 'quay-edge:443', 'resolved'],
      [kind, 'aws_lb_listener.other', 'logical'],
    ]);
  });

  test('a record has the name of its zone once', () => {
    const text = `data "aws_route53_zone" "z" { name = "quay.example.org." }
resource "aws_route53_record" "api" {
  zone_id = data.aws_route53_zone.z.zone_id
  name    = "api"
  type    = "A"
}
resource "aws_route53_record" "www" {
  zone_id = data.aws_route53_zone.z.zone_id
  name    = "www.quay.example.org"
  type    = "CNAME"
}
`;
    const records = factsOf(text).filter(({ kind }) => kind === 'AWS::Route53::RecordSet');
    expect(records.map(({ scope, name, properties }) => [scope, name, properties?.hostedZone])).toEqual([
      ['A', 'api.quay.example.org', 'quay.example.org'],
      ['CNAME', 'www.quay.example.org', 'quay.example.org'],
    ]);
  });
});

describe('modules', () => {
  const MODULE = `variable "name" {}
resource "aws_ecs_cluster" "this" { name = var.name }
output "cluster" { value = aws_ecs_cluster.this.id }
`;

  test('a called module declares what its callers make of it, in their regions', () => {
    const main = `${AWS}provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
module "one" {
  source = "./modules/cluster"
  name   = "quay-one"
}
module "two" {
  source    = "./modules/cluster"
  name      = "quay-two"
  providers = { aws = aws.us }
}
`;
    const { facts } = collect({ 'main.tf': main, 'modules/cluster/main.tf': MODULE });
    expect(facts.map(({ name, region }) => [name, region])).toEqual([
      ['quay-one', 'eu-west-3'],
      ['quay-two', 'us-east-1'],
    ]);
  });

  test('a service is within the cluster that another module gives out', () => {
    const main = `${AWS}module "cluster" {
  source = "./cluster"
  name   = "quay"
}
resource "aws_ecs_service" "api" {
  name    = "api"
  cluster = module.cluster.cluster
}
`;
    const { facts } = collect({ 'main.tf': main, 'cluster/main.tf': MODULE });
    const service = facts.find(({ kind }) => kind === 'AWS::ECS::Service');
    expect(service).toMatchObject({ scope: 'quay', name: 'api' });
    expect(service?.relations).toContainEqual({
      type: 'runs-in',
      to: { kind: 'AWS::ECS::Cluster', name: 'quay' },
    });
  });

  test('a module that nobody applies is a reference, and so is an example', () => {
    const { facts } = collect({
      'modules/cluster/main.tf': MODULE,
      'examples/complete/main.tf': `${AWS}resource "aws_sns_topic" "t" { name = "shown" }`,
    });
    expect(facts.map(({ sort }) => sort)).toEqual(['reference', 'reference']);
  });

  test('a file out of use is retired', () => {
    const { facts } = collect({ 'main.tf.bak': 'resource "aws_sns_topic" "t" { name = "gone" }' });
    expect(facts.map(({ name, sort }) => [name, sort])).toEqual([['gone', 'retired']]);
  });

  test('a module of a registry is named among what no audit reads', () => {
    const { unread } = collect({
      'main.tf': `${AWS}module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n`,
    });
    expect(unread).toMatchObject([{ file: 'main.tf', line: 4, asked: false }]);
  });
});

describe('what is named outside', () => {
  test('a data source requires what it names, where it names it', () => {
    const text = `variable "x" {}
data "aws_ecs_cluster" "main" { cluster_name = "quay" }
data "aws_s3_bucket" "open" { bucket = "quay-\${var.x}" }
data "aws_ssm_parameter" "ami" { name = "/aws/service/ecs/optimized-ami" }
data "aws_iam_policy_document" "p" {}
data "aws_iam_role" "linked" { name = "AWSServiceRoleForECS" }
`;
    expect(factsOf(text).map(({ kind, name, verb }) => [kind, name, verb])).toEqual([
      ['AWS::ECS::Cluster', 'quay', 'requires'],
    ]);
  });

  test('the stores of the state', () => {
    const { facts } = collect({
      'main.tf':
        'terraform {\n  backend "s3" {\n    bucket = "quay-state"\n    dynamodb_table = "quay-locks"\n    region = "eu-west-3"\n  }\n}\nresource "aws_sns_topic" "t" { name = "t1" }\n',
    });
    expect(facts.map(({ kind, name, verb }) => [kind, name, verb])).toEqual([
      ['AWS::SNS::Topic', 't1', 'creates'],
      ['AWS::S3::Bucket', 'quay-state', 'requires'],
      ['AWS::DynamoDB::Table', 'quay-locks', 'requires'],
    ]);
  });
});

test('JSON syntax is read likewise', () => {
  const { facts } = collect({
    'main.tf.json': JSON.stringify({
      provider: { aws: { region: 'eu-west-3' } },
      locals: { env: 'dev' },
      resource: {
        aws_dynamodb_table: {
          t: { name: 'quay-${local.env}', point_in_time_recovery: [{ enabled: true }] },
        },
      },
    }),
  });
  expect(facts).toMatchObject([
    { name: 'quay-dev', region: 'eu-west-3', properties: { pointInTimeRecovery: true } },
  ]);
});

test('settings of a bucket are properties of the bucket', () => {
  const text = `resource "aws_s3_bucket" "b" { bucket = "quay-files" }
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.b.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
`;
  expect(factsOf(text).map(({ name, properties }) => [name, properties])).toEqual([
    ['quay-files', { versioning: 'Enabled', publicAccessBlock: true }],
  ]);
});

test('an error costs one line, and what stands before it is kept', () => {
  const { facts, unread } = collect({
    'main.tf': `${AWS}resource "aws_sns_topic" "t" { name = "kept" }\nresource "x" {{\n`,
  });
  expect(facts.map(({ name }) => name)).toEqual(['kept']);
  expect(unread).toMatchObject([{ file: 'main.tf', line: 5 }]);
});

test('modules that call each other, and values that refer to themselves, end', () => {
  const { facts } = collect({
    'main.tf': `${AWS}module "a" { source = "./a" }\nlocals { x = local.y\n y = local.x }\nresource "aws_sns_topic" "t" { name = "news-\${local.x}" }`,
    'a/main.tf': 'module "b" { source = "../b" }',
    'b/main.tf': 'module "a" { source = "../a" }',
  });
  expect(facts).toHaveLength(1);
  expect(facts[0]?.nameStatus).toBe('template');
});

test('a module that would cost too much ends, and says so', () => {
  const items = Array.from({ length: 1500 }, (_, index) => index).join(', ');
  const started = performance.now();
  const { unread } = collect({
    'main.tf': `${AWS}locals {
  a = [${items}]
  b = [for x in local.a : [for y in local.a : [for z in local.a : x]]]
}
resource "aws_sns_topic" "t" { name = "n-\${length(local.b)}" }`,
  });
  expect(unread.map(({ why }) => why.en)).toEqual([
    'the values of this module are beyond what is worked out',
  ]);
  expect(performance.now() - started).toBeLessThan(20_000);
});
