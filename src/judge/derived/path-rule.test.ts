import { expect, test } from 'vitest';
import type { Cause, Check, Path } from '#model/path.ts';
import type { Text } from '#model/text.ts';
import { judge } from '../judge.ts';
import {
  check,
  estate,
  fact,
  findings,
  hop,
  isUnknown,
  onPath,
  path,
  read,
  resource,
} from '../test-estate.ts';
import { pathRule } from './path-rule.ts';

const ruleOf = (id: string, parts: Partial<Parameters<typeof pathRule>[0]> = {}) =>
  pathRule({
    id,
    severity: 'high',
    title: { fr: 'Image absente du registre', en: 'Image that is not in the registry' },
    risk: { fr: 'Aucune tâche ne démarre.', en: 'No task starts.' },
    remedy: { fr: 'Pousser l’image.', en: 'Push the image.' },
    ...parts,
  });
const rule = ruleOf('image-missing');
const say = (en: string): Text => ({ fr: `${en} (vu)`, en });
const failing = (id: string, en: string, parts: Partial<Check> = {}) =>
  check(id, { text: say(en), ...parts });

const observed = (kind: `AWS::${string}`, name: string) =>
  resource(kind, name, [fact('repo')], {
    status: 'verified',
    environments: ['prod'],
    observed: [read(`read ${name}`)],
  });
const group = observed('AWS::ElasticLoadBalancingV2::TargetGroup', 'web');
const service = observed('AWS::ECS::Service', 'api');
const definition = observed('AWS::ECS::TaskDefinition', 'api-task');
const known = [group, service, definition];
const IMAGE = 'constat:Docker::Image::shop/api:1.4.2';

const cause = (parts: Partial<Cause>): Cause => ({
  title: say('no such image'),
  chain: [say('no such image'), say('the pull fails'), say('0 of 2 targets')],
  hops: [IMAGE, service.id, group.id],
  checks: ['image-missing', 'image-pull-failing', 'targets-unhealthy'],
  certainty: 'established',
  ...parts,
});

/** A service that cannot pull its image, behind a group without targets. */
const broken = (parts: Partial<Path> = {}): Path =>
  path(
    [
      hop(group.id, [failing('targets-unhealthy', '0 of 2 targets')]),
      hop(service.id, [
        failing('image-pull-failing', 'the pull fails'),
        failing('deployment-failed', 'deployment failed'),
      ]),
      hop(definition.id, []),
    ],
    {
      side: [
        {
          resource: IMAGE,
          role: 'image',
          of: definition.id,
          checks: [failing('image-missing', 'no such image', { evidence: [] })],
        },
      ],
      causes: [cause({ beside: [{ check: 'deployment-failed', hop: service.id }] })],
      ...parts,
    },
  );

test('a failure is one gap at its place, with what was read of it and what the check speaks of', () => {
  const own = failing('image-missing', 'no such image', {
    evidence: [read('ecr:DescribeImages')],
    resources: [service.id, 'constat:AWS::ECR::Repository::gone'],
  });
  const found = findings(rule, estate({ resources: known, paths: [path([hop(definition.id, [own])])] }));
  expect(found).toMatchObject([
    {
      rule: 'image-missing',
      severity: 'high',
      priority: 'P1',
      confidence: 'high',
      title: {
        fr: '`api-task`\u00a0: image absente du registre',
        en: '`api-task`: image that is not in the registry',
      },
      message: { fr: 'No such image (vu).', en: 'No such image.' },
      environments: ['prod'],
      resources: [service.id, definition.id],
      evidence: [{ operation: 'ecr:DescribeImages' }],
    },
  ]);
});

test('a root says what follows from it, in its chain and beside it', () => {
  const [finding] = findings(rule, estate({ resources: known, paths: [broken()] }));
  expect(finding).toMatchObject({
    severity: 'high',
    title: { en: '`shop/api:1.4.2`: image that is not in the registry' },
    message: {
      fr: 'No such image (vu). Il en découle\u00a0: the pull fails (vu)\u00a0; 0 of 2 targets (vu)\u00a0; deployment failed (vu).',
      en: 'No such image. What follows: the pull fails; 0 of 2 targets; deployment failed.',
    },
    resources: [IMAGE],
    // the check names no read: what was read of the task definition that names the image
    evidence: [{ operation: 'read api-task' }],
  });
});

test.each(['image-pull-failing', 'deployment-failed'])(
  '%s, which the root explains, is less severe and says by what',
  (id) => {
    const [finding] = findings(ruleOf(id), estate({ resources: known, paths: [broken()] }));
    expect(finding).toMatchObject({ severity: 'medium', priority: 'P2' });
    expect(finding?.message.en).toContain('Explained by: no such image (`shop/api:1.4.2`).');
    expect(finding?.message.fr).toContain('Expliqué par\u00a0: no such image (vu) (`shop/api:1.4.2`).');
  },
);

