import { expect, test } from 'vitest';
import type { Resource } from '#model/resource.ts';
import { estate, fact, findings, resource } from '../../test-estate.ts';
import { resourceDrifted } from './resource-drifted.ts';

const drifted: Partial<Resource> = {
  status: 'drifted',
  drift: [{ path: 'runtime', declared: 'nodejs22.x', observed: 'nodejs18.x' }],
  observed: [{ source: 'aws', operation: 'lambda:ListFunctions', at: '2026-11-28T00:00:00Z' }],
};
const found = (parts: Partial<Resource>) =>
  findings(
    resourceDrifted,
    estate({ resources: [resource('AWS::Lambda::Function', 'resize', [fact('repo')], parts)] }),
  );

test('a property that differs is a finding with both sides as evidence', () => {
  const [finding] = found(drifted);
  expect(finding?.message.en).toBe('`runtime` declared `nodejs22.x`, observed `nodejs18.x`.');
  expect(finding?.evidence).toMatchObject([{ source: 'repo' }, { source: 'aws' }]);
});

test('what agrees is none', () => {
  expect(found({ ...drifted, status: 'verified', drift: [] })).toEqual([]);
});
