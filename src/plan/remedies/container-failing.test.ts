import { expect, test } from 'vitest';
import { containerFailing } from './container-failing.ts';
import { front, host, planned } from './test-host-remedy.ts';

test('one that ends over and over is proven by what the engine had to do since, not by one look', () => {
  const looping = host({ containers: [{ ...front, state: 'restarting', restartCount: 7 }] });
  expect(
    planned(containerFailing, 'container-failing', { container: 'shop-front' }, looping)?.proofs,
  ).toMatchObject([
    { check: { question: { property: '.State.Status' }, equals: ['running'] } },
    { check: { question: { property: '.RestartCount' }, equals: ['0'] } },
  ]);
});
