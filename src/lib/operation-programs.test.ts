import { expect, test } from 'vitest';
import { isOperationProgram } from './operation-programs.ts';

test.each([
  'scripts/tidy.py',
  'shop/reset_db.py',
  'shop/deploy_workers.py',
  'ops/a.rb',
  'src/scripts/backup.mjs',
  'check-env.ts',
])('%s operates an estate', (path) => expect(isOperationProgram(path)).toBe(true));

test.each([
  'src/shop/models.py',
  'src/tools/deep/x.ts',
  'docs/deploy.md',
  'src/checkout.ts',
  'app.py',
  'api/verify-2fa.dto.ts',
])('%s is the product, or no program', (path) => expect(isOperationProgram(path)).toBe(false));
