import { describe, expect, test } from 'vitest';
import type { Fact, Json, Kind } from '#model/fact.ts';
import type { AskedCall, Caller, Mention } from '#model/prediction.ts';
import { resourcesOf } from '../resources.ts';
import { oracleOf } from './oracle.ts';

const at = { source: 'aws', operation: 'x:List', at: '2026-11-28T00:00:00Z' } as const;
const place = { account: '123456789012', region: 'eu-west-3' };
const seen = (kind: Kind, name: string, parts: Partial<Fact> = {}): Fact => ({
  kind,
  name,
  source: 'aws',
  sort: 'observed',
  nameStatus: 'literal',
  evidence: at,
  environments: [],
  ...place,
  ...parts,
});
const said = (kind: Kind, name: string, parts: Partial<Fact> = {}): Fact => ({
  ...seen(kind, name),
  source: 'repo',
  sort: 'declared',
  evidence: { source: 'repo', file: 'deploy.yml', line: 1 },
  ...parts,
});
const KINDS: Kind[] = ['AWS::ECS::Cluster', 'AWS::ECS::Service', 'AWS::ECR::Repository', 'AWS::IAM::Role'];
const looked = (refused: Kind[] = []) => [
  {
    source: 'aws' as const,
    account: place.account,
    regions: [place.region],
    kinds: new Set(KINDS),
    lookups: KINDS.map((kind) => ({
      source: 'aws' as const,
      kind,
      account: place.account,
      ...(kind !== 'AWS::IAM::Role' && { region: place.region }),
      ...(refused.includes(kind) && {
        refusal: {
          sort: 'denied' as const,
          operation: 'x:List',
          why: { fr: '`x:List` a été refusé', en: '`x:List` was denied' },
        },
      }),
    })),
  },
];
const ROLE = 'arn:aws:iam::123456789012:role/deploy';
const caller: Caller = {
  authentication: 'oidc',
  role: ROLE,
  repository: 'quay/orders',
  event: 'push',
  branch: 'main',
};
const GITHUB = 'token.actions.githubusercontent.com';
const role = (sub: string, action: Json = '*') =>
  seen('AWS::IAM::Role', 'deploy', {
    arn: ROLE,
    properties: {
      assumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${GITHUB}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringLike: { [`${GITHUB}:sub`]: sub } },
          },
        ],
      },
      policies: [
        { name: 'own', document: { Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] } },
      ],
      attachedPolicies: [],
    },
  });
const call = (command: string, ...mentions: Mention[]): AskedCall => {
  const [tool = '', ...operation] = command.split(' ');
  return { tool, operation: operation.join(' '), arguments: {}, mentions, ...place };
};
const update = call(
  'aws ecs update-service',
  { kind: 'AWS::ECS::Cluster', name: 'prod', verb: 'requires' },
  { kind: 'AWS::ECS::Service', name: 'api', scope: 'prod', verb: 'requires' },
);
const ask = (facts: Fact[], calls: AskedCall[], refused: Kind[] = [], who = caller) => {
  const run = oracleOf(resourcesOf(facts, looked(refused))).start();
  return calls.map((one) => run.ask(one, who));
};
const declared = [
  said('AWS::ECS::Cluster', 'prod'),
  said('AWS::ECS::Service', 'api', { scope: 'prod' }),
  said('AWS::ECR::Repository', 'orders'),
];
const there = [
  seen('AWS::ECS::Cluster', 'prod', { arn: 'arn:aws:ecs:eu-west-3:123456789012:cluster/prod' }),
  seen('AWS::ECS::Service', 'api', {
    scope: 'prod',
    arn: 'arn:aws:ecs:eu-west-3:123456789012:service/prod/api',
  }),
];
const open = role('repo:quay/orders:*');

