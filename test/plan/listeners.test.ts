import { expect, test } from 'vitest';
import { motoForTests } from '../aws/moto.ts';
import { seed } from '../aws/seed.ts';
import { applyAndUndo, planOf } from './try-remedy.ts';

const REGION = 'eu-west-3';
const moto = motoForTests();

const estate = () =>
  seed(moto.url, REGION, {
    vpcs: {
      main: {
        cidr: '10.0.0.0/16',
        subnets: { a: { cidr: '10.0.1.0/24', zone: 'a' }, b: { cidr: '10.0.2.0/24', zone: 'b' } },
      },
    },
    certificates: { 'shop.example': {} },
    targetGroups: { web: { vpc: 'main' }, other: { vpc: 'main' } },
    loadBalancers: {
      shop: { subnets: ['a', 'b'], listeners: [{ port: 80, to: { forward: 'web' } }] },
    },
  });

test('a listener on 443 is made before the one on 80 redirects to it, and both are undone', async () => {
  const ids = await estate();
  const loadBalancer = ids['load-balancer shop'] ?? '';
  const steps = await applyAndUndo(
    moto.url,
    planOf([
      {
        id: 'listener-forwards-http',
        values: { region: REGION, loadBalancer, listener: ids['listener shop 80'] ?? '', port: 80 },
      },
      {
        id: 'listener-missing',
        values: {
          region: REGION,
          loadBalancer,
          port: 443,
          better: ids['certificate shop.example'] ?? '',
          targetGroup: ids['target-group web'] ?? '',
          names: ['shop.example'],
        },
      },
    ]),
  );
  expect(steps.map(({ title, after, state }) => [title.en, after, state])).toEqual([
    ['Create the HTTPS listener on 443 of `shop`', [], 'ready'],
    ['Redirect port 80 of `shop` to HTTPS', ['S-01'], 'blocked'],
  ]);
});
