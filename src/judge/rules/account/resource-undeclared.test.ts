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

test('what a host has is told of that host, and apart from an account', () => {
  const onHost = (name: string, status: Resource['status'], account: string) =>
    seen('Cron::Job', name, { status, account, provider: 'host' });
  const list = found([
    api,
    seen('AWS::SQS::Queue', 'old'),
    onHost('declared', 'verified', 'quay-1'),
    onHost('one', 'undocumented', 'quay-1'),
    onHost('other', 'undocumented', 'quay-2'),
  ]);
  expect(list.map(({ message }) => message.en).sort()).toEqual([
    'The account holds `old`, which no file that was read names.',
    '`quay-1` has `one`, which no file that was read names.',
    '`quay-2` has `other`, which no file that was read names.',
  ]);
});
