import { expect, test } from 'vitest';
import type { Lookup, Refusal } from '#model/lookup.ts';
import { standingOf, whereaboutsOf } from './status.ts';
import { declared } from './test-facts.ts';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';
const ACCOUNT = '123456789012';
const DENIED: Refusal = {
  sort: 'denied',
  operation: 'acm:ListCertificates',
  why: { fr: 'refusé', en: 'denied' },
};

const lookup = (region: string, refusal?: Refusal): Lookup => ({
  source: 'aws',
  kind: CERTIFICATE,
  account: ACCOUNT,
  region,
  ...(refusal && { refusal }),
});

/** eu-west-3 was asked for; certificates were also looked for in us-east-1. */
const statusOf = (region: string | undefined, atHome?: Refusal) => {
  const facts = [declared(CERTIFICATE, 'www.example.com', region === undefined ? {} : { region })];
  const observation = {
    source: 'aws' as const,
    account: ACCOUNT,
    regions: ['eu-west-3'],
    kinds: new Set([CERTIFICATE] as const),
    lookups: [lookup('eu-west-3'), lookup('us-east-1', atHome)],
  };
  return standingOf({ facts }, [observation], whereaboutsOf(facts));
};

test('what a file says is in a region that was looked at beyond those asked for can be missing there', () => {
  expect(statusOf('us-east-1')).toMatchObject({
    status: 'missing',
    reason: { en: 'looked for in `123456789012 us-east-1`' },
  });
});

test('a refusal beyond the regions asked for leaves what names no region unverified', () => {
  expect(statusOf(undefined, DENIED)).toMatchObject({ status: 'unverified', reason: { en: 'denied' } });
});

test('a refusal beyond the regions asked for says nothing of what a file puts in another', () => {
  expect(statusOf('eu-west-3', DENIED).status).toBe('missing');
});
