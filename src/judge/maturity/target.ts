import { InputError } from '#lib/input-error.ts';
import { nearest } from '#lib/nearest.ts';
import type { Config } from '#model/config.ts';
import type { Domain, Profile, Question } from '#model/maturity.ts';
import type { TargetQuestion as GivenQuestion, GivenTarget, GivenText } from '#model/target.ts';
import type { Text } from '#model/text.ts';
import { methodOf, methodsOf } from './own-questions.ts';
import type { Target, TargetQuestion } from './view.ts';

/** The target that comes with Constat: every domain, every question. */
export const builtInTarget = (profile: Profile, domains: readonly Domain[]): Target => ({ profile, domains });

const textOf = (given: GivenText): Text => (typeof given === 'string' ? { fr: given, en: given } : given);

/** What a target's file may name. */
export interface Known {
  domains: readonly Domain[];
  rules: ReadonlySet<string>;
}

/**
 * The target that a team wrote: the domains and questions that its file names, in its order, with what it changes of them,
 * and its own.
 * @throws InputError with `file:line: what, and what to do` for each thing that cannot be asked
 */
export function givenTarget(profile: Profile, given: GivenTarget, known: Known): Target {
  const problems: string[] = [];
  const { file, data, lines } = given;
  const wrong = (key: string, what: string) => problems.push(`${file}:${lines.get(key) ?? 1}: ${what}`);
  const builtIn = new Map(known.domains.map((domain) => [domain.id, domain]));
  const questions = new Map(
    known.domains.flatMap((domain) => domain.questions.map((question) => [question.id, question] as const)),
  );
  const domains = Object.entries(data.domains).map(([id, entry]) => {
    const base = builtIn.get(id);
    const asked =
      entry?.questions ?? Object.fromEntries((base?.questions ?? []).map((question) => [question.id, null]));
    const title = entry?.title ?? base?.title;
    const target = entry?.target ?? base?.target;
    if (title === undefined || target === undefined || Object.keys(asked).length === 0)
      wrong(
        id,
        `domains.${id}: no such domain${meant(id, builtIn.keys())}; one of your own needs title, target and questions`,
      );
    return {
      id,
      title: textOf(title ?? id),
      target: textOf(target ?? id),
      questions: Object.entries(asked).flatMap(([question, change]) =>
        questionOf(question, change ?? {}, questions, known.rules, {
          line: lines.get(`${id}/${question}`) ?? lines.get(id),
          wrong: (what) => wrong(`${id}/${question}`, `domains.${id}.questions.${question}: ${what}`),
        }),
      ),
    };
  });
  askedTwice(domains, wrong);
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return { profile, file, domains };
}

interface Place {
  line: number | undefined;
  wrong(what: string): void;
}

/** A question with what the file changes; nothing where it cannot be asked, which was told. */
function questionOf(
  id: string,
  given: GivenQuestion,
  builtIn: ReadonlyMap<string, Question>,
  rules: ReadonlySet<string>,
  { line, wrong }: Place,
): TargetQuestion[] {
  const base = builtIn.get(id);
  const methods = methodsOf(given);
  if (methods.length > 1) wrong(`answered by ${methods.join(' and by ')}: keep one of them`);
  if (given.all && !given.files) wrong('`all` belongs to `files`: give the globs, or leave it out');
  for (const rule of given.rules ?? [])
    if (!rules.has(rule)) wrong(`no rule ${rule}${meant(rule, rules)}; \`constat rules\` lists them`);
  if (!base && methods.length === 0)
    wrong(
      `no such question${meant(id, builtIn.keys())}; one of your own is answered by files, rules, query or documents`,
    );
  const { text = base?.text, gap = {} } = given;
  const title = gap.title ?? base?.gap.title;
  const remedy = gap.remedy ?? base?.gap.remedy;
  if (methods.length > 0 && (text === undefined || title === undefined || remedy === undefined)) {
    const lacking = Object.entries({ text, 'gap.title': title, 'gap.remedy': remedy }).filter(
      ([, value]) => value === undefined,
    );
    wrong(`${lacking.map(([key]) => key).join(', ')}: needed for a question of your own`);
  }
  const method = methodTold(given, wrong);
  const answer = method ?? base?.answer;
  if (!answer || text === undefined || title === undefined || remedy === undefined) return [];
  const named = method ? given.rules : base?.rules;
  return [
    {
      id,
      text: textOf(text),
      weight: given.weight ?? base?.weight ?? 2,
      severity: given.severity ?? base?.severity ?? 'medium',
      effort: given.effort ?? base?.effort ?? 'medium',
      gap: { id: gap.id ?? base?.gap.id ?? `${id}-lacking`, title: textOf(title), remedy: textOf(remedy) },
      ...(named && { rules: named }),
      ...(line !== undefined && { line }),
      answer: (view) => answer(view),
    },
  ];
}

function methodTold(given: GivenQuestion, wrong: (what: string) => void): ReturnType<typeof methodOf> {
  try {
    return methodOf(given);
  } catch (error) {
    wrong(`query: ${error instanceof Error ? error.message : error}; see jmespath.org for the grammar`);
    return undefined;
  }
}

/** A question is asked once, and a gap belongs to one question: answers of people and numbers of gaps go by these ids. */
function askedTwice(domains: Target['domains'], wrong: (key: string, what: string) => void): void {
  const seen = new Map<string, string>();
  for (const domain of domains)
    for (const { id, gap } of domain.questions)
      for (const [sort, name] of [
        ['question', id],
        ['gap', gap.id],
      ] as const) {
        const first = seen.get(`${sort} ${name}`);
        if (first !== undefined)
          wrong(
            `${domain.id}/${id}`,
            `domains.${domain.id}.questions.${id}: ${sort === 'gap' ? `the gap ${name}` : 'the question'} is asked in ${first} too; give it another id`,
          );
        seen.set(`${sort} ${name}`, `domains.${domain.id}.questions.${id}`);
      }
}

const meant = (word: string, names: Iterable<string>): string => {
  const name = nearest(word, names);
  return name === undefined ? '' : `; did you mean ${name}`;
};

/**
 * Whether what people answered is a question of anybody: Constat's, or the target's own.
 * @throws InputError that names the nearest
 */
export function checkAnswers(answers: Config['answers'], target: Target, domains: readonly Domain[]): void {
  const ids = new Set(
    [...target.domains, ...domains].flatMap(({ questions }) => questions.map(({ id }) => id)),
  );
  for (const id of Object.keys(answers ?? {}))
    if (!ids.has(id))
      throw new InputError(
        `constat.yaml: answers.${id}: no such question${meant(id, ids)}; docs/maturity.md lists them`,
      );
}
