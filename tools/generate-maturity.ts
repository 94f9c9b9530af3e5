import { PRIORITY } from '#judge/maturity/priority.ts';
import { SEVERITIES } from '#model/finding.ts';
import { type Domain, EFFORTS } from '#model/maturity.ts';
import { DOCUMENT_TOPICS } from '#model/target.ts';

const OPENING = `# Maturity

\`constat audit PATH --profile devops\` answers the questions below from what it reads: \`yes\`, \`partial\`, \`no\`, or
\`unknown\` where nothing that was read can tell. Each answer says in one sentence what was seen, and where. What is
not answered by yes is a gap: a finding like any other, with an id that never changes. Where a rule has found it already,
the question refers to that finding and opens no second one. \`unknown\` opens no gap.

A gap rests on what the answer saw. An absence that no file tells rests on the line of \`constat.target.yaml\` that asks for
it, and without that file on the file beside which the thing would be: Wrangler's configuration, a workflow that deploys,
else the first page at the root, a manifest, or the first file.

## Score

Of each domain, 0 to 100: \`yes\` counts 1, \`partial\` a half and \`no\` nothing, each by the weight of its question, divided by
the weights of the questions that were answered. What nobody could tell makes a domain neither better nor worse, and a domain
without any answer has no score.

## Priority

From the severity of the gap (of \`partial\`: one lower) and what it takes to close it: hours, days, weeks.
`;

const REASONS = `What is critical comes first whatever it takes. What is high and takes weeks cannot be done before everything else: it is
planned, second. What is medium comes second unless it takes weeks. What is low never goes before anything, however quickly
it would be done. Findings of rules keep the priority of their rule.`;

const OWN = `## A target of your own

\`constat init --profile devops\` writes \`constat.target.yaml\` from the tables below; commit it beside \`constat.yaml\`. What is
taken out is no longer asked. Every key of a question is optional where Constat knows it:

\`\`\`yaml
# yaml-language-server: $schema=https://unpkg.com/constat/schema/target.schema.json
domains:
  security:                       # a domain without \`questions\` asks all of Constat's
  our-service:                    # a domain of your own
    title: Service
    target: Everybody knows whom to call, and finds the runbook.
    questions:
      runbook-there:
        text: { fr: 'Un runbook est-il dans le dépôt ?', en: 'Is there a runbook in the repository?' }
        weight: 3                 # 1 to 3; default 2
        severity: high            # default medium
        effort: small             # small, medium, large; default medium
        gap:
          title: { fr: 'Pas de runbook', en: 'No runbook' }
          remedy: { fr: 'Écrire \`docs/runbook.md\`.', en: 'Write \`docs/runbook.md\`.' }
        files: ['docs/runbook*.md']
\`\`\`

A question is answered in one of four ways:

| key | yes | no | partial | unknown |
| --- | --- | --- | --- | --- |
| \`files\`: globs over every path of the repository | a glob matches | none does | with \`all: true\`, some globs match and others do not | |
| \`rules\`: ids of [rules](rules/README.md) | each was applied to something and found nothing | one has a finding, to which the question refers | | one could not judge |
| \`documents\`: ${DOCUMENT_TOPICS.map((topic) => `\`${topic}\``).join(', ')} | a page treats the topic | none does | | |
| \`query\`: [JMESPath](https://jmespath.org) over the report's JSON (\`constat schema report\`) | true, or a list with something in it, whose evidence is shown | false, or an empty list | | null, anything else, or a query that fails |

\`needs: [aws]\` makes the answer unknown where that source was not asked for: without it, an empty list of what nobody read is
taken for a no. Texts are a string, or one for each language. A text, weight, severity, effort or way of answering given to a
question of Constat's replaces its own. What does not exist is told with \`file:line\`, and what was most likely meant.

## Answers of people

What no file tells is answered in \`constat.yaml\`:

\`\`\`yaml
answers:
  restore-tested:
    answer: partial               # yes, partial or no
    by: Platform team
    on: 2026-01-31
    note: tried once a year, without a report
\`\`\`

The report shows who answered and when. A person's answer also counts where facts say otherwise: people know of what stands
outside of the repository, and that a procedure which is written down is never followed. The audit then warns, and shows both.
It warns of answers over a year old too, and of those to questions that the target does not ask.

## Gaps

The number of a gap never changes and is never given again (\`constat.lock.json\`). One that is no longer found is closed, and
stays in the report with the day; it is closed only by an audit that read, in full, what the audit had read that found it,
and whose rule or question could answer. One that comes back has its old number. \`firstGap\` says where numbers start;
\`knownGaps\` gives a finding the id that another audit gave it ([configuration](configuration.md)).
`;

/** `docs/maturity.md`: how questions are answered, and every question by domain. */
export function maturityPage(domains: readonly Domain[]): string {
  const priorities = [
    `| | ${EFFORTS.join(' | ')} |`,
    `| --- |${' --- |'.repeat(EFFORTS.length)}`,
    ...SEVERITIES.map(
      (severity) => `| ${severity} | ${EFFORTS.map((effort) => PRIORITY[severity][effort]).join(' | ')} |`,
    ),
  ].join('\n');
  const count = domains.reduce((sum, { questions }) => sum + questions.length, 0);
  const list = `## Questions\n\n${count} questions in ${domains.length} domains.`;
  return `${[OPENING.trim(), priorities, REASONS, OWN.trim(), list, ...domains.map(section)].join('\n\n')}\n`;
}

/** A bar would end the cell. */
const cell = (text: string) => text.replaceAll('|', '\\|');

function section({ id, title, target, questions }: Domain): string {
  return [
    `### ${title.en} (\`${id}\`)`,
    `${target.en}\n\n*${title.fr}\u00a0: ${target.fr}*`,
    [
      '| question | asks | demande | weight | severity, effort | gap |',
      '| --- | --- | --- | --- | --- | --- |',
      ...questions.map(
        ({ id: question, text, weight, severity, effort, gap }) =>
          `| \`${question}\` | ${cell(text.en)} | ${cell(text.fr)} | ${weight} | ${severity}, ${effort} | \`${gap.id}\`: ${cell(gap.title.en)} |`,
      ),
    ].join('\n'),
  ].join('\n\n');
}
