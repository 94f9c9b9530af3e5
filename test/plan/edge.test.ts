import { describe, expect, test } from 'vitest';
import { motoForTests } from '../aws/moto.ts';
import { seed } from '../aws/seed.ts';
import { applyAndUndo, planOf } from './try-remedy.ts';

const REGION = 'us-east-1';
const moto = motoForTests();

async function estate() {
  const ids = await seed(moto.url, REGION, {
    vpcs: {
      main: {
        cidr: '10.0.0.0/16',
        subnets: { a: { cidr: '10.0.1.0/24', zone: 'a' }, b: { cidr: '10.0.2.0/24', zone: 'b' } },
      },
    },
    certificates: { 'old.example': {}, 'shop.example': { alternatives: ['www.shop.example'] } },
    targetGroups: { web: { vpc: 'main' } },
    loadBalancers: { shop: { subnets: ['a', 'b'], listeners: [{ port: 80, to: { forward: 'web' } }] } },
    distributions: {
      shop: {
        origin: 'load-balancer shop',
        enabled: false,
        aliases: ['shop.example'],
        certificate: 'old.example',
      },
      bare: { origin: 'load-balancer shop' },
    },
    zones: {
      'shop.example': {
        records: {
          'shop.example A': { alias: 'old.example', zone: 'Z2FDTNDATAQYW2' },
          'c.shop.example CNAME': ['old.example'],
        },
      },
    },
  });
  return (key: string) => ids[key] ?? '';
}

describe('a distribution', () => {
  test('sends Host on to an origin that is asked by a name of AWS', async () => {
    const of = await estate();
    const [step] = await applyAndUndo(
      moto.url,
      planOf([
        {
          id: 'origin-name-uncoverable',
          values: { distribution: of('distribution bare'), behaviour: '*', cachePolicy: '' },
        },
      ]),
    );
    expect(step?.changes[0]?.after).toEqual([null, ['Host']]);
  });

  test('answers for one more name, once its certificate covers it; both in one order', async () => {
    const of = await estate();
    const distribution = of('distribution shop');
    const steps = await applyAndUndo(
      moto.url,
      planOf([
        {
          id: 'cdn-alias-missing',
          values: { distribution, name: 'www.shop.example', aliases: ['shop.example'] },
        },
        {
          id: 'certificate-not-covering',
          values: {
            distribution,
            certificate: of('certificate old.example'),
            better: of('certificate shop.example'),
            names: ['www.shop.example'],
          },
        },
        {
          id: 'certificate-expired',
          values: {
            distribution,
            certificate: of('certificate old.example'),
            better: of('certificate shop.example'),
            names: ['www.shop.example'],
          },
        },
      ]),
    );
    expect(steps.map(({ title }) => title.en.replace(/`[0-9A-Z-]{13,}`|`[0-9a-f-]{36}`/g, '…'))).toEqual([
      'Serve the certificate … on …',
      'Add `www.shop.example` to the names of …',
    ]);
    expect(steps[1]?.after).toEqual(['S-01']);
  });

  test('that had the certificate of CloudFront gets it back', async () => {
    const of = await estate();
    const values = {
      distribution: of('distribution bare'),
      better: of('certificate shop.example'),
      names: ['shop.example'],
    };
    await applyAndUndo(moto.url, planOf([{ id: 'certificate-missing', values }]));
  });

  test.each([
    ['cdn-disabled', {}],
    ['viewer-https-only', { behaviour: '*' }],
    ['origin-path-unexpected', { originIndex: 0, origin: 'origin', expected: '/v2', actual: '' }],
    ['origin-missing', { originIndex: 0, origin: 'origin', target: 'other.example', actual: 'x' }],
    [
      'origin-protocol-mismatch',
      { originIndex: 0, origin: 'origin', policy: 'https-only', port: 443, expectedPort: 8443 },
    ],
    [
      'origin-protocol-mismatch',
      { originIndex: 0, origin: 'origin', policy: 'https-only', port: 443, tlsVersions: ['TLSv1'] },
    ],
    ['redirect-loop', { originIndex: 0, expected: 'http-only', actual: 'https-only' }],
  ])('%s is mended and undone', async (id, values) => {
    const of = await estate();
    const distribution = of('distribution shop');
    // what moto made is the value that is wanted of viewers: the check asks for another one
    if (id === 'viewer-https-only') return expect(await allowAll(distribution)).toBeUndefined();
    await applyAndUndo(moto.url, planOf([{ id, values: { distribution, ...values } }]));
  });
});

/** Viewers may ask in clear first. */
async function allowAll(distribution: string): Promise<void> {
  const { Executor } = await import('./execute.ts');
  const executor = new Executor(moto.url);
  const get = { service: 'cloudfront', operation: 'GetDistributionConfig', input: { Id: distribution } };
  await executor.write({
    service: 'cloudfront',
    operation: 'UpdateDistribution',
    input: { Id: distribution, IfMatch: { $find: 'etag' } },
    finds: { etag: { ...get, query: 'ETag' } },
    edit: {
      read: { ...get, query: 'DistributionConfig' },
      as: 'DistributionConfig',
      set: [{ path: '/DefaultCacheBehavior/ViewerProtocolPolicy', value: 'allow-all' }],
    },
  });
  executor.close();
  await applyAndUndo(
    moto.url,
    planOf([{ id: 'viewer-http-allowed', values: { distribution, behaviour: '*', actual: 'allow-all' } }]),
  );
}

describe('a record', () => {
  test.each([
    ['dns-www-missing', 'www.shop.example', 'A'],
    ['dns-record-missing', '*.shop.example', 'AAAA'],
    ['dns-record-misdirected', 'shop.example', 'A'],
    ['dns-record-misdirected', 'c.shop.example', 'CNAME'],
  ])('%s: %s %s is led to the distribution, and is what it was again', async (id, name, type) => {
    const of = await estate();
    const target = of('distribution-dns shop');
    await applyAndUndo(
      moto.url,
      planOf([{ id, values: { zone: of('zone shop.example'), name, type, target } }]),
    );
  });
});
