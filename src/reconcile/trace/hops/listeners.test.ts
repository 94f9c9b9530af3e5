import { expect, test } from 'vitest';
import type { Path } from '#model/path.ts';
import { type Account, BALANCER, DISTRIBUTION, denied, LISTENER } from '../test-estate.ts';
import { answer, BALANCER_DNS, behaviour, customOrigin, listener, plainShop, shop } from '../test-shop.ts';
import { balancersOf, nearOf, portsOf } from './listeners.ts';

function read(account: Account) {
  const graph = account.graph();
  const [balancer] = graph.all(BALANCER);
  if (!balancer) throw new Error('no load balancer');
  return { balancer, ...portsOf(graph, balancer) };
}

test('ports come in their order, each with its protocol', () => {
  const account = listener(plainShop(), 'front', 8080, 'HTTP', [answer('404')]);
  const { ports, refusal } = read(account);
  expect(ports.map(({ port, protocol }) => `${protocol}:${port}`)).toEqual([
    'HTTP:80',
    'HTTPS:443',
    'HTTP:8080',
  ]);
  expect(refusal).toBeUndefined();
});

test('a listener without a port, of a gateway load balancer, is none that is asked', () => {
  const account = plainShop();
  delete account.one(LISTENER, 'front:80').properties.port;
  expect(read(account).ports).toHaveLength(1);
});

test('that not all were seen is told, with what there is as evidence', () => {
  const { ports, refusal, evidence, balancer } = read(plainShop().refuse(LISTENER, 'front'));
  expect(ports).toEqual([]);
  expect(refusal).toEqual(denied(`list:${LISTENER}`));
  expect(evidence).toEqual(balancer.observed);
});

test('things are near what is in their account and region', () => {
  const { balancer } = read(plainShop());
  expect(nearOf(balancer)).toEqual({ account: '111122223333', region: 'eu-west-3' });
});

test('load balancers are asked directly as what comes before them would ask, with the name of the URL', () => {
  const account = shop();
  account.set(DISTRIBUTION, {
    behaviours: [behaviour('*', 'front', { forwardsHost: false })],
    origins: [customOrigin(BALANCER_DNS)],
  });
  const asked = () => {
    const known = new Map(
      account
        .graph()
        .all(BALANCER)
        .map((one) => [one.id, one]),
    );
    return balancersOf(account.trace('https://shop.example/') as Path, known);
  };
  expect(asked()).toEqual([{ host: BALANCER_DNS, port: 443, scheme: 'https', hostHeader: 'shop.example' }]);
  account.set(BALANCER, { scheme: 'internal' });
  expect(asked()).toEqual([]);
});
