import { expect, test } from 'vitest';
import type { Domain } from '#model/maturity.ts';
import { explained } from './explained-gap.ts';

const said = (en: string) => ({ fr: `fr ${en}`, en });
const DOMAIN: Domain = {
  id: 'rollback',
  title: said('Rollback'),
  target: said('Back in five minutes.'),
  questions: [
    {
      id: 'rollback-scripted',
      text: said('Does `rollback.sh` exist?'),
      weight: 3,
      severity: 'high',
      effort: 'large',
      gap: {
        id: 'rollback-script-missing',
        title: said('No way back'),
        remedy: said('Write `rollback.sh`.'),
      },
      answer: () => ({ answer: 'unknown', note: said('?'), evidence: [] }),
    },
  ],
};

test('a gap is explained by its question, its priority and what to do', () => {
  expect(explained('rollback-script-missing', 'en', [DOMAIN])).toBe(`rollback-script-missing (high)

No way back

Does rollback.sh exist?

Question rollback-scripted of the domain “Rollback”, weight 3. Target: Back in five minutes.

Priority P2, or P3 where it is there in part.

Write rollback.sh.
`);
});

test('what is neither a rule nor a gap is told', () => {
  expect(() => explained('rollback-scripted', 'fr', [DOMAIN])).toThrow("no rule 'rollback-scripted'");
});
