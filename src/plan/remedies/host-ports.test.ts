import { expect, test } from 'vitest';
import { hostPorts } from './host-ports.ts';
import { planned } from './test-host-remedy.ts';

test('a published port is bound to the host in its file: the command makes the service again, the proof asks the engine', () => {
  const step = planned(hostPorts, 'port-open-past-firewall', {
    port: 8002,
    protocol: 'tcp',
    holder: 'shop-front',
    container: 'shop-front',
    inner: 80,
  });
  expect(step).toMatchObject({
    suggestion:
      "ssh ssh://root@quay-1 'docker compose --project-name shop --project-directory /srv/shop --file /srv/shop/compose.yaml up --detach --no-deps front'",
    proofs: [
      {
        check: {
          question: { ask: 'published', name: 'shop-front', port: 80, protocol: 'tcp' },
          equals: ['127.0.0.1:8002', ''],
        },
      },
    ],
  });
  expect(step?.needs?.[0]?.en).toContain('`127.0.0.1:8002:80`');
});

test('a port of a program is proven by what listens', () => {
  const step = planned(hostPorts, 'backend-bypasses-proxy', {
    port: 8001,
    protocol: 'tcp',
    holder: 'api.service',
    unit: 'api.service',
  });
  expect(step?.suggestion).toBeUndefined();
  expect(step?.needs?.[0]?.en).toContain('systemctl cat api.service');
  expect(step?.proofs[0]?.check).toMatchObject({ question: { ask: 'listening', port: 8001 } });
});
