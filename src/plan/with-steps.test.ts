import { expect, test } from 'vitest';
import type { Finding } from '#model/finding.ts';
import type { Step } from '#model/step.ts';
import { withSteps } from './with-steps.ts';

const finding = (gap: string) => ({ gap, steps: [] }) as unknown as Finding;
const step = (id: string, findings: string[]) => ({ id, findings }) as unknown as Step;

test('a finding names the steps that mend it, in their order, and one that nothing mends names none', () => {
  const found = withSteps(
    [finding('GAP-0001'), finding('GAP-0002'), finding('GAP-0003')],
    [step('S-01', ['GAP-0002']), step('S-02', ['GAP-0001', 'GAP-0002'])],
  );
  expect(found.map(({ steps }) => steps)).toEqual([['S-02'], ['S-01', 'S-02'], []]);
});
