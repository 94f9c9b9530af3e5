import { expect, test } from 'vitest';
import type { WorkflowSource } from '#model/artifacts.ts';
import { estate, findings, job, trigger, workflow } from '../../test-estate.ts';
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

const of = (...workflows: WorkflowSource[]) =>
  findings(workflowPermissionsBroad, estate({ artifacts: { workflows } }));

test('workflows without a limit are one finding, those that limit themselves left out', () => {
  const [finding, ...others] = of(
    workflow({ file: '.github/workflows/a.yml', jobs: [job()] }),
    workflow({ file: '.github/workflows/b.yml', jobs: [job()] }),
    workflow({ file: '.github/workflows/c.yml', jobs: [job()], permissions: read }),
  );
  expect(others).toEqual([]);
  expect(finding?.title.en).toBe('2 workflows: rights of the token not limited');
  expect(finding?.evidence).toHaveLength(2);
});

test('a workflow that only others call has the rights of its callers', () => {
  const called = workflow({
    file: '.github/workflows/build.yml',
    triggers: [trigger('workflow_call')],
    jobs: [job()],
  });
  const uses = { text: './.github/workflows/build.yml', line: 9 };
  const caller = (parts: Partial<WorkflowSource>) => workflow({ jobs: [job({ uses })], ...parts });
  expect(of(called, caller({ permissions: read }))).toEqual([]);
  expect(of(called, caller({}))).toHaveLength(1);
});