describe('a call', () => {
  test('ends well when what it names is there and its role may make it', () => {
    expect(ask([...declared, ...there, open], [update])).toEqual([{ prediction: 'ok' }]);
  });

  test('fails at the first thing that is not there', () => {
    const [verdict] = ask([...declared, open], [update]);
    expect(verdict?.prediction).toBe('fails');
    expect(verdict?.why?.en).toContain('`prod` (ECS cluster) does not exist');
  });

  test('is not predicted behind a denied list', () => {
    const [verdict] = ask([...declared, open], [update], ['AWS::ECS::Cluster', 'AWS::ECS::Service']);
    expect(verdict?.prediction).toBe('unknown');
    expect(verdict?.why?.en).toContain('was denied');
  });

  test('fails where the trust policy of its role does not accept the branch', () => {
    const [verdict] = ask([...declared, ...there, role('repo:quay/orders:ref:refs/heads/prod')], [update]);
    expect(verdict).toMatchObject({
      prediction: 'fails',
      why: { en: expect.stringContaining('trust policy') },
    });
  });

  test('fails where the policies of its role do not allow it', () => {
    const [verdict] = ask([...declared, ...there, role('repo:quay/orders:*', 'ecr:*')], [update]);
    expect(verdict?.why?.en).toBe('role `deploy` is not allowed `ecs:UpdateService`');
  });

  test('of keys that nobody can look into is not known to end well', () => {
    const [verdict] = ask([...declared, ...there], [update], [], {
      authentication: 'static-keys',
      event: 'push',
    });
    expect(verdict?.prediction).toBe('unknown');
  });

  test('that asks nothing of AWS is left alone', () => {
    expect(ask(declared, [call('npm ci')])).toEqual([undefined]);
  });

  test('finds what an earlier one made', () => {
    const make = call('aws ecr create-repository', {
      kind: 'AWS::ECR::Repository',
      name: 'orders',
      verb: 'creates',
    });
    const push = call('docker push', { kind: 'AWS::ECR::Repository', name: 'orders', verb: 'requires' });
    expect(ask([...declared, open], [push]).map((one) => one?.prediction)).toEqual(['fails']);
    expect(ask([...declared, open], [make, push]).map((one) => one?.prediction)).toEqual(['ok', 'ok']);
    expect(ask([...declared, open], [make, make]).map((one) => one?.prediction)).toEqual(['ok', 'fails']);
  });

  test('that lists what is not there ends well, with nothing', () => {
    const describe = call('aws ecs describe-services', {
      kind: 'AWS::ECS::Service',
      name: 'api',
      scope: 'prod',
      verb: 'uses',
    });
    expect(ask([...declared, there[0] as Fact, open], [describe])).toEqual([
      { prediction: 'ok', empty: true },
    ]);
  });

  test('that pushes a tag a second time fails where tags are immutable', () => {
    const repository = seen('AWS::ECR::Repository', 'orders', {
      properties: { imageTagMutability: 'IMMUTABLE', tags: ['v1'] },
    });
    const push = (tag: string): AskedCall => ({
      ...call('docker push', { kind: 'AWS::ECR::Repository', name: 'orders', verb: 'requires' }),
      arguments: { words: [`123456789012.dkr.ecr.eu-west-3.amazonaws.com/orders:${tag}`] },
    });
    const build = (tag: string, pushes = true): AskedCall => ({
      ...call('docker buildx build', { kind: 'AWS::ECR::Repository', name: 'orders', verb: 'requires' }),
      arguments: {
        ...(pushes && { push: true }),
        tag: ['quay/orders-cache:v1', `123456789012.dkr.ecr.eu-west-3.amazonaws.com/orders:${tag}`],
      },
    });
    const calls = [push('v1'), push('v2'), build('v1'), build('v2'), build('v1', false)];
    const verdicts = ask([...declared, repository, open], calls);
    expect(verdicts.map((one) => one?.prediction)).toEqual(['fails', 'ok', 'fails', 'ok', 'ok']);
  });
});

