import { expect, test } from 'vitest';
import { bestCertificate } from './certificates.ts';
import { runPaths } from './test-cases.ts';
import {
  type Account,
  arnOf,
  CERTIFICATE,
  checkOf,
  DISTRIBUTION,
  LISTENER,
  type Properties,
} from './test-estate.ts';
import { CDN_CERTIFICATE, certificate, OWN_CERTIFICATE, plainShop, shop } from './test-shop.ts';

const PARIS = arnOf('acm', 'certificate/edge-in-paris');
const OTHER = arnOf('acm', 'certificate/other');

/** The load balancer's own certificate with other names, or another state. */
const own = (account: Account, names: string[], more: Properties = {}) => {
  account.remove(CERTIFICATE, '*.shop.example');
  return certificate(account, OWN_CERTIFICATE, names, more);
};
const listeners = (account: Account, more: Properties) => account.set(LISTENER, more, 'front:443');

runPaths('the certificate of a listener', plainShop, [
  { name: 'covers the name by its star', says: 'the certificate covers `shop.example`' },
  {
    name: 'a star stands for one label alone',
    change: (one) => own(one, ['*.shop.example']),
    fail: ['certificate-not-covering'],
    says: 'does not cover `shop.example` (it covers `*.shop.example`)',
    values: { certificate: OWN_CERTIFICATE, names: ['shop.example'] },
  },
  {
    name: 'another one that covers it is told to the remedy',
    change: (one) => certificate(own(one, ['other.example']), OTHER, ['shop.example']),
    fail: ['certificate-not-covering'],
    values: { better: OTHER },
  },
  {
    name: 'one that covers it and is over is no better one',
    change: (one) =>
      certificate(own(one, ['other.example']), OTHER, ['shop.example'], {
        notAfter: '2026-11-28T08:59:59.000Z',
      }),
    fail: ['certificate-not-covering'],
  },
  {
    name: 'one of several certificates covers it: the listener takes that one',
    change: (one) => {
      certificate(own(one, ['other.example']), OTHER, ['shop.example']);
      listeners(one, { additionalCertificates: [OTHER] });
    },
  },
  {
    name: 'one of several was not read: it may be the one',
    change: (one) => listeners(own(one, ['other.example']), { additionalCertificates: [OTHER] }),
    unknown: ['certificate-not-covering'],
    says: 'one of 2 certificates was not read',
  },
  {
    name: 'it is over',
    change: (one) => own(one, ['shop.example'], { notAfter: '2026-11-28T08:59:59.000Z' }),
    fail: ['certificate-expired'],
    says: 'expired since 2026-11-28',
  },
  {
    name: 'it is over by its state',
    change: (one) => {
      own(one, ['shop.example'], { status: 'EXPIRED' });
      delete one.one(CERTIFICATE).properties.notAfter;
    },
    fail: ['certificate-expired'],
    says: 'certificate expired',
  },
  {
    name: 'it waits for its validation',
    change: (one) => own(one, ['shop.example'], { status: 'PENDING_VALIDATION' }),
    fail: ['certificate-not-issued'],
    says: 'state `PENDING_VALIDATION`',
  },
  {
    name: 'its description was refused: what it does not name it may cover',
    change: (one) => own(one, ['other.example']).forget(CERTIFICATE, 'status', 'acm:DescribeCertificate'),
    unknown: ['certificate-not-covering'],
    permission: 'acm:DescribeCertificate',
    says: 'not all names of the certificate were read',
  },
  {
    name: 'certificates were not read',
    change: (one) => one.refuse(CERTIFICATE),
    unknown: ['certificate-missing'],
    permission: `list:${CERTIFICATE}`,
  },
  {
    name: 'it is deleted',
    change: (one) => one.remove(CERTIFICATE),
    fail: ['certificate-missing'],
    values: { certificate: OWN_CERTIFICATE },
  },
  {
    name: 'it is of IAM, which is not read',
    change: (one) => listeners(one, { certificates: [`arn:aws:iam::111122223333:server-certificate/old`] }),
    unknown: ['certificate-missing'],
    says: 'the certificate was not read',
  },
  {
    name: 'there is none',
    change: (one) => listeners(one, { certificates: [] }),
    fail: ['certificate-missing'],
    says: 'serves no certificate',
  },
]);

runPaths('the certificate of a distribution', shop, [
  {
    name: 'in another region, where it was seen',
    change: (one) => {
      one.set(DISTRIBUTION, { certificate: PARIS });
      certificate(one, PARIS, ['shop.example', 'www.shop.example']);
    },
    fail: ['certificate-wrong-region'],
    values: { region: 'us-east-1', better: CDN_CERTIFICATE },
    says: 'issued in `eu-west-3`',
  },
  {
    name: 'in another region, where it was not seen',
    change: (one) => one.set(DISTRIBUTION, { certificate: PARIS }),
    fail: ['certificate-wrong-region'],
    says: 'certificate of `eu-west-3`',
  },
  {
    name: 'none of its own, for a name of its own',
    change: (one) => {
      one.set(DISTRIBUTION, { defaultCertificate: true });
      delete one.one(DISTRIBUTION).properties.certificate;
    },
    fail: ['certificate-missing'],
  },
]);

test('of several that cover a name the one that lasts longest is the best, and only in its region', () => {
  const account = plainShop();
  certificate(account, OTHER, ['shop.example'], { notAfter: '2029-01-01T00:00:00.000Z' });
  certificate(account, arnOf('acm', 'certificate/us', 'us-east-1'), ['shop.example'], {
    notAfter: '2030-01-01T00:00:00.000Z',
  });
  expect(bestCertificate(account.graph(), ['shop.example'], 'eu-west-3', undefined)?.id).toBe(OTHER);
  expect(bestCertificate(account.graph(), ['nobody.example'], 'eu-west-3', undefined)).toBeUndefined();
});

test('names of punycode are compared as they are asked for', () => {
  const account = plainShop();
  own(account, ['*.xn--bcher-kva.example']);
  const path = account.trace('https://shop.example/');
  expect(checkOf(path, 'certificate-not-covering')?.result).toBe('fail');
});

test('one that is over, or not issued, is no better one', () => {
  for (const more of [{ notAfter: '2026-11-28T08:59:59.000Z' }, { status: 'PENDING_VALIDATION' }]) {
    const account = plainShop();
    own(account, ['other.example']);
    certificate(account, OTHER, ['shop.example'], more);
    expect(
      checkOf(account.trace('https://shop.example/'), 'certificate-not-covering')?.values,
    ).not.toHaveProperty('better');
  }
});
