import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Measured } from '../measure.ts';
import { fromPyPI } from '../peers.ts';
import { ledTo, REGIONS } from './asking.ts';

/** Another tool that reads an account. */
export interface AwsPeer {
  name: string;
  version: string;
  /** What the audit may take at most of its time. */
  most: number;
  at(url: string): Measured;
}

/** They are led as the audit is, and choose the same of a set each time: a recording holds what they ask first. */
const environment = (url: string) => ({ ...ledTo(url), PYTHONHASHSEED: '0' });

/** What has not ended by then is not waited for, in seconds. */
const PATIENCE = 600;

/** The kinds of the account by Cloud Custodian's names. Its queues are always asked of SQS's public address. */
const KINDS = [
  'vpc',
  'subnet',
  'security-group',
  'app-elb',
  'app-elb-target-group',
  'ecs',
  'ecs-service',
  'ecs-task-definition',
  'ecr',
  'lambda',
  'sns',
  'dynamodb-table',
  's3',
  'rds',
  'cache-cluster',
  'log-group',
  'alarm',
  'hostedzone',
  'rrset',
  'acm-certificate',
  'distribution',
  'iam-role',
  'secrets-manager',
];

/** The services of the account by Prowler's names. */
const SERVICES = [
  'vpc',
  'ec2',
  'elbv2',
  'ecs',
  'ecr',
  'awslambda',
  'sqs',
  'sns',
  'dynamodb',
  's3',
  'rds',
  'elasticache',
  'cloudwatch',
  'route53',
  'acm',
  'cloudfront',
  'iam',
  'secretsmanager',
];

/**
 * The peers on an account, as their users run them, on what the account holds: one policy without a filter per kind,
 * and the checks of each service. Brought from PyPI where they are not in `folder`.
 */
export function awsPeers(folder: string, scratch: string): AwsPeer[] {
  mkdirSync(folder, { recursive: true });
  const custodian = fromPyPI(folder, 'c7n');
  const prowler = fromPyPI(folder, 'prowler');
  const policies = path.join(scratch, 'policies.json');
  writeFileSync(
    policies,
    JSON.stringify({ policies: KINDS.map((name) => ({ name, resource: `aws.${name}` })) }),
  );
  const out = (name: string) => path.join(scratch, name);
  return [
    {
      name: 'Cloud Custodian',
      version: custodian.version,
      most: 1 / 25,
      at: (url) => ({
        command: [
          ...[path.join(custodian.bin, 'custodian'), 'run', '--dryrun', '--cache-period', '0'],
          ...['-s', out('custodian'), ...REGIONS.flatMap((region) => ['-r', region]), policies],
        ],
        environment: environment(url),
        limit: PATIENCE,
      }),
    },
    {
      name: 'Prowler',
      version: prowler.version,
      most: 1 / 100,
      at: (url) => ({
        command: [
          ...[path.join(prowler.bin, 'prowler'), 'aws', '--service', ...SERVICES, '--region', ...REGIONS],
          ...['-M', 'csv', 'json-ocsf', '-o', out('prowler'), '-b', '--ignore-exit-code-3'],
        ],
        environment: environment(url),
        limit: PATIENCE,
      }),
    },
  ];
}
