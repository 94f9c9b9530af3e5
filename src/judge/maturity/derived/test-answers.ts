import type { Estate } from '#model/estate.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { Answer, Domain, MaturityView } from '#model/maturity.ts';
import type { ScriptTrait, ScriptTraits } from '#model/operations.ts';
import { misset } from '../../test-estate.ts';

/** What a question is answered from, in tests: an estate, and what rules are said to have found. */
export const viewOf = (
  estate: Estate,
  found: Record<string, ReturnType<MaturityView['findingsOf']>> = {},
): MaturityView => ({
  estate,
  findingsOf: (rule) => found[rule] ?? [],
  wasJudged: (rule) => rule in found,
});

/** One answer: `no deploy.sh:7`, with its places. A text badly set fails the test, and so does a claim without a place. */
export function answerOf(domain: Domain, id: string, view: MaturityView): Answer & { told: string } {
  const question = domain.questions.find((one) => one.id === id);
  if (!question) throw new Error(`no question ${id}`);
  const answer = question.answer(view);
  const wrong = misset(answer.note);
  if (wrong) throw new Error(wrong);
  if ((answer.answer === 'yes' || answer.answer === 'partial') && answer.evidence.length === 0)
    throw new Error(`${id}: ${answer.answer} without a place`);
  const places = answer.evidence.map((one) =>
    isFileEvidence(one) ? `${one.file}:${one.line}` : one.operation,
  );
  return { ...answer, told: [answer.answer, ...places].join(' ') };
}

/** Faults of a domain's own texts and ids; none where it is as it should be. */
export function faultsOf({ id, title, target, questions }: Domain): string[] {
  const texts = [title, target, ...questions.flatMap(({ text, gap }) => [text, gap.title, gap.remedy])];
  const ids = questions.flatMap((one) => [one.id, one.gap.id]);
  return [
    ...texts.flatMap((text) => misset(text) ?? []),
    ...[id, ...ids].filter((one) => !/^[a-z]+(-[a-z]+)+$|^[a-z]+$/.test(one)),
    ...ids.filter((one, index) => ids.indexOf(one) !== index),
  ];
}

/** A script with its traits, written `7 asks read -p`. */
export const script = (
  file: string,
  language: ScriptTraits['language'],
  traits: readonly string[],
  recipe?: string,
): ScriptTraits => ({
  file,
  language,
  traits: traits.map((text) => {
    const [line, trait, ...what] = text.split(' ');
    return {
      line: Number(line),
      trait: trait as ScriptTrait['trait'],
      what: what.join(' '),
      ...(recipe !== undefined && { recipe }),
    };
  }),
});
