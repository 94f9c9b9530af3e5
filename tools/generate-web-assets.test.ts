import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { webAssets } from './generate-web-assets.ts';

test('the committed styles and scripts of the HTML report are those that its sources give', async () => {
  const committed = readFileSync(join(import.meta.dirname, '../web/assets.generated.ts'), 'utf8');
  expect(committed === (await webAssets()), 'run node tools/generate-web-assets.ts').toBe(true);
});
