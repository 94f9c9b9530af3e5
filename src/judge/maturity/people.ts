import type { Config } from '#model/config.ts';
import type { Answer, AnsweredQuestion, AnswerValue, DomainResult } from '#model/maturity.ts';
import { code, type Text, visible } from '#model/text.ts';

type Given = NonNullable<Config['answers']>[string];

/** What people answered, in `constat.yaml`. */
export interface People {
  answers: Readonly<Record<string, Given>>;
  /** The file, as evidence names it. */
  file: string;
  /** The line of each answer, by question. */
  lines: ReadonlyMap<string, number>;
  /** The day of the audit, YYYY-MM-DD. */
  today: string;
}

const LONGEST_NOTE = 500;

/**
 * The answer that counts. A person's replaces what nobody could tell, and also counts where facts say otherwise: people
 * know of what stands outside of the files, and that a procedure which is written is never followed. What the facts say
 * is then kept beside it, and {@link warningsOf} tells of it.
 */
export function answeredBy(
  people: People | undefined,
  question: string,
  facts: Answer,
): Answer & Pick<AnsweredQuestion, 'human' | 'facts'> {
  const given = people && Object.hasOwn(people.answers, question) ? people.answers[question] : undefined;
  if (!people || !given) return facts;
  const human = { by: given.by, on: given.on };
  if (given.answer === facts.answer) return { ...facts, human };
  const line = people.lines.get(question);
  return {
    answer: given.answer,
    note: noteOf(given),
    evidence: line === undefined ? [] : [{ source: 'target', file: people.file, line }],
    human,
    ...(facts.answer !== 'unknown' && { facts }),
  };
}

function noteOf({ note, by, on }: Given): Text {
  if (note !== undefined) return { fr: visible(note, LONGEST_NOTE), en: visible(note, LONGEST_NOTE) };
  return { fr: `Réponse de ${code(by)} du ${on}.`, en: `Answered by ${code(by)} on ${on}.` };
}

const WORDS: Record<AnswerValue, Text> = {
  yes: { fr: 'oui', en: 'yes' },
  partial: { fr: 'en partie', en: 'partly' },
  no: { fr: 'non', en: 'no' },
  unknown: { fr: 'inconnu', en: 'unknown' },
};

/** A year before a day, both YYYY-MM-DD: they compare as texts. */
const yearBefore = (day: string): string =>
  `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;

/** Answers that facts contradict, that are over a year old, and those to questions that the target does not ask. */
export function warningsOf(people: People | undefined, domains: readonly DomainResult[]): Text[] {
  if (!people) return [];
  const asked = new Map(domains.flatMap(({ questions }) => questions.map((one) => [one.id, one] as const)));
  return Object.entries(people.answers).flatMap(([id, { answer, by, on }]): Text[] => {
    const question = asked.get(id);
    if (!question)
      return [
        {
          fr: `la réponse de ${code(by)} à ${code(id)} n’est pas lue\u00a0: la cible ne pose pas cette question`,
          en: `the answer of ${code(by)} to ${code(id)} is not read: the target does not ask this question`,
        },
      ];
    const warnings: Text[] = [];
    if (question.facts)
      warnings.push({
        fr: `${code(id)}\u00a0: ${code(by)} répond «\u00a0${WORDS[answer].fr}\u00a0» (${on}), ce qui a été lu dit «\u00a0${WORDS[question.facts.answer].fr}\u00a0»\u00a0: ${question.facts.note.fr}`,
        en: `${code(id)}: ${code(by)} answers “${WORDS[answer].en}” (${on}), what was read says “${WORDS[question.facts.answer].en}”: ${question.facts.note.en}`,
      });
    if (on < yearBefore(people.today))
      warnings.push({
        fr: `la réponse de ${code(by)} à ${code(id)} a plus d’un an (${on})\u00a0: à confirmer`,
        en: `the answer of ${code(by)} to ${code(id)} is over a year old (${on}): to be confirmed`,
      });
    return warnings;
  });
}
