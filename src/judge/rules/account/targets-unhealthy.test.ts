import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { check, estate, fact, findings, hop, path, read, resource } from '../../test-estate.ts';
import { targetsUnhealthy } from './targets-unhealthy.ts';

const found = (...states: string[]) => {
  const targets: Json = states.map((state) => ({
    id: '10.0.0.1',
    state,
    ...(state === 'unhealthy' && { reason: 'Target.ResponseCodeMismatch' }),
  }));
  return findings(
    targetsUnhealthy,
    estate({
      resources: [
        resource('AWS::ElasticLoadBalancingV2::TargetGroup', 'api', [fact('repo')], {
          status: 'verified',
          properties: { targets },
          observed: [
            {
              source: 'aws',
              operation: 'elasticloadbalancing:DescribeTargetGroups',
              at: '2026-11-28T00:00:00Z',
            },
          ],
        }),
      ],
    }),
  );
};

test('a group without a healthy target is high, with the reason', () => {
  expect(found('unhealthy', 'draining')).toMatchObject([
    {
      severity: 'high',
      title: { en: '`api`: no healthy target' },
      message: { en: '1 target fails the health check (`Target.ResponseCodeMismatch`), of 2 registered.' },
    },
  ]);
});

test('some that fail beside healthy ones are medium', () => {
  expect(found('healthy', 'unhealthy', 'unhealthy')).toMatchObject([
    { severity: 'medium', title: { fr: '`api`\u00a0: 2 cibles échouent au contrôle de santé' } },
  ]);
});

test.each([[['healthy']], [['initial', 'draining']], [['unused']], [[]]])('%j is none', (states) => {
  expect(found(...states)).toEqual([]);
});

test('on a path, what explains it is told, and it is less severe', () => {
  const group = resource('AWS::ElasticLoadBalancingV2::TargetGroup', 'api', [fact('repo')], {
    properties: { targets: [{ id: '10.0.0.1', state: 'unhealthy' }] },
    observed: [read('elasticloadbalancing:DescribeTargetHealth')],
  });
  const paths = [
    path(
      [hop(group.id, [check('targets-unhealthy'), check('security-group-blocks')], { role: 'target-group' })],
      {
        causes: [
          {
            title: { fr: '`sg-1` ne laisse pas entrer 8080', en: '`sg-1` does not let 8080 in' },
            chain: [],
            hops: ['constat:AWS::EC2::SecurityGroup::sg-1', group.id],
            checks: ['security-group-blocks', 'targets-unhealthy'],
            certainty: 'established',
          },
        ],
      },
    ),
  ];
  expect(findings(targetsUnhealthy, estate({ resources: [group], paths }))).toMatchObject([
    {
      severity: 'medium',
      title: { en: '`api`: no healthy target' },
      message: {
        fr: '1 cible échoue au contrôle de santé, sur 1 inscrite. Expliqué par\u00a0: `sg-1` ne laisse pas entrer 8080.',
        en: '1 target fails the health check, of 1 registered. Explained by: `sg-1` does not let 8080 in.',
      },
    },
  ]);
});
