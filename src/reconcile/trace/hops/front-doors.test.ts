import { describe, expect, test } from 'vitest';
import { Account, BALANCER, BUCKET, DISTRIBUTION, HTTP_API } from '../test-estate.ts';
import { balancer, CDN_DNS, distribution } from '../test-shop.ts';
import { leadTo, namedBy } from './front-doors.ts';

test.each([
  ['front-1234567890.eu-west-3.elb.amazonaws.com', 'load-balancer front eu-west-3'],
  ['dualstack.front-1234567890.eu-west-3.elb.amazonaws.com', 'load-balancer front eu-west-3'],
  ['internal-front-a-12.eu-west-3.elb.amazonaws.com', 'load-balancer front-a eu-west-3'],
  ['FRONT-1.eu-west-3.ELB.amazonaws.com.', 'load-balancer front eu-west-3'],
  ['wire-0123456789abcdef.elb.eu-west-3.amazonaws.com', 'load-balancer wire eu-west-3'],
  [CDN_DNS, `cdn ${CDN_DNS} `],
  ['s3-website-us-east-1.amazonaws.com', 'bucket s3-website-us-east-1.amazonaws.com us-east-1'],
  ['files.s3-website.eu-west-3.amazonaws.com', 'bucket files eu-west-3'],
  ['my.files.s3.eu-west-3.amazonaws.com', 'bucket my.files eu-west-3'],
  ['files.s3.amazonaws.com', 'bucket files '],
  ['abcdefgh12.execute-api.eu-west-3.amazonaws.com', 'api-gateway abcdefgh12 eu-west-3'],
  [
    'd-abcdefgh12.execute-api.eu-west-3.amazonaws.com',
    'api-gateway d-abcdefgh12.execute-api.eu-west-3.amazonaws.com eu-west-3',
  ],
  [
    'abcdefghijklmnopqrstuvwx.lambda-url.eu-west-3.on.aws',
    'function abcdefghijklmnopqrstuvwx.lambda-url.eu-west-3.on.aws eu-west-3',
  ],
])('%s is %s', (host, expected) => {
  const found = namedBy(host);
  expect(`${found?.role} ${found?.name} ${found?.region ?? ''}`).toBe(expected);
});

test.each([
  'shop.example',
  'cloudfront.net',
  'd1.cloudfront.net',
  'elb.amazonaws.com',
  'front.eu-west-3.elb.amazonaws.com',
  'front-1.eu-west-3.elb.amazonaws.com.evil.example',
  '',
  '.',
  `${'a'.repeat(300)}.cloudfront.net`,
  '[2001:db8::1]',
])('%s is no name of a provider', (host) => expect(namedBy(host)).toBeUndefined());

test('hostile names end at once', () => {
  const started = performance.now();
  for (const host of [
    `${'a-'.repeat(120)}1.elb`,
    `${'a.'.repeat(120)}s3.amazonaws.co`,
    `${'d-'.repeat(120)}x`,
  ])
    namedBy(host);
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('what a name leads to', () => {
  const account = balancer(new Account(), 'front', 'Front-1.eu-west-3.elb.amazonaws.com');
  distribution(account, 'E1', CDN_DNS, { aliases: ['*.shop.example'] });
  account.see(BUCKET, 'files', {}, { arn: 'arn:aws:s3:::files' });
  account.see(HTTP_API, 'abcdefgh12', {});
  test.each([
    ['front-1.eu-west-3.elb.amazonaws.com', 'resource front'],
    ['dualstack.FRONT-1.eu-west-3.elb.amazonaws.com.', 'resource front'],
    [CDN_DNS, 'resource E1'],
    ['files.s3.eu-west-3.amazonaws.com', 'resource files'],
    ['abcdefgh12.execute-api.eu-west-3.amazonaws.com', 'resource abcdefgh12'],
    ['gone-1.eu-west-3.elb.amazonaws.com', 'missing gone'],
    ['gone-1.eu-north-1.elb.amazonaws.com', 'unseen gone'],
    ['gone.s3.eu-west-3.amazonaws.com', 'missing gone'],
    ['shop.example', 'elsewhere shop.example'],
    ['192.0.2.7', 'elsewhere 192.0.2.7'],
  ])('%s: %s', (host, expected) => {
    const led = leadTo(account.graph(), host, {});
    const name =
      'resource' in led
        ? led.resource.name
        : 'elsewhere' in led
          ? led.elsewhere
          : 'missing' in led
            ? led.missing.name
            : led.unseen.name;
    expect(`${Object.keys(led)[0]} ${name}`).toBe(expected);
  });

  test('what was refused is not missing', () => {
    const refused = new Account().refuse(BALANCER).refuse(DISTRIBUTION);
    for (const host of ['front-1.eu-west-3.elb.amazonaws.com', CDN_DNS])
      expect(leadTo(refused.graph(), host, {})).toHaveProperty('refusal.permission');
  });
});
