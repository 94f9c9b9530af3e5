import { expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { renderJson } from './json.ts';

const resource = (index: number) => ({
  id: `arn:aws:sqs:eu-west-3:123456789012:queue-${index}`,
  name: `queue-${index}`,
  environments: index % 2 ? ['prod'] : [],
  properties: { policy: { statement: [{ text: 'première\n\u2028ligne "citée"' }] }, empty: {}, none: null },
});
const reportWith = (count: number) =>
  ({
    schema: 'constat/audit@1',
    audit: { id: 'a', estate: { name: 'shop' } },
    coverage: [],
    resources: Array.from({ length: count }, (_, index) => resource(index)),
    summary: { statuses: { missing: 0 }, unknown: undefined },
  }) as unknown as Report;

test.each([0, 1, 8_000])('a report of %i resources has the bytes of JSON.stringify', (count) => {
  const report = reportWith(count);
  expect([...renderJson(report)].join('')).toBe(`${JSON.stringify(report, null, 2)}\n`);
});

test('the text of a large report comes in pieces of about a megabyte', () => {
  const pieces = [...renderJson(reportWith(8_000))];
  expect(pieces.length).toBeGreaterThan(2);
  for (const piece of pieces) expect(piece.length).toBeLessThan(1_100_000);
});
