import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { mergeFacts } from './merge.ts';

const fact = (parts: Partial<Fact>): Fact => ({
  kind: 'AWS::S3::Bucket',
  name: 'quay-assets',
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'a.yml', line: 3 },
  environments: [],
  through: 'a.yml',
  ...parts,
});

test('the same thing at the same place is one fact, as sure as the surest, for all its environments', () => {
  expect(
    mergeFacts([
      fact({ certainty: 'static', environments: ['prod'], verb: 'uses', region: 'eu-west-3' }),
      fact({ certainty: 'rehearsed', environments: ['dev'], verb: 'creates' }),
    ]),
  ).toEqual([
    fact({ certainty: 'rehearsed', environments: ['dev', 'prod'], verb: 'creates', region: 'eu-west-3' }),
  ]);
});

test('another line, another sort or another workflow is another fact', () => {
  const facts = [
    fact({}),
    fact({ evidence: { source: 'repo', file: 'a.yml', line: 4 } }),
    fact({ sort: 'reference' }),
    fact({ through: 'b.yml' }),
  ];
  expect(mergeFacts(facts)).toEqual(facts);
});
