import { expect, test } from 'vitest';
import { type Answer, cannotTell, type Domain, no, partial, type Question, yes } from '#model/maturity.ts';
import type { Text } from '#model/text.ts';
import { fingerprint } from '../judge.ts';
import { estate } from '../test-estate.ts';
import { maturityOf, scoreOf, strengthsIn, withGapIds } from './maturity.ts';
import type { People } from './people.ts';
import { builtInTarget } from './target.ts';
import { type RuleFinding, type Target, viewOf } from './view.ts';

const said = (en: string): Text => ({ fr: `fr ${en}`, en });
const seen = [{ source: 'repo', file: 'deploy.sh', line: 4 }] as const;

const question = (id: string, answer: Question['answer'], parts: Partial<Question> = {}): Question => ({
  id,
  text: said(`${id}?`),
  weight: 2,
  severity: 'high',
  effort: 'small',
  gap: { id: `${id}-missing`, title: said(`no ${id}`), remedy: said(`write ${id}`) },
  answer,
  ...parts,
});
const domain = (...questions: Question[]): Domain => ({
  id: 'rollback',
  title: said('Rollback'),
  target: said('Back in five minutes.'),
  questions,
});
const asked = (...questions: Question[]): Target => builtInTarget('devops', [domain(...questions)]);
const RULE: RuleFinding = {
  fingerprint: 'f00',
  rule: 'rollback-undocumented',
  title: said('nobody wrote it'),
  evidence: [...seen],
};
const view = (findings: RuleFinding[] = [], files = ['README.md', 'deploy.sh']) =>
  viewOf(estate({ files: new Set(files) }), findings, new Set(), () => ({}));
const thrown = (_: string, error: unknown) => {
  throw error;
};
const answers = (target: Target, of = view(), people?: People) => maturityOf(of, target, people, thrown);
const always = (answer: Answer) => () => answer;

test('yes and unknown open no gap, no and partial open one each, partial one lower', () => {
  const { domains, drafts } = answers(
    asked(
      question('script', always(yes(said('there'), [...seen]))),
      question('tested', always(cannotTell(said('nobody looked')))),
      question('written', always(no(said('not there'), [...seen]))),
      question('dated', always(partial(said('half there'), [...seen]))),
    ),
  );
  expect(drafts.map(({ rule, severity, priority }) => [rule, severity, priority])).toEqual([
    ['written-missing', 'high', 'P1'],
    ['dated-missing', 'medium', 'P2'],
  ]);
  expect(drafts[0]).toMatchObject({
    message: said('not there'),
    remedy: said('write written'),
    evidence: seen,
  });
  expect(domains[0]?.gaps).toEqual(drafts.map((draft) => draft.fingerprint));
  expect(domains[0]?.questions.map(({ gaps }) => gaps.length)).toEqual([0, 0, 1, 1]);
});

test('the fingerprint of a gap depends on its rule and question alone', () => {
  const one = answers(asked(question('written', always(no(said('a'), [...seen])))));
  const other = answers(
    asked(question('b', always(yes(said('b'), []))), question('written', always(no(said('c'))))),
  );
  expect(one.drafts[0]?.fingerprint).toBe(other.drafts[0]?.fingerprint);
  expect(one.drafts[0]?.fingerprint).toBe(fingerprint('written-missing', 'written', ''));
});

test('what a rule found is referred to, and no second gap is opened', () => {
  const target = asked(question('written', always(no(said('no'))), { rules: ['rollback-undocumented'] }));
  const found = answers(target, view([RULE]));
  expect(found.drafts).toEqual([]);
  expect(found.domains[0]?.gaps).toEqual(['f00']);
  expect(answers(target).drafts).toHaveLength(1);
});

test('a rule of the same id as the gap counts as named', () => {
  const target = asked(question('written', always(no(said('no')))));
  expect(answers(target, view([{ ...RULE, rule: 'written-missing' }])).drafts).toEqual([]);
});

test('an absence rests on a file, and where none was read nothing is said to be absent', () => {
  const target = asked(question('written', always(no(said('no')))));
  expect(answers(target).drafts[0]?.evidence).toEqual([{ source: 'repo', file: 'README.md', line: 1 }]);
  const blind = answers(target, view([], []));
  expect(blind.drafts).toEqual([]);
  expect(blind.domains[0]?.questions[0]?.answer).toBe('unknown');
});

test('an absence rests on the line of the target that asks for it, where there is one', () => {
  const [built] = asked(question('written', always(no(said('no'))))).domains;
  const target: Target = {
    profile: 'devops',
    file: 'constat.target.yaml',
    domains: built ? [{ ...built, questions: built.questions.map((one) => ({ ...one, line: 7 })) }] : [],
  };
  expect(answers(target).drafts[0]?.evidence).toEqual([
    { source: 'target', file: 'constat.target.yaml', line: 7 },
  ]);
});

