import { describe, expect, test } from 'vitest';
import type { Fact, Json, Kind } from '#model/fact.ts';
import type { Lookup, Observation, Refusal } from '#model/lookup.ts';
import { relationsOf, resourcesOf } from './resources.ts';

const ACCOUNT = '123456789012';
const denied: Refusal = {
  sort: 'denied',
  operation: 'lambda:ListFunctions',
  permission: 'lambda:ListFunctions',
  why: { fr: '`lambda:ListFunctions` a été refusé', en: '`lambda:ListFunctions` was denied' },
};
const FUNCTION: Kind = 'AWS::Lambda::Function';
const said = (parts: Partial<Fact> = {}): Fact => ({
  kind: FUNCTION,
  name: 'resize',
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'deploy.yml', line: 3 },
  environments: [],
  ...parts,
});
const seen = (parts: Partial<Fact> = {}): Fact => ({
  ...said(),
  source: 'aws',
  sort: 'observed',
  evidence: { source: 'aws', operation: 'lambda:ListFunctions', at: '2026-11-28T00:00:00Z' },
  account: ACCOUNT,
  region: 'eu-west-3',
  arn: `arn:aws:lambda:${parts.region ?? 'eu-west-3'}:${ACCOUNT}:function:${parts.name ?? 'resize'}`,
  ...parts,
});
const looked = (parts: Partial<Observation> = {}, lookups: Partial<Lookup>[] = [{}]): Observation => ({
  source: 'aws',
  account: ACCOUNT,
  regions: ['eu-west-3'],
  kinds: new Set([FUNCTION]),
  lookups: lookups.map((one) => ({
    source: 'aws',
    kind: FUNCTION,
    account: ACCOUNT,
    region: 'eu-west-3',
    ...one,
  })),
  ...parts,
});
const statuses = (facts: Fact[], ...observations: Observation[]) =>
  resourcesOf(facts, observations).map(({ name, region, status }) => [name, region, status]);
const reason = (facts: Fact[], observation: Observation) => resourcesOf(facts, [observation])[0]?.reason?.en;

describe('an open name', () => {
  const open = said({ name: 'resize-⟨random_id.hex⟩-images', nameStatus: 'template' });
  const one = seen({ name: 'resize-3f9a-images' });
  const other = seen({ name: 'resize-77b0-images' });

  test('that one thing alone fits is verified, and says so', () => {
    const [resource, ...others] = resourcesOf([open, one], [looked()]);
    expect(others).toEqual([]);
    expect(resource).toMatchObject({ id: one.arn, status: 'verified', nameStatus: 'template' });
    expect(resource?.reason?.en).toContain('`resize-⟨random_id.hex⟩-images`');
    expect(resource?.key).toBe('constat:AWS::Lambda::Function::resize-⟨random_id.hex⟩-images');
  });

  test('that several things fit tells which of none', () => {
    expect(statuses([open, one, other], looked())).toEqual([
      ['resize-3f9a-images', 'eu-west-3', 'unverified'],
      ['resize-77b0-images', 'eu-west-3', 'unverified'],
    ]);
    expect(new Set(resourcesOf([open, one, other], [looked()]).map(({ key }) => key)).size).toBe(2);
  });

  test('that is open in the environment speaks of the one of each', () => {
    const each = said({ name: '⟨var.env⟩-resize', nameStatus: 'template' });
    const names = ['dev-resize', 'prod-resize'].map((name) => seen({ name }));
    expect(statuses([each, ...names], looked()).map(([, , status]) => status)).toEqual([
      'verified',
      'verified',
    ]);
    expect(statuses([each, ...names, seen({ name: 'old-resize' })], looked())[0]?.[2]).toBe('unverified');
  });

  test('of which little is known, in another region, or where files name the thing outright, fits nothing', () => {
    const little = said({ name: '⟨id⟩-api', nameStatus: 'template' });
    expect(statuses([little, seen({ name: 'x-api' })], looked()).map(([, , status]) => status)).toEqual([
      'undocumented',
      'unverified',
    ]);
    expect(statuses([{ ...open, region: 'us-east-1' }, one], looked()).map(([, , s]) => s)).toEqual([
      'undocumented',
      'unverified',
    ]);
    const outright = said({ name: one.name });
    expect(resourcesOf([open, outright, one], [looked()])[0]?.reason).toBeUndefined();
  });
});

