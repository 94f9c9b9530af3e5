import type { Report } from '#model/report.ts';
import type { Language, Text } from '#model/text.ts';
import {
  type AnswerValue,
  criticalOf,
  type DomainView,
  factsSaid,
  humanSaid,
  knownSaid,
  type MaturityView,
  maturityOf,
  recapSaid,
  scoreOf,
  scoreSaid,
  strengthsIn,
  themes,
} from '#web/maturity.ts';
import { capital, fill, wordOf } from '#web/text.ts';
import { severityWords } from '#web/words/labels.ts';
import { answerWords, maturityWords as said } from '#web/words/maturity.ts';
import { sectionWords } from '#web/words/page.ts';
import { place } from './findings.ts';
import { codeSpan, escapeMarkdown, paragraphs, say, table } from './write.ts';

type Finding = Report['findings'][number];

/** The word always stands beside its mark. */
const ANSWER_MARKS: Record<AnswerValue, string> = { yes: '✅', partial: '⚠️', no: '❌', unknown: '❔' };
const MOST_PLACES = 3;
/** Nobody reads a longer table as a page; the JSON report holds all of it. */
const MOST_ROWS = 500;
const MOST_IDS = 200;
const MOST_POINTS = 10;

const answerOf = (answer: AnswerValue, lang: Language) =>
  `${ANSWER_MARKS[answer]} ${capital(wordOf(answerWords, answer))[lang]}`;

const more = (left: number, lang: Language) =>
  left > 0 ? say(fill(said.more, { n: left }), lang) : undefined;

/** Gap ids in a row. */
function ids(gaps: readonly Finding[], lang: Language): string {
  const shown = gaps.slice(0, MOST_IDS).map(({ gap }) => codeSpan(gap, true));
  return [...shown, more(gaps.length - shown.length, lang)].filter((one) => one !== undefined).join(', ');
}

/** A table of at most {@link MOST_ROWS} rows, with how many more there are. */
function bounded(heads: readonly Text[], rows: readonly string[][], lang: Language): string {
  return paragraphs(
    table(
      heads.map((head) => head[lang]),
      rows.slice(0, MOST_ROWS),
    ),
    more(rows.length - MOST_ROWS, lang),
  );
}

