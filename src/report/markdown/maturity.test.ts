import { test } from 'vitest';
import { maturityReport } from '../../../test/fixtures/sample-maturity.ts';
import { maturity } from './maturity.ts';

test('x', () => {
  console.log(maturity(maturityReport(), 'fr'));
});
