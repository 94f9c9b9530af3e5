import { expect, test } from 'vitest';
import { acm } from './acm.ts';
import type { AwsCollector } from './aws-collector.ts';
import { ACCOUNT, collected, DENIED, detailed, factOf } from './test-server.ts';

const arn = (id: string) => `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/${id}`;
const summary = (id: string, DomainName: string, more: object = {}) => ({
  CertificateArn: arn(id),
  DomainName,
  SubjectAlternativeNameSummaries: [DomainName],
  Status: 'ISSUED',
  Type: 'AMAZON_ISSUED',
  KeyAlgorithm: 'EC_prime256v1',
  RenewalEligibility: 'ELIGIBLE',
  NotAfter: 1_798_761_600,
  InUse: true,
  ...more,
});
const detail = (id: string, InUseBy: string[], more: object = {}) => ({
  Certificate: {
    CertificateArn: arn(id),
    InUseBy,
    SubjectAlternativeNames: ['example.com', '*.example.com'],
    ...more,
  },
});
const BALANCER = `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/app/shop/1`;
const DISTRIBUTION = `arn:aws:cloudfront::${ACCOUNT}:distribution/E1A2B3C4D5E6F7`;

const answers = {
  'acm:ListCertificates': { CertificateSummaryList: [summary('one', 'example.com')] },
  'acm:DescribeCertificate': detail('one', [BALANCER, DISTRIBUTION], {
    Status: 'ISSUED',
    RenewalSummary: { RenewalStatus: 'PENDING_VALIDATION', DomainValidationOptions: [] },
    DomainValidationOptions: [{ DomainName: 'example.com', ValidationMethod: 'DNS' }],
  }),
};

test('a certificate is named by its domain, and known by its id and its other domains', async () => {
  const { facts } = await collected(acm, answers);
  expect(factOf(facts, 'example.com')).toMatchObject({
    arn: arn('one'),
    otherNames: ['one', '*.example.com'],
    properties: {
      status: 'ISSUED',
      notAfter: '2027-01-01T00:00:00.000Z',
      inUseBy: [BALANCER, DISTRIBUTION],
      renewalStatus: 'PENDING_VALIDATION',
      validationMethod: 'DNS',
    },
  });
});

test('keys of every algorithm are asked for', async () => {
  let asked: string[] = [];
  await collected(acm, {
    'acm:ListCertificates': (input: { Includes: { keyTypes: string[] } }) => {
      asked = input.Includes.keyTypes;
      return { CertificateSummaryList: [] };
    },
  });
  expect(asked).toEqual(expect.arrayContaining(['RSA_2048', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1']));
});

test('one that is sound and that nothing uses costs no further call', async () => {
  const { facts, calls } = await collected(acm, {
    'acm:ListCertificates': { CertificateSummaryList: [summary('two', 'old.example.com', { InUse: false })] },
  });
  expect(factOf(facts, 'old.example.com').properties).toMatchObject({ inUse: false, inUseBy: [] });
  expect(calls).toEqual(['acm:ListCertificates']);
});

test('a certificate whose details are refused is still seen', async () => {
  const { facts } = await collected(acm, { ...answers, 'acm:DescribeCertificate': DENIED });
  const fact = factOf(facts, 'example.com');
  expect(fact.properties).toMatchObject({ status: 'ISSUED', inUse: true });
  expect(fact.properties).not.toHaveProperty('inUseBy');
  expect(fact.refusals).toMatchObject([{ permission: 'acm:DescribeCertificate' }]);
});

test('a refused list is not established, and says what would open it', async () => {
  const { lookups } = await collected(acm, { 'acm:ListCertificates': DENIED });
  expect(lookups).toMatchObject([
    {
      kind: 'AWS::CertificateManager::Certificate',
      region: 'eu-west-3',
      refusal: { permission: 'acm:ListCertificates' },
    },
  ]);
});

/** As a region is read that nobody asked for. */
const beyond: AwsCollector = {
  ...acm,
  run: (session, place) => acm.run(session, { ...place, beyond: true }),
};
const beyondAnswers = {
  'acm:ListCertificates': {
    CertificateSummaryList: [summary('cdn', 'www.example.com'), summary('lb', 'lb.example.com')],
  },
  'acm:DescribeCertificate': ({ CertificateArn }: { CertificateArn: string }) =>
    detail(CertificateArn.split('/')[1] ?? '', [CertificateArn.endsWith('cdn') ? DISTRIBUTION : BALANCER]),
};

test('beyond the regions asked for, only certificates of CloudFront are told', async () => {
  const { facts, lookups } = await collected(beyond, beyondAnswers, { region: 'us-east-1' });
  expect(facts.map(({ name }) => name)).toEqual(['www.example.com']);
  expect(lookups).toMatchObject([{ region: 'us-east-1' }]);
});

test('beyond the regions asked for, a certificate that a file names is told whatever uses it', async () => {
  const { facts } = await collected(beyond, beyondAnswers, {
    region: 'us-east-1',
    declared: [['AWS::CertificateManager::Certificate', 'lb.example.com']],
  });
  expect(facts.map(({ name }) => name).sort()).toEqual(['lb.example.com', 'www.example.com']);
});

const CERTIFICATE = 'AWS::CertificateManager::Certificate';

test('a certificate that is served and that no list told is looked for by its ARN', async () => {
  const { facts, lookups, calls } = await detailed(
    acm,
    { 'acm:ListCertificates': { CertificateSummaryList: [] }, 'acm:DescribeCertificate': detail('late', []) },
    [[CERTIFICATE, arn('late')]],
  );
  expect(facts).toMatchObject([{ arn: arn('late'), properties: { inUse: false } }]);
  expect(lookups).toMatchObject([{ kind: CERTIFICATE, region: 'us-east-1', scope: arn('late') }]);
  expect(calls).toEqual(['acm:DescribeCertificate']);
});

test('one that is gone is looked for and not seen; a refusal establishes nothing', async () => {
  const none = { 'acm:ListCertificates': { CertificateSummaryList: [] } };
  const gone = await detailed(
    acm,
    { ...none, 'acm:DescribeCertificate': { error: 'ResourceNotFoundException', status: 400 } },
    [[CERTIFICATE, arn('gone')]],
  );
  expect(gone.facts).toEqual([]);
  expect(gone.lookups[0]).not.toHaveProperty('refusal');
  const denied = await detailed(acm, { ...none, 'acm:DescribeCertificate': DENIED }, [
    [CERTIFICATE, arn('gone')],
  ]);
  expect(denied.lookups).toMatchObject([{ scope: arn('gone'), refusal: { sort: 'denied' } }]);
});
