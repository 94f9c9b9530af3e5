import { expect, test } from 'vitest';
import { containerEnvironmentDiffers } from './container-environment-differs.ts';
import { planned } from './test-host-remedy.ts';

test('which side is right is left to people, with the command that makes the container again', () => {
  const step = planned(containerEnvironmentDiffers, 'container-environment-differs', {
    container: 'shop-front',
    names: ['MODE'],
  });
  expect(step?.suggestion).toContain('up --detach --no-deps front');
  expect(step?.needs).toHaveLength(1);
});
