import { expect, test } from 'vitest';
import type { AnyRule, Gap } from '#model/rule.ts';
import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { at } from './derived/place.ts';
import { fingerprint, judge } from './judge.ts';
import { composeFile, estate, fact, resource, workflow } from './test-estate.ts';

const text = (words: string) => ({ fr: words, en: words });
const gap = (parts: Partial<Gap> = {}): Gap => ({
  title: text('a gap'),
  message: text('a message'),
  evidence: [at('b.yml', 9), at('a.yml', 3)],
  ...parts,
});
const base = { severity: 'low', title: text('fault'), risk: text('risk'), remedy: text('remedy') } as const;
const onWorkflows = (id: string, evaluate: (file: string) => ReturnType<typeof gaps>, parts = {}): AnyRule =>
  defineRule({ ...base, id, subject: 'workflow', evaluate: ({ file }) => evaluate(file), ...parts });
const workflows = [workflow({ file: 'one.yml' }), workflow({ file: 'two.yml' })];
const of = estate({ artifacts: { workflows } });

test('a gap becomes a finding with the defaults of its rule and sorted evidence', () => {
  const { drafts } = judge(of, [onWorkflows('late', (file) => (file === 'one.yml' ? gaps([gap()]) : ok))]);
  expect(drafts).toMatchObject([
    { rule: 'late', severity: 'low', priority: 'P3', confidence: 'high', remedy: base.remedy },
  ]);
  expect(drafts[0]?.evidence).toMatchObject([{ file: 'a.yml' }, { file: 'b.yml' }]);
});

test('a gap’s own severity brings its own priority', () => {
  const rule = onWorkflows('late', () => gaps([gap({ severity: 'high' })]), { priority: 'P3' });
  expect(judge(of, [rule]).drafts[0]).toMatchObject({ severity: 'high', priority: 'P1' });
});

test('the fingerprint depends on rule, subject and key alone', () => {
  expect(fingerprint('late', 'one.yml', '')).toMatch(/^[0-9a-f]{16}$/);
  const moved = onWorkflows('late', () =>
    gaps([gap({ evidence: [at('z.yml', 400)], message: text('other words') })]),
  );
  const ids = (rule: AnyRule) => judge(of, [rule]).drafts.map((one) => one.fingerprint);
  expect(ids(moved)).toEqual(ids(onWorkflows('late', () => gaps([gap()]))));
  expect(
    new Set([...ids(moved), fingerprint('late', 'one.yml', 'key'), fingerprint('early', 'one.yml', '')]).size,
  ).toBe(4);
});

test('two gaps of one fingerprint are one finding with the evidence of both', () => {
  const [only, ...others] = judge(of, [
    onWorkflows('late', (file) =>
      file === 'one.yml' ? gaps([gap(), gap({ evidence: [at('c.yml', 1), at('a.yml', 3)] })]) : ok,
    ),
  ]).drafts;
  expect(others).toEqual([]);
  expect(only?.evidence).toHaveLength(3);
});

test('the most severe come first, whatever the order of the rules', () => {
  const low = onWorkflows('b-low', () => gaps([gap()]));
  const critical = onWorkflows('c-critical', () => gaps([gap({ severity: 'critical' })]));
  const other = onWorkflows('a-low', () => gaps([gap()]));
  const order = (rules: AnyRule[]) =>
    judge(of, rules).drafts.map(({ rule, fingerprint: id }) => `${rule} ${id}`);
  expect(order([low, critical, other])).toEqual(order([other, low, critical]));
  expect(judge(of, [low, critical, other]).drafts.map(({ rule }) => rule)).toEqual([
    'c-critical',
    'c-critical',
    'a-low',
    'a-low',
    'b-low',
    'b-low',
  ]);
});

test('a source that was not asked for makes the answer unknown for each subject, and the rule is not run', () => {
  const rule = onWorkflows('cloud', () => gaps([gap()]), { needs: ['aws'] });
  expect(judge(of, [rule])).toMatchObject({
    drafts: [],
    judged: new Set(),
    unknown: [
      {
        rule: 'cloud',
        subjects: 2,
        because: { fr: 'source non lue\u00a0: aws', en: 'source not read: aws' },
      },
    ],
  });
});

test('a rule that has no answer is counted by its reason', () => {
  const rule = onWorkflows('late', (file) => (file === 'one.yml' ? unknown(text('not read')) : ok));
  expect(judge(of, [rule]).unknown).toEqual([{ rule: 'late', subjects: 1, because: text('not read') }]);
});

test('a rule that throws loses its subject and not the audit', () => {
  const failures: string[] = [];
  const broken = onWorkflows('broken', (file) => {
    if (file === 'one.yml') throw new TypeError('no such thing');
    return gaps([gap()]);
  });
  const { drafts, unknown: unanswered } = judge(of, [broken], (rule) => failures.push(rule));
  expect(drafts).toHaveLength(1);
  expect(unanswered).toMatchObject([{ rule: 'broken', subjects: 1 }]);
  expect(failures).toEqual(['broken']);
});

test('a rule on resources is asked about its kinds, and its findings carry the resource’s place', () => {
  const service = resource('AWS::ECS::Service', 'api', [fact('repo')], {
    system: 'shop',
    environments: ['prod'],
  });
  const queue = resource('AWS::SQS::Queue', 'jobs', [fact('repo')]);
  const rule: AnyRule = defineRule({
    ...base,
    id: 'idle',
    subject: 'resource',
    kinds: ['AWS::ECS::Service'],
    evaluate: () => gaps([gap()]),
  });
  expect(judge(estate({ resources: [service, queue] }), [rule]).drafts).toMatchObject([
    { resources: [service.id], systems: ['shop'], environments: ['prod'] },
  ]);
});

test('subjects of one sort are kept apart by their file', () => {
  const rule: AnyRule = defineRule({
    ...base,
    id: 'any',
    subject: 'composeFile',
    evaluate: () => gaps([gap()]),
  });
  const composeFiles = [composeFile([]), composeFile([], { file: 'other/compose.yaml' })];
  expect(judge(estate({ artifacts: { composeFiles } }), [rule]).drafts).toHaveLength(2);
});

test('a rule was judged where it was applied to something and always had an answer', () => {
  const one = (id: string, first: ReturnType<typeof gaps>) =>
    onWorkflows(id, (file) => (file === 'one.yml' ? first : ok));
  const never = onWorkflows('never', () => notApplicable);
  const { judged } = judge(of, [
    one('sound', ok),
    one('found', gaps([gap()])),
    one('half', unknown(text('why'))),
    never,
  ]);
  expect([...judged]).toEqual(['sound', 'found']);
  expect([...judge(estate(), [one('sound', ok)]).judged]).toEqual([]);
});