describe('what a state knows by its id', () => {
  const VPC: Kind = 'AWS::EC2::VPC';
  const vpc = (id: string) => seen({ kind: VPC, name: id, arn: `arn:aws:ec2::${id}`, otherNames: ['main'] });
  const stated = said({
    kind: VPC,
    name: 'main',
    source: 'import',
    nameStatus: 'resolved',
    otherNames: ['vpc-0a1b2c3d'],
  });
  const account = looked({ kinds: new Set([VPC]) }, [{ kind: VPC }]);
  const statusesOf = (...facts: Fact[]) =>
    Object.fromEntries(statuses(facts, account).map(([name, , status]) => [name, status]));

  test('is that thing, and no other with the same `Name` tag', () => {
    expect(statusesOf(stated, vpc('vpc-0a1b2c3d'), vpc('vpc-0a1b2c3e'))).toEqual({
      'vpc-0a1b2c3d': 'verified',
      'vpc-0a1b2c3e': 'undocumented',
    });
    expect(statusesOf(stated, vpc('vpc-0a1b2c3e'))).toEqual({
      main: 'missing',
      'vpc-0a1b2c3e': 'undocumented',
    });
  });

  test('is found by its ARN where it has no name of its own', () => {
    const listener = said({ name: 'aws_lb_listener.https', nameStatus: 'logical', arn: String(seen().arn) });
    expect(statuses([listener, seen()], looked())).toEqual([['resize', 'eu-west-3', 'verified']]);
  });

  test('is found by name where the account tells no id', () => {
    const named = said({ source: 'import', otherNames: ['fn-0a1b2c3d'] });
    expect(statuses([named, seen()], looked())).toEqual([['resize', 'eu-west-3', 'verified']]);
  });

  test('what a state says of a property is compared like what a file says', () => {
    const stated = said({ source: 'import', properties: { timeout: 30 } });
    const [resource] = resourcesOf([stated, seen({ properties: { timeout: 60 } })], [looked()]);
    expect(resource?.drift).toEqual([{ path: 'timeout', declared: 30, observed: 60 }]);
  });
});

