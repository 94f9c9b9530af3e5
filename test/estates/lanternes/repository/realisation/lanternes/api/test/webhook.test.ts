import { expect, test } from 'vitest';
import { isSigned } from '../src/webhook';

test('une signature fausse est refusée', async () => {
  expect(await isSigned('{}', btoa('faux'), 'secret-de-test')).toBe(false);
});
