import { expect, test } from 'vitest';
import { routerWithoutServer } from './router-without-server.ts';
import { front, host, planned } from './test-host-remedy.ts';

test('a route to a stopped container starts it; one to a port asks what was to listen', () => {
  const stopped = host({ containers: [{ ...front, state: 'exited' }] });
  expect(
    planned(
      routerWithoutServer,
      'router-without-server',
      { router: 'shop@file', container: 'shop-front' },
      stopped,
    ),
  ).toMatchObject({
    hand: {
      command: "ssh ssh://root@quay-1 'docker start shop-front'",
      undo: "ssh ssh://root@quay-1 'docker stop shop-front'",
    },
  });
  const step = planned(routerWithoutServer, 'router-without-server', { router: 'api@', port: 8001 });
  expect(step?.hand).toBeUndefined();
  expect(step?.title.en).toBe('Make answer what `api` leads to');
  expect(step?.needs?.[0]?.en).toContain('`8001`');
});
