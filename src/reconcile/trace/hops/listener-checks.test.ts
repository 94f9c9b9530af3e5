import { expect, test } from 'vitest';
import { BALANCER, checkOf, GROUP, LISTENER, RECORD } from '../test-estate.ts';
import {
  answer,
  BALANCER_DNS,
  forward,
  GROUP_ARN,
  group,
  OWN_CERTIFICATE,
  plainShop,
  record,
} from '../test-shop.ts';
import { fixedResponse, groupHops, missingListener, soleGroup } from './listener-checks.ts';
import { portsOf } from './listeners.ts';

const REQUEST = { scheme: 'https', host: 'shop.example', port: 443, path: '/' };

function at(account = plainShop()) {
  const graph = account.graph();
  const [resource] = graph.all(BALANCER);
  const listener = graph.named(LISTENER, 'front:443');
  if (!resource || !listener) throw new Error('no load balancer');
  return { graph, resource, listener };
}

test('a listener that is missing needs a group, a certificate, and names that one can be issued for', () => {
  const account = plainShop();
  account.set(LISTENER, { defaultActions: [forward(GROUP_ARN)] }, 'front:80');
  const { graph, resource } = at(account);
  const request = { ...REQUEST, host: BALANCER_DNS };
  const arrival = {
    resource,
    request,
    passed: [],
    tls: { names: ['shop.example'], perhaps: ['www.shop.example'] },
  };
  expect(missingListener(graph, arrival, request, portsOf(graph, resource).ports)).toEqual({
    loadBalancer: resource.id,
    region: 'eu-west-3',
    port: 443,
    protocol: 'HTTPS',
    names: ['shop.example', 'www.shop.example'],
    better: OWN_CERTIFICATE,
    targetGroup: GROUP_ARN,
  });
});

test.each([
  ['200', false, 'pass'],
  ['302', false, 'pass'],
  ['404', false, 'fail'],
  ['503', true, 'unknown'],
  ['', false, 'fail'],
])('a listener that answers %s itself, with open rules before it: %s', (status, isOpen, result) => {
  const { graph, resource, listener } = at();
  expect(fixedResponse(graph, resource, listener, undefined, status, isOpen).result).toBe(result);
});

test('the one group of a load balancer is told, and none of several', () => {
  const account = plainShop();
  expect(soleGroup(at(account).graph, at(account).resource)).toEqual({ targetGroup: GROUP_ARN });
  group(account, 'other', []);
  expect(soleGroup(at(account).graph, at(account).resource)).toEqual({});
});

test('groups are found by ARN or by name, each once, and only in the region of the load balancer', () => {
  const { graph, resource } = at();
  const names = (actions: Parameters<typeof groupHops>[2]['actions']) =>
    groupHops(graph, resource, { actions, open: [] }, REQUEST).map((next) =>
      'resource' in next ? next.resource.name : `no ${next.absent.name}`,
    );
  expect(names([forward(GROUP_ARN, GROUP_ARN)])).toEqual(['web']);
  expect(names([{ type: 'forward', targetGroups: ['web'] }])).toEqual(['web']);
  expect(names([forward('gone')])).toEqual(['no gone']);
  expect(names([answer('404')])).toEqual([]);
});

test('what answers itself tells the group that may have been meant', () => {
  const account = plainShop();
  account.set(LISTENER, { defaultActions: [answer('404')] }, 'front:443');
  record(account.remove(RECORD), 'shop.example', BALANCER_DNS);
  expect(checkOf(account.trace('https://shop.example/'), 'listener-answers-itself')?.values).toMatchObject({
    targetGroup: account.one(GROUP).arn,
  });
});
