import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { routeMissing } from './route-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::EC2::RouteTable', 'rtb-0a1b', check('route-missing', parts));

test('no route to the internet in rtb-0a1b: high', () => {
  const text = {
    fr: 'aucune route vers Internet dans `rtb-0a1b`',
    en: 'no route to the internet in `rtb-0a1b`',
  };
  const found = findings(routeMissing, at({ text, evidence: [read('ec2:DescribeRouteTables')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`rtb-0a1b`\u00a0: route manquante',
        en: '`rtb-0a1b`: missing route',
      },
      message: {
        fr: 'Aucune route vers Internet dans `rtb-0a1b`.',
        en: 'No route to the internet in `rtb-0a1b`.',
      },
      resources: ['constat:AWS::EC2::RouteTable::rtb-0a1b'],
      evidence: [{ operation: 'ec2:DescribeRouteTables' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(routeMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(routeMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(routeMissing, at({ result: 'unknown' }))).toBe(true);
});
