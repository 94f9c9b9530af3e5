import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { withKnownBuckets } from './named-buckets.ts';

const fact = (source: 'repo' | 'docs', kind: Fact['kind'], name: string): Fact => ({
  kind,
  name,
  source,
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source, file: 'a', line: 1 },
  environments: [],
});
const kinds = (facts: Fact[]) => withKnownBuckets(facts).map(({ source, kind }) => `${source} ${kind}`);

test('a bucket of a page is the one that the files declare', () => {
  const r2 = fact('repo', 'Cloudflare::R2::Bucket', 'uploads');
  const s3 = fact('repo', 'AWS::S3::Bucket', 'uploads');
  const said = fact('docs', 'AWS::S3::Bucket', 'uploads');
  expect(kinds([r2, said])).toEqual(['repo Cloudflare::R2::Bucket', 'docs Cloudflare::R2::Bucket']);
  expect(kinds([r2, s3, said]).at(-1)).toBe('docs AWS::S3::Bucket');
  expect(kinds([r2, fact('docs', 'AWS::S3::Bucket', 'others')]).at(-1)).toBe('docs AWS::S3::Bucket');
  expect(kinds([said])).toEqual(['docs AWS::S3::Bucket']);
});
