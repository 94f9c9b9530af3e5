import { expect, test } from 'vitest';
import { call, estate, findings, run, workflow } from '../../test-estate.ts';
import { workflowRunFails } from './workflow-run-fails.ts';

const why = { fr: 'le service ECS `api` n’existe pas', en: 'ECS service `api` does not exist' };
const update = (parts: Parameters<typeof call>[1] = {}) =>
  call('aws ecs update-service', { prediction: 'fails', why, ...parts });
const found = (...runs: Parameters<typeof run>[0][]) =>
  findings(workflowRunFails, estate({ artifacts: { workflows: [workflow({ runs: runs.map(run) })] } }));

test('the first call that would fail is a high finding at its line, with what is in the way', () => {
  const calls = [call('docker push', { prediction: 'ok' }), update({ line: 44 }), update({ line: 50 })];
  const [finding, ...others] = found({ calls });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'high', priority: 'P1', evidence: [{ line: 44 }] });
  expect(finding?.message.en).toContain('ECS service `api` does not exist');
});

test('runs that stop at the same call for the same reason are one finding, for all their environments', () => {
  const list = found(
    { calls: [update()], environment: 'staging' },
    { calls: [update()], environment: 'prod' },
  );
  expect(list.map(({ environments }) => environments)).toEqual([['prod', 'staging']]);
});

test('a step that may not be taken stops nothing for sure', () => {
  expect(found({ calls: [update({ condition: 'inputs.force' })] })).toMatchObject([{ severity: 'medium' }]);
});

test('what nobody could predict, and what ends well, is no finding', () => {
  const calls = [
    update({ prediction: 'unknown' }),
    call('aws s3 sync', { prediction: 'ok' }),
    call('npm ci'),
  ];
  expect(found({ calls })).toEqual([]);
});
