import { expect, test } from 'vitest';
import type { AwsCollector } from './aws-collector.ts';
import { readingsOf } from './readings.ts';

const service = (where: AwsCollector['where']): AwsCollector => ({
  id: 'one',
  title: { fr: 'Un', en: 'One' },
  service: 'one',
  where,
  kinds: [],
  permissions: {},
  run: () => Promise.resolve({ facts: [], lookups: [] }),
});
const places = (where: AwsCollector['where'], ...regions: string[]) =>
  readingsOf([service(where)], regions, 'us-east-1').map(
    ({ region, beyond }) => `${region}${beyond ? ' beyond' : ''}`,
  );

test('a service of regions is read in those asked for', () => {
  expect(places('regions', 'eu-west-1', 'eu-west-3')).toEqual(['eu-west-1', 'eu-west-3']);
});

test('a service without regions is read once, at home', () => {
  expect(places('global', 'eu-west-1', 'eu-west-3')).toEqual(['us-east-1']);
});

test('a service that has something at home is read there too, once', () => {
  expect(places('regions-and-home', 'eu-west-3')).toEqual(['eu-west-3', 'us-east-1 beyond']);
  expect(places('regions-and-home', 'eu-west-3', 'us-east-1')).toEqual(['eu-west-3', 'us-east-1']);
});
