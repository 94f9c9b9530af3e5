import { expect, test } from 'vitest';
import { awsCollectors, pathCollectors } from './collectors.ts';

test('a path is read by collectors of an audit, each once', () => {
  expect(new Set(pathCollectors).size).toBe(pathCollectors.length);
  expect(pathCollectors.filter((load) => !awsCollectors.includes(load))).toEqual([]);
});

test('what details are told of is listed by some collector of a path, or looked for by name', async () => {
  const collectors = await Promise.all(pathCollectors.map((load) => load()));
  const listed = new Set(collectors.flatMap(({ kinds }) => kinds));
  for (const { id, detailed = [], detail, regionOf } of collectors) {
    expect([id, detail !== undefined]).toEqual([id, detailed.length > 0]);
    if (!regionOf)
      // files that speak of the second version call the same domain names so
      expect([
        id,
        detailed.filter((kind) => !listed.has(kind) && kind !== 'AWS::ApiGatewayV2::DomainName'),
      ]).toEqual([id, []]);
  }
});