function seen(question: DomainView['domain']['questions'][number], lang: Language): string {
  const places = question.evidence.slice(0, MOST_PLACES).map((evidence) => place(evidence, true));
  const left = question.evidence.length - places.length;
  const { facts, human } = question;
  const parts = [
    say(question.note, lang, true),
    human && `*${say(humanSaid(human), lang)}*`,
    places.length > 0 && `${places.join(', ')}${left > 0 ? ` (+${left})` : ''}`,
    facts &&
      [
        say(factsSaid(facts), lang, true),
        ...facts.evidence.slice(0, MOST_PLACES).map((one) => place(one, true)),
      ].join(' '),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** The gap's id, with where it is known from. */
function idOf(finding: Finding, lang: Language): string {
  const id = codeSpan(finding.gap, true);
  const known = knownSaid(finding);
  return known ? `${id} (${say(known, lang, true)})` : id;
}

const severityOf = ({ severity }: Finding, lang: Language) => wordOf(severityWords, severity)[lang];
const phaseOf = ({ phase }: Finding) => (phase === undefined ? '—' : escapeMarkdown(phase));

/** One domain: existing, target, gap. */
function domainPart(view: DomainView, lang: Language): string {
  const { domain, gaps, muted } = view;
  return paragraphs(
    `### ${say(domain.title, lang)}`,
    `${said.scoreHead[lang]}${lang === 'fr' ? '\u00a0' : ''}: **${scoreOf(view)[lang]}** (${scoreSaid(view)[lang]})`,
    `#### ${said.existing[lang]}`,
    bounded(
      [said.question, said.answer, said.seen, said.gap],
      domain.questions.map((question) => [
        say(question.text, lang, true),
        answerOf(question.answer, lang),
        seen(question, lang),
        question.gaps.map((gap) => codeSpan(gap, true)).join(', ') || '—',
      ]),
      lang,
    ),
    `#### ${said.target[lang]}`,
    say(domain.target, lang),
    `#### ${said.gap[lang]}`,
    gaps.length === 0
      ? said.noGap[lang]
      : bounded(
          [said.id, said.existing, said.target, said.severity, said.priority, said.phase],
          gaps.map((finding) => [
            idOf(finding, lang),
            say(finding.title, lang, true),
            say(finding.remedy, lang, true),
            severityOf(finding, lang),
            finding.priority,
            phaseOf(finding),
          ]),
          lang,
        ),
    muted.length > 0 ? `${said.mutedHere[lang]} ${ids(muted, lang)}` : undefined,
  );
}

/** Every open gap once, by theme and priority. */
function consolidated(view: MaturityView, lang: Language): string {
  const rows = themes(view).flatMap(({ domain, entries }) =>
    entries.map(({ finding, domains: [, ...others] }) => [
      say(domain.title, lang, true),
      finding.priority,
      idOf(finding, lang),
      [
        say(finding.title, lang, true),
        others.length > 0 &&
          `(${said.alsoIn[lang].replace('{domains}', () => others.map(({ title }) => say(title, lang, true)).join(', '))})`,
      ]
        .filter(Boolean)
        .join(' '),
      phaseOf(finding),
    ]),
  );
  if (rows.length === 0) return '';
  return paragraphs(
    `### ${said.consolidated[lang]}`,
    bounded([said.domain, said.priority, said.id, said.gap, said.phase], rows, lang),
  );
}

/** Gaps by priority, with their ids; the counts come from the same lists. */
function recap(view: MaturityView, lang: Language): string {
  const rows = view.byPriority.map(({ priority, findings }) => [
    priority,
    String(findings.length),
    ids(findings, lang) || '—',
  ]);
  const total = view.byPriority.reduce((sum, { findings }) => sum + findings.length, 0);
  return paragraphs(
    `### ${said.recap[lang]}`,
    table(
      [said.priority, said.number, said.ids].map((head) => head[lang]),
      [...rows, [`**${said.total[lang]}**`, `**${total}**`, '']],
    ),
    say(recapSaid(view), lang),
  );
}

function phases({ phases: list }: MaturityView, lang: Language): string {
  if (!list.some(({ phase }) => phase !== undefined)) return '';
  return paragraphs(
    `### ${said.phases[lang]}`,
    table(
      [said.phase, said.number, said.ids].map((head) => head[lang]),
      list.map(({ phase, findings }) => [
        phase === undefined ? said.noPhase[lang] : escapeMarkdown(phase),
        String(findings.length),
        ids(findings, lang),
      ]),
    ),
  );
}

function closedGaps({ closed = [] }: Report, lang: Language, level: '##' | '###'): string {
  if (closed.length === 0) return '';
  return paragraphs(
    `${level} ${said.closed[lang]}`,
    said.closedSay[lang],
    bounded(
      [said.id, said.gap, said.closedOn],
      closed.map(({ gap, title, closed: day }) => [codeSpan(gap, true), say(title, lang, true), day]),
      lang,
    ),
  );
}

function points(report: Report, view: MaturityView, lang: Language): string {
  const strengths = strengthsIn(view, MOST_POINTS).map(
    ({ text, note, human }) =>
      `- ${ANSWER_MARKS.yes} ${say(text, lang)} ${say(note, lang)}${human ? ` (${say(humanSaid(human), lang)})` : ''}`,
  );
  const critical = criticalOf(report);
  const listed = critical
    .slice(0, MOST_POINTS)
    .map((finding) => `- ${ANSWER_MARKS.no} ${say(finding.title, lang)} (${codeSpan(finding.gap)})`);
  const left = more(critical.length - listed.length, lang);
  return paragraphs(
    strengths.length > 0 ? `### ${said.strengths[lang]}` : undefined,
    strengths.join('\n'),
    listed.length > 0 ? `### ${said.critical[lang]}` : undefined,
    [...listed, ...(left ? [`- ${left}`] : [])].join('\n'),
  );
}

/** How a person answers what nothing else does, and the ids that the answers need. */
function unknownQuestions({ unknown }: MaturityView, lang: Language): string {
  if (unknown.length === 0) return '';
  const shown = unknown.slice(0, MOST_IDS).map((id) => codeSpan(id));
  const left = more(unknown.length - shown.length, lang);
  return `${say(said.unknownHow, lang)} ${[...shown, ...(left ? [left] : [])].join(', ')}.`;
}

/** Gaps that are there no more, of an audit without a profile: one with it tells them at the end of its maturity. */
export const closedSection = (report: Report, lang: Language): string =>
  report.maturity.length > 0 ? '' : closedGaps(report, lang, '##');

/** The maturity of a team's operations, domain by domain; nothing where no profile was asked for. */
export function maturity(report: Report, lang: Language): string {
  const view = maturityOf(report);
  if (!view) return '';
  return paragraphs(
    `## ${sectionWords.maturity[lang]}`,
    said.say[lang],
    said.counting[lang],
    ...view.domains.map((domain) => domainPart(domain, lang)),
    consolidated(view, lang),
    recap(view, lang),
    phases(view, lang),
    points(report, view, lang),
    closedGaps(report, lang, '###'),
    unknownQuestions(view, lang),
  );
}
