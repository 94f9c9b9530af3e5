import type { Fact } from '#model/fact.ts';

/**
 * The facts with what pages call a “bucket” taken for what the files declare under that name: prose says “bucket” of
 * S3 and of R2 alike.
 */
export function withKnownBuckets(facts: readonly Fact[]): Fact[] {
  const named = (kind: Fact['kind']) =>
    new Set(facts.flatMap((fact) => (fact.source === 'repo' && fact.kind === kind ? [fact.name] : [])));
  const ofCloudflare = named('Cloudflare::R2::Bucket');
  if (ofCloudflare.size === 0) return [...facts];
  const ofAws = named('AWS::S3::Bucket');
  return facts.map((fact) =>
    fact.source === 'docs' &&
    fact.kind === 'AWS::S3::Bucket' &&
    ofCloudflare.has(fact.name) &&
    !ofAws.has(fact.name)
      ? { ...fact, kind: 'Cloudflare::R2::Bucket' }
      : fact,
  );
}
