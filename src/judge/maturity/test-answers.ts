import type { Estate } from '#model/estate.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import type { Domain } from '#model/maturity.ts';
import { misset } from '../test-estate.ts';

/** What a rule found, as an answer sees it. */
export const found = (
  rule: string,
  file: string,
  line = 1,
): Pick<Finding, 'rule' | 'evidence' | 'title'> => ({
  rule,
  title: { fr: rule, en: rule },
  evidence: [{ source: 'repo', file, line }],
});

/**
 * The answers of a domain, by question: `no a.sh:3` with the places that show it. A text badly set fails the test, and so
 * does evidence of a file that the estate does not have.
 */
export function answersOf(
  domain: Domain,
  estate: Estate,
  findings: readonly Pick<Finding, 'rule' | 'evidence' | 'title'>[] = [],
): Record<string, string> {
  const view = {
    estate,
    findingsOf: (rule: string) => findings.filter((one) => one.rule === rule),
    wasJudged: () => true,
  };
  return Object.fromEntries(
    domain.questions.map((question) => {
      const { answer, note, evidence } = question.answer(view);
      for (const text of [note, question.text, question.gap.title, question.gap.remedy]) {
        const wrong = misset(text);
        if (wrong) throw new Error(`${question.id}: ${wrong}`);
      }
      const places = evidence.map((one) => (isFileEvidence(one) ? `${one.file}:${one.line}` : one.operation));
      return [question.id, [answer, ...places].join(' ')];
    }),
  );
}

/** The note of one question, in English. */
export function noteOf(domain: Domain, id: string, estate: Estate): string {
  const question = domain.questions.find((one) => one.id === id);
  if (!question) throw new Error(`no question ${id}`);
  return question.answer({ estate, findingsOf: () => [], wasJudged: () => true }).note.en;
}