describe('status', () => {
  test('declared and seen is verified, with both sides as evidence and the ARN as id', () => {
    const [resource, ...others] = resourcesOf([said(), seen()], [looked()]);
    expect(others).toEqual([]);
    expect(resource).toMatchObject({
      id: seen().arn,
      status: 'verified',
      declared: [{ line: 3 }],
      observed: [{}],
    });
    expect(resource?.key).toBe('constat:AWS::Lambda::Function::resize');
  });

  test('a property that both sides state and that differs is a drift; one that a side leaves out is none', () => {
    const [resource] = resourcesOf(
      [
        said({ properties: { runtime: 'nodejs22.x', memorySize: 512 } }),
        seen({ properties: { runtime: 'nodejs18.x' } }),
      ],
      [looked()],
    );
    expect(resource?.status).toBe('drifted');
    expect(resource?.drift).toEqual([{ path: 'runtime', declared: 'nodejs22.x', observed: 'nodejs18.x' }]);
  });

  test('a value that only the run knows, and what a page says, make no drift', () => {
    const observed = seen({ properties: { runtime: 'nodejs18.x' } });
    expect(statuses([said({ properties: { runtime: '${RUNTIME}' } }), observed], looked())[0]?.[2]).toBe(
      'verified',
    );
    expect(
      statuses([said({ source: 'docs', properties: { runtime: 'nodejs22.x' } }), observed], looked())[0]?.[2],
    ).toBe('verified');
  });

  test('a declared property that could not be read leaves it unverified', () => {
    const facts = [said({ properties: { runtime: 'nodejs22.x' } }), seen({ refusals: [denied] })];
    expect(statuses(facts, looked())).toEqual([['resize', 'eu-west-3', 'unverified']]);
    expect(reason(facts, looked())).toContain('`lambda:ListFunctions` was denied');
  });

  test('declared and not in a complete list is missing, and says where it was looked for', () => {
    expect(statuses([said()], looked())).toEqual([['resize', undefined, 'missing']]);
    expect(reason([said()], looked())).toBe('looked for in `123456789012 eu-west-3`');
  });

  test('behind a denied list nothing is missing', () => {
    const observation = looked({}, [{ refusal: denied }]);
    expect(statuses([said()], observation)).toEqual([['resize', undefined, 'unverified']]);
    expect(reason([said()], observation)).toBe('`lambda:ListFunctions` was denied');
  });

  test('nor where no list was asked for, the region or the account was not read, or the account is shut', () => {
    expect(reason([said()], looked({}, []))).toContain('nobody could look for it');
    expect(reason([said({ region: 'us-east-1' })], looked())).toBe('region `us-east-1` was not read');
    expect(reason([said({ account: '999999999999' })], looked())).toBe('account `999999999999` was not read');
    expect(reason([said()], looked({ account: '', refusal: denied }))).toContain('could not be opened');
  });

  test('what leaves out its account or region may be in any that the files name', () => {
    const other = said({ name: 'other', account: '999999999999', region: 'us-east-1' });
    expect(statuses([said(), other], looked()).map(([, , status]) => status)).toEqual([
      'unverified',
      'unverified',
    ]);
    const elsewhere = said({ name: 'other', region: 'us-east-1' });
    expect(reason([said(), elsewhere], looked())).toContain('us-east-1');
  });

  test('a name that only the run knows, and a kind that nobody lists, are not looked for', () => {
    expect(reason([said({ name: '⟨env⟩-resize', nameStatus: 'template' })], looked())).toContain(
      'when it runs',
    );
    expect(reason([said({ kind: 'AWS::IoT::Thing' })], looked())).toContain('does not read this kind');
  });

  test('what is made under a condition that nobody knows is never missing, unless something else counts on it', () => {
    const optional = said({ condition: 'HasResize' });
    expect(statuses([optional], looked())).toEqual([['resize', undefined, 'unverified']]);
    expect(reason([optional], looked())).toBe(
      'is only made under a condition that the deployment alone knows (`HasResize`); not in `123456789012 eu-west-3`',
    );
    expect(statuses([optional, said()], looked())[0]?.[2]).toBe('missing');
    expect(statuses([optional, said({ source: 'docs' })], looked())[0]?.[2]).toBe('unverified');
  });

  test('seen and declared nowhere is undocumented', () => {
    expect(statuses([seen()], looked())).toEqual([['resize', 'eu-west-3', 'undocumented']]);
  });

  test('a service is only missing where the list of its own cluster is complete', () => {
    const kind: Kind = 'AWS::ECS::Service';
    const service = said({ kind, name: 'api', scope: 'prod' });
    const of = (...lookups: Partial<Lookup>[]) =>
      looked(
        { kinds: new Set([kind]) },
        lookups.map((one) => ({ kind, ...one })),
      );
    expect(statuses([service], of({}, { scope: 'dev', refusal: denied }))[0]?.[2]).toBe('missing');
    expect(statuses([service], of({}, { scope: 'prod', refusal: denied }))[0]?.[2]).toBe('unverified');
    const { scope: _, ...anywhere } = service;
    expect(statuses([anywhere], of({}, { scope: 'dev', refusal: denied }))[0]?.[2]).toBe('unverified');
  });
});

describe('what meets', () => {
  test('a declaration without a region meets the thing in each region; one with a region only there', () => {
    const twice = [seen(), seen({ region: 'eu-west-1' })];
    expect(statuses([said(), ...twice], looked()).map(([, , status]) => status)).toEqual([
      'verified',
      'verified',
    ]);
    expect(statuses([said({ region: 'eu-west-3' }), ...twice], looked())).toEqual([
      ['resize', 'eu-west-1', 'undocumented'],
      ['resize', 'eu-west-3', 'verified'],
    ]);
  });

  test('a tag, an alias or an ARN is a name too', () => {
    const vpc = seen({
      kind: 'AWS::EC2::VPC',
      name: 'vpc-1',
      arn: 'arn:aws:ec2:eu-west-3:1:vpc/vpc-1',
      otherNames: ['main'],
    });
    const [resource, ...others] = resourcesOf(
      [said({ kind: 'AWS::EC2::VPC', name: 'main' }), vpc],
      [looked()],
    );
    expect(others).toEqual([]);
    expect(resource).toMatchObject({ name: 'vpc-1', status: 'verified', key: 'constat:AWS::EC2::VPC::main' });
    expect(statuses([said({ name: String(seen().arn) }), seen()], looked())).toHaveLength(1);
  });

  test('relations lead to what has the same name, whichever side it is known from', () => {
    const queue = seen({ kind: 'AWS::SQS::Queue', name: 'jobs', arn: 'arn:aws:sqs:eu-west-3:1:jobs' });
    const resources = resourcesOf(
      [
        seen({ relations: [{ type: 'sends-to', to: { kind: 'AWS::SQS::Queue', name: String(queue.arn) } }] }),
        queue,
      ],
      [looked()],
    );
    expect(relationsOf(resources)).toMatchObject([{ from: seen().arn, to: queue.arn, type: 'sends-to' }]);
  });
});

