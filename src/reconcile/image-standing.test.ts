import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import type { Lookup, Observation, Refusal } from '#model/lookup.ts';
import { imageStanding } from './image-standing.ts';
import { declared } from './test-facts.ts';

const ACCOUNT = '123456789012';
const URI = `${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/quay/api`;
const denied: Refusal = {
  sort: 'denied',
  operation: 'ecr:DescribeImages',
  why: { fr: '`ecr:DescribeImages` a été refusé', en: '`ecr:DescribeImages` was denied' },
};
const looked = (...lookups: Partial<Lookup>[]): Observation => ({
  source: 'aws',
  account: ACCOUNT,
  regions: ['eu-west-3'],
  kinds: new Set(['AWS::ECR::Repository']),
  lookups: lookups.map((one) => ({
    source: 'aws',
    kind: 'AWS::ECR::Repository',
    account: ACCOUNT,
    region: 'eu-west-3',
    ...one,
  })),
});
const images = (more: Partial<Lookup> = {}): Partial<Lookup> => ({
  kind: 'Docker::Image',
  scope: URI,
  ...more,
});
const standing = (name: string, observation: Observation, more: Partial<Fact> = {}) => {
  const found = imageStanding([declared('Docker::Image', name, more)], [observation]);
  return found && [found.status, found.reason?.en];
};

test('an image that its repository does not hold is missing where all of its images were seen', () => {
  expect(standing(`${URI}:v1`, looked({}, images()))).toEqual([
    'missing',
    'repository `quay/api` has no such image',
  ]);
});

test('so is one of a repository that is not there', () => {
  expect(standing(`${URI}:v1`, looked({}))).toEqual(['missing', 'repository `quay/api` does not exist']);
});

test('behind a denied list, of images or of repositories, it is unverified', () => {
  expect(standing(`${URI}:v1`, looked({}, images({ refusal: denied })))?.[0]).toBe('unverified');
  expect(standing(`${URI}:v1`, looked({ refusal: denied }))?.[0]).toBe('unverified');
});

test('a tag or an account that only the run knows, and an image without a tag, are not looked for', () => {
  const open = { nameStatus: 'template' } as const;
  expect(standing(`⟨AWS account⟩${URI.slice(12)}:v1`, looked({}, images()), open)?.[0]).toBe('unverified');
  expect(standing(`${URI}:⟨github.sha⟩`, looked({}, images()), open)?.[0]).toBe('unverified');
  expect(standing(URI, looked({}, images()))).toEqual(['unverified', 'no tag is named']);
});

test('nothing is told of another registry, account or region', () => {
  expect(standing('nginx:1', looked({}))).toBeUndefined();
  expect(standing(`${URI.replace(ACCOUNT, '999999999999')}:v1`, looked({}))).toBeUndefined();
  expect(standing(`${URI.replace('eu-west-3', 'us-east-1')}:v1`, looked({}))).toBeUndefined();
});
