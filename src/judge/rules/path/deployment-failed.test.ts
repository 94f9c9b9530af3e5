import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { deploymentFailed } from './deployment-failed.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('deployment-failed', parts));

test('deployment failed: tasks failed to start: high', () => {
  const text = {
    fr: 'déploiement en échec\u00a0: `tasks failed to start`',
    en: 'deployment failed: `tasks failed to start`',
  };
  const found = findings(deploymentFailed, at({ text, evidence: [read('ecs:DescribeServices')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: déploiement ECS en échec',
        en: '`berths`: failed ECS deployment',
      },
      message: {
        fr: 'Déploiement en échec\u00a0: `tasks failed to start`.',
        en: 'Deployment failed: `tasks failed to start`.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeServices' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(deploymentFailed, at({ result: 'pass' }))).toEqual([]);
  expect(findings(deploymentFailed, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(deploymentFailed, at({ result: 'unknown' }))).toBe(true);
});
