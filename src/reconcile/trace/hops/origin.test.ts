import { describe, expect, test } from 'vitest';
import type { Properties } from '../test-estate.ts';
import { behaviour, customOrigin } from '../test-shop.ts';
import { asOriginGets, serverNames } from './origin.ts';

const REQUEST = { scheme: 'https', host: 'shop.example', port: 443, path: '/a' };
const ELB = 'front-1.eu-west-3.elb.amazonaws.com';

describe('what an origin is asked', () => {
  test.each<[string, Properties, Partial<typeof REQUEST>, Partial<typeof REQUEST>]>([
    ['over HTTPS', {}, {}, { scheme: 'https', port: 443 }],
    ['in the clear', { protocolPolicy: 'http-only' }, {}, { scheme: 'http', port: 80 }],
    [
      'as the visitor asks',
      { protocolPolicy: 'match-viewer' },
      { scheme: 'http' },
      { scheme: 'http', port: 80 },
    ],
    [
      'as the visitor asks, over HTTPS',
      { protocolPolicy: 'match-viewer' },
      {},
      { scheme: 'https', port: 443 },
    ],
    ['on its own ports', { ports: [8080, 8443] }, {}, { port: 8443 }],
    ['under its path', { path: '/v1' }, {}, { path: '/v1/a' }],
    ['under a path that ends with a slash', { path: '/v1/' }, {}, { path: '/v1/a' }],
    ['the root', {}, { path: '/' }, { path: '/index.html' }],
  ])('%s', (_, origin, asked, expected) => {
    const seen = { defaultRootObject: 'index.html' };
    expect(
      asOriginGets(seen, customOrigin('origin.example', origin), undefined, { ...REQUEST, ...asked }),
    ).toMatchObject(expected);
  });
});

// Amazon CloudFront Developer Guide, “Requiring HTTPS for communication between CloudFront and your custom origin”
test.each<[string, boolean | undefined, object]>([
  ['origin.example', true, { names: ['shop.example', 'origin.example'], perhaps: [] }],
  ['origin.example', false, { names: ['origin.example'], perhaps: [] }],
  ['origin.example', undefined, { names: ['origin.example'], perhaps: ['shop.example'] }],
  [ELB, true, { names: ['shop.example'], perhaps: [] }],
])(
  'names that a certificate of %s may be for, where Host is sent on: %s',
  (domain, forwardsHost, expected) => {
    const { forwardsHost: _, ...rest } = behaviour('*', 'front');
    const own = forwardsHost === undefined ? rest : { ...rest, forwardsHost };
    expect(serverNames({}, own, domain, 'shop.example')).toEqual(expected);
  },
);