test('a question that throws is unknown, and loses neither the others nor the audit', () => {
  const failed: string[] = [];
  const { domains, drafts } = maturityOf(
    view(),
    asked(
      question('broken', () => {
        throw new Error('no');
      }),
      question('written', always(no(said('no')))),
    ),
    undefined,
    (id) => failed.push(id),
  );
  expect(failed).toEqual(['broken']);
  expect(domains[0]?.questions.map(({ answer }) => answer)).toEqual(['unknown', 'no']);
  expect(drafts).toHaveLength(1);
});

test('only the gap of a question that is answered by yes may be closed', () => {
  const { closable } = answers(
    asked(
      question('there', always(yes(said('there'), []))),
      question('open', always(cannotTell(said('?')))),
      question('found', always(no(said('no'))), { rules: ['rollback-undocumented'] }),
    ),
    view([RULE]),
  );
  expect([...closable]).toEqual(['there-missing']);
});

test('the score counts by weight what was answered, and nothing else', () => {
  expect(
    scoreOf([
      { answer: 'yes', weight: 3 },
      { answer: 'partial', weight: 2 },
      { answer: 'no', weight: 1 },
      { answer: 'unknown', weight: 3 },
    ]),
  ).toBe(67);
  expect(scoreOf([{ answer: 'unknown', weight: 3 }])).toBeUndefined();
  expect(answers(asked(question('a', always(cannotTell(said('?')))))).domains[0]).not.toHaveProperty('score');
});

const people = (parts: Partial<People['answers'][string]> = {}, id = 'written'): People => ({
  answers: { [id]: { answer: 'yes', by: 'Ada', on: '2026-11-01', ...parts } },
  file: 'constat.yaml',
  lines: new Map([[id, 12]]),
  today: '2026-11-28',
});

test('a person answers what nobody could tell, and the report says who', () => {
  const { domains, drafts, warnings } = answers(
    asked(question('written', always(cannotTell(said('?'))))),
    view(),
    people({ answer: 'no', note: 'on paper' }),
  );
  expect(domains[0]?.questions[0]).toMatchObject({
    answer: 'no',
    note: { fr: 'on paper', en: 'on paper' },
    human: { by: 'Ada', on: '2026-11-01' },
  });
  expect(domains[0]?.questions[0]).not.toHaveProperty('facts');
  expect(drafts[0]?.evidence).toEqual([{ source: 'target', file: 'constat.yaml', line: 12 }]);
  expect(warnings).toEqual([]);
});

test('a person is believed against the facts, which are shown and warned about', () => {
  const { domains, drafts, warnings } = answers(
    asked(question('written', always(no(said('no page'), [...seen])))),
    view(),
    people(),
  );
  expect(drafts).toEqual([]);
  expect(domains[0]).toMatchObject({ score: 100, gaps: [] });
  expect(domains[0]?.questions[0]?.facts).toEqual(no(said('no page'), [...seen]));
  expect(warnings.map(({ en }) => en)).toEqual([
    '`written`: `Ada` answers “yes” (2026-11-01), what was read says “no”: no page',
  ]);
});

test('a person who says what the facts say is named, and the facts stay', () => {
  const { domains, warnings } = answers(
    asked(question('written', always(yes(said('a page'), [...seen])))),
    view(),
    people(),
  );
  expect(domains[0]?.questions[0]).toMatchObject({ note: said('a page'), human: { by: 'Ada' } });
  expect(warnings).toEqual([]);
});

test.each([
  ['2025-11-27', 1],
  ['2025-11-28', 0],
])('an answer of %s gives %i warnings a year later', (on, count) => {
  const target = asked(question('written', always(cannotTell(said('?')))));
  expect(answers(target, view(), people({ on })).warnings).toHaveLength(count);
});

test('an answer to a question that is not asked is warned about', () => {
  const { warnings } = answers(asked(question('a', always(yes(said('a'), [])))), view(), people());
  expect(warnings[0]?.en).toMatch(/^the answer of `Ada` to `written` is not read/);
});

test('strengths are what is answered by yes and weighs, the heaviest first', () => {
  const { domains } = answers(
    asked(
      question('light', always(yes(said('light'), [])), { weight: 1 }),
      question('usual', always(yes(said('usual'), []))),
      question('heavy', always(yes(said('heavy'), [])), { weight: 3 }),
      question('no', always(no(said('no'))), { weight: 3 }),
    ),
  );
  expect(strengthsIn(domains).map(({ text }) => text.en)).toEqual(['heavy', 'usual']);
});

test('gaps bear their ids once they are numbered', () => {
  const { domains } = answers(asked(question('written', always(no(said('no'))))));
  const [numbered] = withGapIds(
    domains,
    () => 'GAP-1401',
    (evidence) => evidence,
  );
  expect(numbered).toMatchObject({ gaps: ['GAP-1401'], questions: [{ gaps: ['GAP-1401'] }] });
});