test('what is only probably explained keeps its severity', () => {
  const causes = [cause({ certainty: 'probable' })];
  const [finding] = findings(
    ruleOf('image-pull-failing'),
    estate({ resources: known, paths: [broken({ causes })] }),
  );
  expect(finding).toMatchObject({ severity: 'high' });
  expect(finding?.message.en).toContain('Probably explained by: no such image');
});

test('a failure of low severity stays low when it is explained', () => {
  const low = ruleOf('image-pull-failing', { severity: 'low' });
  expect(findings(low, estate({ resources: known, paths: [broken()] }))).toMatchObject([{ severity: 'low' }]);
});

test('a probable failure is of medium confidence, unless another of the same place is established', () => {
  const probable = failing('image-missing', 'perhaps', { certainty: 'probable' });
  expect(findings(rule, onPath('AWS::ECS::TaskDefinition', 'api', probable))).toMatchObject([
    { confidence: 'medium' },
  ]);
  const both = onPath('AWS::ECS::TaskDefinition', 'api', probable, failing('image-missing', 'surely'));
  expect(findings(rule, both)).toMatchObject([{ confidence: 'high', message: { en: 'Perhaps. Surely.' } }]);
});

const passing = (url: string, ...checks: Check[]): Path => path([hop(definition.id, checks)], { url });

test('two URLs that fail at one place are one finding, the same whatever their order', () => {
  const [a, b] = [
    passing('https://quay.example/', failing('image-missing', 'one')),
    passing('https://user:word@www.quay.example/api?token=word', failing('image-missing', 'two')),
  ];
  const found = findings(rule, estate({ resources: known, paths: [a, b] }));
  expect(found).toMatchObject([
    { message: { en: 'One. Two. On the path of `https://quay.example/`, `https://www.quay.example/api`.' } },
  ]);
  const [alone] = findings(rule, estate({ resources: known, paths: [b] }));
  expect(alone?.fingerprint).toBe(found[0]?.fingerprint);
  const [turned] = findings(rule, estate({ resources: known, paths: [b, a] }));
  expect(turned?.fingerprint).toBe(found[0]?.fingerprint);
});

test('the URLs on which it fails are named where others pass', () => {
  const paths = [
    passing('https://quay.example/', failing('image-missing', 'one')),
    passing('https://sound.example/', check('image-missing', { result: 'pass' })),
  ];
  expect(findings(rule, estate({ resources: known, paths }))).toMatchObject([
    { message: { fr: 'One (vu). Sur le chemin de `https://quay.example/`.' } },
  ]);
});

test('what is a root on one path and explained on another keeps its severity', () => {
  const root = broken({
    url: 'https://other.example/',
    side: [],
    causes: [cause({ checks: ['image-pull-failing'], hops: [service.id], chain: [say('the pull fails')] })],
  });
  const found = findings(ruleOf('image-pull-failing'), estate({ resources: known, paths: [broken(), root] }));
  expect(found).toMatchObject([{ severity: 'high' }]);
});

test('two places are two findings', () => {
  const paths = [
    path([
      hop(definition.id, [failing('image-missing', 'one')]),
      hop(service.id, [failing('image-missing', 'two')]),
    ]),
  ];
  const found = findings(rule, estate({ resources: known, paths }));
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test('the gap of a resource is the same before and after its ARN is known', () => {
  const seen = { ...definition, id: 'arn:aws:ecs:eu-west-1:1:task-definition/api-task:7' };
  const of = (one: typeof definition) =>
    findings(
      rule,
      estate({ resources: [one], paths: [path([hop(one.id, [failing('image-missing', 'one')])])] }),
    )[0];
  expect(of(seen)?.fingerprint).toBe(of(definition)?.fingerprint);
});

test('a failure that nothing was read for is no gap', () => {
  const own = failing('image-missing', 'one', { evidence: [] });
  expect(findings(rule, estate({ paths: [path([hop('constat:AWS::ECS::Service::gone', [own])])] }))).toEqual(
    [],
  );
});

test('what nobody could look at is counted, with the permission to ask for', () => {
  const open = check('image-missing', {
    result: 'unknown',
    evidence: [],
    refusal: {
      sort: 'denied',
      operation: 'ecr:DescribeImages',
      permission: 'ecr:DescribeImages',
      why: { fr: 'accès refusé', en: 'access denied' },
    },
  });
  const of = onPath('AWS::ECS::TaskDefinition', 'api', open);
  expect(judge(of, [rule])).toMatchObject({
    drafts: [],
    unknown: [
      {
        rule: 'image-missing',
        subjects: 1,
        because: {
          fr: '`ecr:DescribeImages`\u00a0: accès refusé',
          en: '`ecr:DescribeImages`: access denied',
        },
      },
    ],
  });
});

test('where the check passes or is of another path there is nothing to say', () => {
  for (const own of [check('image-missing', { result: 'pass' }), check('log-group-missing')]) {
    const of = onPath('AWS::ECS::TaskDefinition', 'api', own);
    expect(findings(rule, of)).toEqual([]);
    expect(isUnknown(rule, of)).toBe(false);
  }
});
