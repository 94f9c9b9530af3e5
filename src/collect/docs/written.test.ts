import { expect, test } from 'vitest';
import { writtenNames } from './written.ts';

test('every name of a text is there, also inside addresses and code, and plain words are not', () => {
  expect(
    writtenNames(
      'The service `Shop-API` runs 12 tasks; see r.quai.fr/shop/web-1:latest, (orders_table).\n```\naws s3 ls s3://shop-files/x\n```'.toLowerCase(),
    ),
  ).toEqual(
    expect.arrayContaining([
      'shop-api',
      'r.quai.fr',
      'web-1',
      'orders_table',
      'shop-files',
      'r.quai.fr/shop/web-1:latest',
    ]),
  );
  expect(writtenNames('nothing but words, and a sentence. another.')).toEqual([]);
});
