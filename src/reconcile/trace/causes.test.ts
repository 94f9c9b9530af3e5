import { expect, test } from 'vitest';
import type { Hop, Side } from '#model/path.ts';
import { causesOf } from './causes.ts';
import { fail, say } from './checks.ts';

const hop = (resource: string, from: string | undefined, ...ids: string[]): Hop => ({
  resource,
  role: 'server',
  status: 'verified',
  ...(from !== undefined && { from }),
  checks: ids.map((id) => fail(id, say(`${id} fr`, `${id} en`))),
});

const side = (resource: string, of: string, ...ids: string[]): Side => ({
  resource,
  role: 'image',
  of,
  checks: ids.map((id) => fail(id, say(`${id} fr`, `${id} en`))),
});

test('what follows from a root and is no link of its longest chain is told beside it', () => {
  const hops = [
    hop('group', undefined, 'targets-unhealthy'),
    hop('service', 'group', 'image-pull-failing', 'service-short-of-tasks', 'deployment-failed'),
    hop('definition', 'service'),
  ];
  expect(causesOf(hops, [side('image', 'definition', 'image-missing')])).toMatchObject([
    {
      checks: ['image-missing', 'image-pull-failing', 'service-short-of-tasks', 'targets-unhealthy'],
      hops: ['image', 'service', 'service', 'group'],
      beside: [{ check: 'deployment-failed', hop: 'service' }],
    },
  ]);
});

test('a chain that holds all that follows has nothing beside it', () => {
  const [cause] = causesOf(
    [hop('cdn', undefined, 'origin-protocol-mismatch'), hop('balancer', 'cdn', 'listener-missing')],
    [],
  );
  expect(cause).toMatchObject({ checks: ['listener-missing', 'origin-protocol-mismatch'] });
  expect(cause).not.toHaveProperty('beside');
});