test('a task that listens on another port than its files say has drifted', () => {
  const lookups = [{ kind: 'AWS::ECS::TaskDefinition' as const }];
  const observation = looked({ kinds: new Set<Kind>(['AWS::ECS::TaskDefinition']) }, lookups);
  const task = { kind: 'AWS::ECS::TaskDefinition' as const, name: 'resize' };
  const drift = (declared: Record<string, Json>, observed: Record<string, Json>) =>
    resourcesOf(
      [said({ ...task, properties: declared }), seen({ ...task, properties: observed })],
      [observation],
    ).flatMap((one) => one.drift.map(({ path }) => path));
  const runs = { containerPorts: ['app:8080'], cpu: '1024', memory: '2048' };
  expect(drift({ containerPorts: ['app:8080'], cpu: '1 vCPU', memory: '2 GB' }, runs)).toEqual([]);
  expect(drift({ containerPorts: ['app:80'] }, runs)).toEqual(['containerPorts']);
});

test('a delegation is not the record that the zone so called has of itself', () => {
  const kind: Kind = 'AWS::Route53::RecordSet';
  const record = { kind, name: 'lab.example.org', scope: 'NS' };
  const inZone = (hostedZone: string) => ({ ...record, properties: { hostedZone } });
  const apex = (): Fact => {
    const { region: _, arn: __, ...rest } = seen(inZone('lab.example.org'));
    return { ...rest, builtIn: true };
  };
  const whole = looked({ kinds: new Set([kind]), lookups: [{ source: 'aws', kind, account: ACCOUNT }] });
  const standing = (zone: string) =>
    resourcesOf([said(inZone(zone)), apex()], [whole]).map(({ status }) => status);
  expect(standing('example.org').sort()).toEqual(['missing', 'undocumented']);
  expect(standing('lab.example.org')).toEqual(['verified']);
});

test('what fits an open name leads to what fits the open names that its declaration leads to', () => {
  const group: Kind = 'AWS::Logs::LogGroup';
  const named = (stage: string) => `/aws/lambda/quay-${stage}-api`;
  const functions = said({
    name: 'quay-⟨stage⟩-api',
    nameStatus: 'template',
    relations: [{ type: 'logs-to', to: { kind: group, name: named('⟨stage⟩') } }],
  });
  const groups = said({ kind: group, name: named('⟨stage⟩'), nameStatus: 'template' });
  const inStage = (stage: string) => [
    seen({ name: `quay-${stage}-api` }),
    seen({ kind: group, name: named(stage), arn: `arn:aws:logs:eu-west-3:${ACCOUNT}:${named(stage)}` }),
  ];
  const whole = looked({ kinds: new Set([FUNCTION, group]) }, [{}, { kind: group }]);
  const resources = resourcesOf([functions, groups, ...inStage('dev'), ...inStage('prod')], [whole]);
  const nameOf = (id: string) => resources.find((one) => one.id === id)?.name;
  expect(relationsOf(resources).map(({ from, to }) => [nameOf(from), nameOf(to)])).toEqual([
    ['quay-dev-api', named('dev')],
    ['quay-prod-api', named('prod')],
  ]);
});

test('a relation to an ARN leads to what bears it, not to what is so called in another region', () => {
  const kind: Kind = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
  const balancer = (region: string) => {
    const arn = `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/app/shop/50dc6c495c0c9188`;
    return seen({ kind, name: 'shop', region, arn });
  };
  const [near, far] = [balancer('eu-west-3'), balancer('us-east-1')];
  const resources = resourcesOf(
    [near, far, seen({ relations: [{ type: 'routes-to', to: { kind, name: String(far.arn) } }] })],
    [looked()],
  );
  expect(relationsOf(resources)).toMatchObject([{ to: far.arn }]);
});

test('what is told of a resource by a second read is told of the same one', () => {
  const evidence = { source: 'aws' as const, operation: 'lambda:GetPolicy', at: '2026-11-28T00:00:01Z' };
  const [resource, ...others] = resourcesOf(
    [
      seen({ properties: { runtime: 'nodejs24.x' } }),
      seen({ evidence, properties: { invokedBy: ['events.amazonaws.com'] } }),
    ],
    [looked()],
  );
  expect(others).toEqual([]);
  expect(resource?.properties).toEqual({ runtime: 'nodejs24.x', invokedBy: ['events.amazonaws.com'] });
});
