import { expect, test } from 'vitest';
import { type Domain, no, yes } from '#model/maturity.ts';
import { type TargetData, targetSchema } from '#model/target.ts';
import type { Text } from '#model/text.ts';
import { estate } from '../test-estate.ts';
import { checkAnswers, givenTarget } from './target.ts';
import { viewOf } from './view.ts';

const said = (en: string): Text => ({ fr: `fr ${en}`, en });
const domain = (id: string, ...questions: string[]): Domain => ({
  id,
  title: said(id),
  target: said(`sound ${id}`),
  questions: questions.map((question) => ({
    id: question,
    text: said(`${question}?`),
    weight: 2,
    severity: 'high',
    effort: 'large',
    gap: { id: `${question}-missing`, title: said('lacking'), remedy: said('write it') },
    rules: ['rollback-undocumented'],
    answer: () => no(said('no')),
  })),
});
const domains = [
  domain('rollback', 'rollback-written', 'rollback-tried'),
  domain('security', 'cors-restricted'),
];
const LINES = new Map([
  ['rollback', 2],
  ['rollback/rollback-writen', 5],
  ['rollback/ours', 9],
  ['ours', 20],
]);
const given = (data: TargetData['domains']) =>
  givenTarget(
    'devops',
    { file: 'constat.target.yaml', data: targetSchema.parse({ domains: data }), lines: LINES },
    { domains, rules: new Set(['rollback-undocumented', 'secret-committed']) },
  );
const view = viewOf(estate({ files: new Set(['RUNBOOK.md']) }), [], new Set(), () => ({}));

test('a domain without questions asks all of its own, and what is left out is not asked', () => {
  expect(
    given({ rollback: null }).domains.map(({ id, questions }) => [id, questions.map((one) => one.id)]),
  ).toEqual([['rollback', ['rollback-written', 'rollback-tried']]]);
  expect(given({ rollback: { questions: { 'rollback-tried': null } } }).domains[0]?.questions).toHaveLength(
    1,
  );
});

test('a text, a weight, a severity and an effort replace those of Constat, and the rest stays', () => {
  const [changed] = given({
    rollback: {
      title: 'Back',
      questions: { 'rollback-written': { text: 'Written?', weight: 3, severity: 'low', effort: 'small' } },
    },
  }).domains;
  expect(changed).toMatchObject({ title: { fr: 'Back', en: 'Back' }, target: said('sound rollback') });
  expect(changed?.questions[0]).toMatchObject({
    text: { fr: 'Written?', en: 'Written?' },
    weight: 3,
    severity: 'low',
    effort: 'small',
    gap: { id: 'rollback-written-missing', remedy: said('write it') },
    rules: ['rollback-undocumented'],
  });
  expect(changed?.questions[0]?.answer(view)).toEqual(no(said('no')));
});

test('a question of the team is answered by what it names', () => {
  const [own] = given({
    ours: {
      title: 'Ours',
      target: 'Sound',
      questions: {
        'runbook-there': { text: 'Runbook?', gap: { title: 'none', remedy: 'write' }, files: ['RUNBOOK*'] },
      },
    },
  }).domains;
  expect(own?.questions[0]).toMatchObject({
    weight: 2,
    severity: 'medium',
    effort: 'medium',
    gap: { id: 'runbook-there-lacking' },
    line: 20,
  });
  expect(own?.questions[0]?.answer(view)).toMatchObject(
    yes({ fr: 'Présent dans le dépôt\u00a0: `RUNBOOK.md`.', en: 'In the repository: `RUNBOOK.md`.' }, [
      { source: 'repo', file: 'RUNBOOK.md', line: 1 },
    ]),
  );
});

test('a way of answering given to a question of Constat replaces its own, and its rules too', () => {
  const [changed] = given({
    rollback: { questions: { 'rollback-written': { files: ['RUNBOOK.md'] } } },
  }).domains;
  expect(changed?.questions[0]?.answer(view).answer).toBe('yes');
  expect(changed?.questions[0]?.rules).toBeUndefined();
});

const OWN = { text: 'Ours?', gap: { title: 'none', remedy: 'write' } };
test.each<[string, TargetData['domains'], string]>([
  [
    'a question that does not exist',
    { rollback: { questions: { 'rollback-writen': null } } },
    'constat.target.yaml:5: domains.rollback.questions.rollback-writen: no such question; did you mean rollback-written; one of your own is answered by files, rules, query or documents',
  ],
  [
    'a domain that does not exist',
    { rolback: null },
    'constat.target.yaml:1: domains.rolback: no such domain; did you mean rollback; one of your own needs title, target and questions',
  ],
  [
    'two ways of answering',
    { rollback: { questions: { ours: { ...OWN, files: ['*'], documents: 'rollback' } } } },
    'constat.target.yaml:9: domains.rollback.questions.ours: answered by files and by documents: keep one of them',
  ],
  [
    'a question without a gap',
    { rollback: { questions: { ours: { text: 'Ours?', files: ['*'] } } } },
    'constat.target.yaml:9: domains.rollback.questions.ours: gap.title, gap.remedy: needed for a question of your own',
  ],
  [
    'a rule that does not exist',
    { rollback: { questions: { ours: { ...OWN, rules: ['secret-comitted'] } } } },
    'constat.target.yaml:9: domains.rollback.questions.ours: no rule secret-comitted; did you mean secret-committed; `constat rules` lists them',
  ],
  [
    'a query that is none',
    { rollback: { questions: { ours: { ...OWN, query: 'resources[?' } } } },
    'constat.target.yaml:9: domains.rollback.questions.ours: query: ',
  ],
  [
    '`all` without files',
    { rollback: { questions: { ours: { ...OWN, query: '`true`', all: true } } } },
    'constat.target.yaml:9: domains.rollback.questions.ours: `all` belongs to `files`',
  ],
  [
    'a question that is asked twice',
    { rollback: null, security: { questions: { 'rollback-tried': null } } },
    'constat.target.yaml:1: domains.security.questions.rollback-tried: the question is asked in domains.rollback.questions.rollback-tried too',
  ],
])('%s is told where it stands', (_, data, message) => {
  expect(() => given(data)).toThrow(message);
});

test('an answer of a person to a question that does not exist is told, one that the target leaves out is not', () => {
  const target = given({ security: null });
  const answer = { answer: 'yes', by: 'Ada', on: '2026-01-01' } as const;
  expect(() => checkAnswers({ 'rollback-writen': answer }, target, domains)).toThrow(
    'constat.yaml: answers.rollback-writen: no such question; did you mean rollback-written; docs/maturity.md lists them',
  );
  expect(() => checkAnswers({ 'rollback-written': answer }, target, domains)).not.toThrow();
});
