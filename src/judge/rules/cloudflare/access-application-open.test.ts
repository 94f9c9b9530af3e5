import { expect, test } from 'vitest';
import { cloudflareEstate, findings, isUnknown, seenAtCloudflare } from '../../test-estate.ts';
import { accessApplicationOpen } from './access-application-open.ts';

const application = (policy: Record<string, string | string[]>, domains = ['desk.quay.example']) =>
  cloudflareEstate([
    seenAtCloudflare('Cloudflare::Access::Application', 'desk', {
      domains,
      policies: [{ name: 'door', include: ['everyone'], require: [], ...policy }],
    }),
  ]);
const found = (...given: Parameters<typeof application>) =>
  findings(accessApplicationOpen, application(...given));

test('everyone who is let past without being asked is a high gap, and a medium one for a path of its own', () => {
  expect(found({ decision: 'bypass' })).toMatchObject([{ severity: 'high' }]);
  expect(found({ decision: 'bypass' }, ['desk.quay.example/hooks'])).toMatchObject([{ severity: 'medium' }]);
});

test('everyone who signs in is a medium one, unless something more is required', () => {
  expect(found({ decision: 'allow' })).toMatchObject([{ severity: 'medium' }]);
  expect(found({ decision: 'allow', require: ['email_domain'] })).toEqual([]);
});

test('those who are named, and everyone who is turned away, are none', () => {
  expect(found({ decision: 'allow', include: ['email_domain'] })).toEqual([]);
  expect(found({ decision: 'deny' })).toEqual([]);
});

test('policies that were not read are unknown', () => {
  const closed = seenAtCloudflare('Cloudflare::Access::Application', 'desk', { domains: [] });
  expect(isUnknown(accessApplicationOpen, cloudflareEstate([closed]))).toBe(true);
});
