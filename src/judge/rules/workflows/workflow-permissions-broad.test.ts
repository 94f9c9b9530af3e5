import { expect, test } from 'vitest';
import type { WorkflowSource } from '#model/artifacts.ts';
import { estate, findings, job, workflow } from '../../test-estate.ts';
import { workflowPermissionsBroad } from './workflow-permissions-broad.ts';

const found = (parts: Partial<WorkflowSource>) =>
  findings(
    workflowPermissionsBroad,
    estate({ artifacts: { workflows: [workflow({ jobs: [job()], ...parts })] } }),
  );
const read = { value: { contents: 'read' }, line: 5 };

test('write-all is medium, at the top or on a job', () => {
  expect(found({ permissions: { value: 'write-all', line: 4 } })[0]).toMatchObject({
    severity: 'medium',
    evidence: [{ line: 4 }],
  });
  expect(
    found({ permissions: read, jobs: [job({ permissions: { value: 'write-all', line: 9 } })] })[0]?.severity,
  ).toBe('medium');
});

test('nothing written is low and not sure: the settings decide, and were not read', () => {
  const [finding] = found({});
  expect(finding).toMatchObject({ severity: 'low', confidence: 'low' });
  expect(finding?.message.en).toContain('which were not read');
});

test('a limit at the top, or on each job, is sound', () => {
  expect(found({ permissions: read })).toEqual([]);
  expect(found({ jobs: [job({ permissions: read }), job({ id: 'b', permissions: read })] })).toEqual([]);
  expect(found({ jobs: [job({ permissions: read }), job({ id: 'b' })] })).toHaveLength(1);
});
