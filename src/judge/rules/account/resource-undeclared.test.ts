import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { estate, fact, findings, resource, seenAtCloudflare } from '../../test-estate.ts';
import { resourceUndeclared } from './resource-undeclared.ts';

const seen = (
  kind: Resource['kind'],
  name: string,
  parts: Partial<Resource> = {},
  more: Partial<Fact> = {},
) => {
  const evidence = { source: 'aws', operation: 'x:List', at: '2026-11-28T00:00:00Z' } as const;
  const observed: Fact = { ...fact('repo'), ...more, source: 'aws', sort: 'observed', evidence };
  return resource(kind, name, [observed], { status: 'undocumented', observed: [evidence], ...parts });
};
const api = seen('AWS::Lambda::Function', 'resize', { status: 'verified', system: 'photos' });
const found = (resources: Resource[], relations: { from: string; to: string }[] = []) =>
  findings(
    resourceUndeclared,
    estate({ resources, relations: relations.map((one) => ({ ...one, type: 'uses', evidence: [] })) }),
  );

test('what nothing declares is one low finding by domain', () => {
  const list = found([
    api,
    seen('AWS::SQS::Queue', 'old'),
    seen('AWS::SNS::Topic', 'older'),
    seen('AWS::S3::Bucket', 'b'),
  ]);
  expect(list.map(({ severity, resources }) => [severity, resources.length]).sort()).toEqual([
    ['low', 1],
    ['low', 2],
  ]);
});

test('what the provider makes, and what follows from something declared, is none', () => {
  const group = seen('AWS::Logs::LogGroup', '/aws/lambda/resize');
  const network = seen('AWS::EC2::VPC', 'vpc-1', {}, { builtIn: true });
  const role = seen('AWS::IAM::Role', 'resize-role');
  expect(found([api, group, network, role], [{ from: api.id, to: role.id }])).toEqual([]);
});

test('in an account that holds nothing of what is declared, nothing is said of the rest', () => {
  expect(found([seen('AWS::SQS::Queue', 'old')])).toEqual([]);
});

test('where files declare one of a kind without naming it, none of that kind is said to be undeclared', () => {
  const nameless = resource(
    'AWS::CloudFront::Distribution',
    'aws_cloudfront_distribution.site',
    [fact('repo')],
    {
      status: 'unverified',
      nameStatus: 'logical',
    },
  );
  const own = seen('AWS::CloudFront::Distribution', 'E2EXAMPLE');
  expect(found([api, own])).toHaveLength(1);
  expect(found([api, own, nameless])).toEqual([]);
});

test('that an account of AWS is ours says nothing of one of Cloudflare', () => {
  const worker = seenAtCloudflare('Cloudflare::Workers::Script', 'gate-old');
  expect(found([api, worker])).toEqual([]);
  const own = seenAtCloudflare('Cloudflare::Workers::Script', 'gate', {}, { facts: [fact('repo')] });
  expect(found([api, own, worker])[0]?.message.en).toContain('`gate-old`');
});

test('a host is told by its name, and what Compose makes for a project only with its services', () => {
  const onHost = (
    kind: Resource['kind'],
    name: string,
    parts: Partial<Resource> = {},
    more: Partial<Fact> = {},
  ) =>
    seen(
      kind,
      name,
      { provider: /^Docker/.test(kind) ? 'docker' : 'host', account: 'quay-1', ...parts },
      more,
    );
  const unit = onHost('Systemd::Unit', 'api.service', { status: 'verified' });
  const front = onHost('Compose::Service', 'front', { status: 'verified', scope: 'shop' });
  const left = [
    onHost('Docker::Network', 'shop_default'),
    onHost('Docker::Volume', 'data', { properties: { project: 'shop' } }),
    onHost('Docker::Container', 'shop-front-1', {}, { builtIn: true }),
  ];
  expect(found([unit, front, ...left])).toEqual([]);
  const told = found([unit, front, ...left, onHost('Docker::Container', 'by-hand')]);
  expect(told.map(({ message }) => message.en)).toEqual([
    'The host `quay-1` has `by-hand`, which no file that was read names.',
  ]);
  // each host for itself, and beside an account
  const other = onHost('Docker::Container', 'by-hand-2', { account: 'quay-2' });
  expect(
    found([unit, onHost('Docker::Container', 'by-hand'), other, api, seen('AWS::SQS::Queue', 'old')]),
  ).toHaveLength(3);
});
