import { describe, expect, test } from 'vitest';
import { afterCommand, commandName, jqPath, readCommand, writeCommand } from './aws-command-line.ts';

const call = { service: 'elbv2', region: 'eu-west-3' };

test.each([
  ['LoadBalancerArn', 'load-balancer-arn'],
  ['LoadBalancerArns', 'load-balancer-arns'],
  ['taskDefinition', 'task-definition'],
  ['VpcEndpointIds', 'vpc-endpoint-ids'],
  ['DescribeDBInstances', 'describe-db-instances'],
  ['TargetGroupARNs', 'target-group-arns'],
  ['UpdateContinuousBackups', 'update-continuous-backups'],
  ['forceNewDeployment', 'force-new-deployment'],
])('%s is written %s', (name, written) => {
  expect(commandName(name)).toBe(written);
});

describe('a call', () => {
  test('has its region, structures as JSON, scalars of a list apart', () => {
    expect(
      writeCommand({
        ...call,
        operation: 'CreateListener',
        input: {
          LoadBalancerArn: 'arn:aws:elb:x',
          Port: 443,
          DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:aws:elb:y' }],
        },
      }),
    ).toBe(
      `aws elbv2 create-listener --region eu-west-3 --load-balancer-arn arn:aws:elb:x --port 443 --default-actions '[{"Type":"forward","TargetGroupArn":"arn:aws:elb:y"}]'`,
    );
    expect(
      writeCommand({
        ...call,
        operation: 'SetSubnets',
        input: { LoadBalancerArn: 'a', Subnets: ['s1', 's2'] },
      }),
    ).toBe('aws elbv2 set-subnets --region eu-west-3 --load-balancer-arn a --subnets s1 s2');
  });

  test('writes a boolean as one of two options, and knows those that are renamed', () => {
    const ecs = { service: 'ecs', operation: 'UpdateService' };
    expect(writeCommand({ ...ecs, input: { forceNewDeployment: true } })).toBe(
      'aws ecs update-service --force-new-deployment',
    );
    expect(writeCommand({ ...ecs, input: { enableExecuteCommand: false } })).toBe(
      'aws ecs update-service --disable-execute-command',
    );
    const entry = { service: 'ec2', operation: 'CreateNetworkAclEntry' };
    expect(writeCommand({ ...entry, input: { Egress: true } })).toContain(' --egress');
    expect(writeCommand({ ...entry, input: { Egress: false } })).toContain(' --ingress');
  });

  test('keeps what is hostile a value: a quote, an option, a file', () => {
    const input = (value: string) => ({ ...call, operation: 'DescribeTags', input: { Name: value } });
    expect(writeCommand(input("a'; rm -rf ~"))).toContain(String.raw`--name 'a'\''; rm -rf ~'`);
    expect(writeCommand(input('--endpoint-url=http://x'))).toContain('--name=--endpoint-url=http://x');
    expect(writeCommand(input('file:///etc/passwd'))).toContain(
      `--cli-input-json '{"Name":"file:///etc/passwd"}'`,
    );
    expect(writeCommand(input(''))).toContain(" --name ''");
  });
});

test('what is found is read first, and nothing is sent where it is not there', () => {
  const finds = {
    listener: { ...call, operation: 'DescribeListeners', input: {}, query: 'Listeners[0].ListenerArn' },
  };
  expect(
    writeCommand({
      ...call,
      operation: 'DeleteListener',
      input: { ListenerArn: { $find: 'listener' } },
      finds,
    }),
  ).toBe(
    [
      `listener="$(aws elbv2 describe-listeners --region eu-west-3 --query 'Listeners[0].ListenerArn' --output text)" &&`,
      `  [ "\${listener:-None}" != None ] &&`,
      '  aws elbv2 delete-listener --region eu-west-3 --listener-arn "$listener"',
    ].join('\n'),
  );
  expect(
    writeCommand({ ...call, operation: 'X', input: { Actions: [{ Arn: { $find: 'listener' } }] }, finds }),
  ).toContain(`--actions "$(jq -cn --arg listener "$listener" '[{"Arn":$listener}]')"`);
  expect(afterCommand({ $find: 'listener' }, { finds })).toContain(
    `jq -cn --arg listener "$listener" '$listener'`,
  );
});

test('a document is edited in named places and sent from a file, after its version was read', () => {
  const get = { service: 'cloudfront', operation: 'GetDistributionConfig', input: { Id: 'E1' } };
  const command = writeCommand({
    service: 'cloudfront',
    operation: 'UpdateDistribution',
    input: { Id: 'E1', IfMatch: { $find: 'etag' } },
    finds: { etag: { ...get, query: 'ETag' } },
    edit: {
      read: { ...get, query: 'DistributionConfig' },
      as: 'DistributionConfig',
      set: [
        { path: '/Origins/Items/0/OriginPath', value: '' },
        { path: '/Aliases/Items/-', value: 'x' },
      ],
      remove: ['/Comment'],
    },
  });
  expect(command.indexOf('etag=')).toBeLessThan(command.indexOf('DistributionConfig --output json'));
  expect(command).toContain(
    `jq 'del(.["Comment"]) | .["Origins"]["Items"][0]["OriginPath"] = "" | .["Aliases"]["Items"] += ["x"]' > "$document"`,
  );
  expect(command).toContain('--if-match "$etag" --distribution-config "file://$document"');
});

test('a pointer of RFC 6901 is a path of jq', () => {
  expect(jqPath('/a~1b/0/c~0d')).toBe('.["a/b"][0]["c~d"]');
});

test('a read prints what its query gives', () => {
  expect(readCommand({ ...call, operation: 'DescribeRules', input: {}, query: 'Rules[0].Priority' })).toBe(
    "aws elbv2 describe-rules --region eu-west-3 --query 'Rules[0].Priority' --output json",
  );
});