describe('what a role may do', () => {
  const rights = (...statements: Record<string, Json>[]): Fact => ({
    ...role('repo:quay/orders:*'),
    properties: {
      ...role('repo:quay/orders:*').properties,
      policies: [
        { name: 'own', document: { Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) } },
      ],
    },
  });
  const service = 'arn:aws:ecs:eu-west-3:123456789012:service/prod/api';

  test('is asked of the service that a call updates, not of its cluster', () => {
    const on = (Resource: string) => rights({ Action: 'ecs:UpdateService', Resource });
    const of = (Resource: string) => ask([...declared, ...there, on(Resource)], [update])[0]?.prediction;
    expect(of(service)).toBe('ok');
    expect(of('arn:aws:ecs:eu-west-3:123456789012:cluster/prod')).toBe('fails');
  });

  test('holds that it may hand a task its role', () => {
    const task = 'arn:aws:iam::123456789012:role/task';
    const register = call('aws ecs register-task-definition', {
      kind: 'AWS::IAM::Role',
      name: task,
      verb: 'uses',
    });
    const facts = (...statements: Record<string, Json>[]) => [
      seen('AWS::IAM::Role', 'task', { arn: task }),
      rights({ Action: 'ecs:*', Resource: '*' }, ...statements),
    ];
    expect(ask(facts(), [register])[0]?.why?.en).toBe(
      `role \`deploy\` is not allowed \`iam:PassRole\` on \`${task}\``,
    );
    const pass = {
      Action: 'iam:PassRole',
      Resource: task,
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    };
    expect(ask(facts(pass), [register])).toEqual([{ prediction: 'ok' }]);
  });

  const bucket = (properties: Fact['properties'] = {}) =>
    seen('AWS::S3::Bucket', 'site', { arn: 'arn:aws:s3:::site', properties });
  const sync: AskedCall = {
    ...call('aws s3 sync', { kind: 'AWS::S3::Bucket', name: 'site', verb: 'requires' }),
    arguments: { words: ['dist', 's3://site/'], delete: true },
  };

  test('holds all that a copy to a bucket does', () => {
    const all = { Action: ['s3:ListBucket', 's3:PutObject', 's3:DeleteObject'] };
    const place = { Resource: ['arn:aws:s3:::site', 'arn:aws:s3:::site/*'] };
    const own = bucket({ hasPolicy: false });
    expect(ask([own, rights({ ...all, ...place })], [sync])).toEqual([{ prediction: 'ok' }]);
    const some = rights({ Action: ['s3:ListBucket', 's3:PutObject'], ...place });
    expect(ask([own, some], [sync])[0]?.why?.en).toBe('role `deploy` is not allowed `s3:DeleteObject`');
  });

  test('is not denied where the policy of a bucket may allow it', () => {
    const none = rights({ Action: 'ecs:*', Resource: '*' });
    expect(ask([bucket({ hasPolicy: true }), none], [sync])[0]?.prediction).toBe('unknown');
    expect(ask([bucket(), none], [sync])[0]?.prediction).toBe('unknown');
    expect(ask([bucket({ hasPolicy: false }), none], [sync])[0]?.prediction).toBe('fails');
  });

  test('is not known for what nobody knows the permission of', () => {
    const cut = rights({ Action: '*', Resource: '*' });
    expect(ask([cut], [call('aws s3 presign'), call('aws sts get-caller-identity')])).toEqual([
      expect.objectContaining({ prediction: 'unknown' }),
      { prediction: 'ok' },
    ]);
  });
});

describe('a role', () => {
  const everything = [...declared, ...there];
  const main = role('repo:quay/orders:ref:refs/heads/main');

  test('that may or may not accept the run makes nothing known to end well', () => {
    const { branch: _, ...anywhere } = caller;
    const [verdict] = ask([...everything, main], [update], [], { ...anywhere, event: 'workflow_dispatch' });
    expect(verdict?.prediction).toBe('unknown');
    expect(verdict?.why?.en).toContain('only accepts `repo:quay/orders:ref:refs/heads/main`');
  });

  test('that is assumed with other credentials is not judged by the token of the job', () => {
    const trusted = {
      ...main,
      properties: { ...main.properties, assumeRolePolicyDocument: { Statement: [] } },
    };
    expect(ask([...everything, trusted], [update])[0]?.prediction).toBe('fails');
    const predicted = (who: Partial<Caller>) =>
      ask([...everything, trusted], [update], [], { ...caller, ...who })[0]?.prediction;
    expect(predicted({ isChained: true })).toBe('unknown');
    expect(predicted({ authentication: 'static-keys' })).toBe('unknown');
  });
});
