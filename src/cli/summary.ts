import { styleText } from 'node:util';
import type { Report } from '#model/report.ts';
import { type Language, type Text, visible } from '#model/text.ts';
import { traceSummary } from '#report/trace-summary.ts';
import { words } from '#report/words.ts';
import { maturityOf } from '#web/maturity.ts';
import { counted, fill } from '#web/text.ts';
import { namesIn } from '#web/trace.ts';
import { severityWords, sourceWords, statusWords } from '#web/words/labels.ts';
import { maturityWords } from '#web/words/maturity.ts';
import { sectionWords } from '#web/words/page.ts';

const LABEL = 12;
const MOST_SYSTEMS = 6;
const STYLES: Record<string, Parameters<typeof styleText>[0]> = {
  critical: ['red', 'bold'],
  high: 'red',
  medium: 'yellow',
  low: 'dim',
};

/** Prose for a terminal: code marks are dropped, what audited text holds is made visible. */
const plain = (text: Text, lang: Language) => visible(text[lang].replaceAll('`', ''), 400);

/** Text folded at `width`, each further line indented. */
function folded(text: string, width: number, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(' ')) {
    if (line && line.length + part.length + 1 > width) {
      lines.push(line);
      line = part;
    } else line = line ? `${line} ${part}` : part;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

/** How many resources there are, by status, and which systems. */
function estateLines(report: Report, lang: Language, label: (text: string) => string): string[] {
  const statuses = Object.entries(report.summary.statuses)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${statusWords[status]?.[lang] ?? status}`);
  const total = Object.values(report.summary.statuses).reduce((sum, count) => sum + count, 0);
  const systems = report.systems.map(({ id, environments }) => {
    const named = environments.map((environment) => visible(environment, 20)).join(' ');
    return `${visible(id, 40)}${named && ` [${named}]`}`;
  });
  const more = systems.length > MOST_SYSTEMS ? '…' : '';
  return [
    `${label(lang === 'fr' ? 'Ressources' : 'Resources')}${total}${statuses.length ? ` (${statuses.join(', ')})` : ''}`,
    `${label(lang === 'fr' ? 'Systèmes' : 'Systems')}${systems.slice(0, MOST_SYSTEMS).join(', ') || words.none[lang]}${more}`,
  ];
}

/** How many steps mend what was found, and what prints them. */
function planLine({ plan: { steps } }: Report, lang: Language): string {
  const ready = steps.filter(({ state }) => state === 'ready' || state === 'blocked').length;
  const open = steps.filter(({ state }) => state === 'needs-input').length;
  const parts =
    lang === 'fr'
      ? [
          `${ready} ${ready > 1 ? 'étapes applicables' : 'étape applicable'}`,
          ...(open > 0 ? [`${open} à préciser`] : []),
        ]
      : [
          `${ready} ${ready === 1 ? 'step' : 'steps'} can be applied`,
          ...(open > 0 ? [`${open} ${open === 1 ? 'needs' : 'need'} input`] : []),
        ];
  return `${parts.join(', ')}${lang === 'fr' ? '\u00a0: ' : ': '}constat plan`;
}

/** The maturity of the team's operations, in at most three lines: gaps, what was answered, what a person could answer. */
function maturityLines(report: Report, lang: Language): string[] {
  const maturity = maturityOf(report);
  if (!maturity) return [];
  const { domains, byPriority, questions, unknown } = maturity;
  const gaps = byPriority
    .filter(({ findings }) => findings.length > 0)
    .map(({ priority, findings }) => `${findings.length} ${priority}`);
  const answered = domains.filter(({ outOf }) => outOf > 0).length;
  const say = (text: Text) => plain(text, lang);
  return [
    say(counted(maturity.open.length, maturityWords.openGap, maturityWords.openGaps)) +
      (gaps.length > 0 ? ` (${gaps.join(', ')})` : ''),
    say(
      fill(counted(questions.all - unknown.length, maturityWords.answeredOne, maturityWords.answeredMany), {
        all: questions.all,
        domains: answered,
        of: domains.length,
      }),
    ),
    ...(unknown.length > 0
      ? [say(counted(unknown.length, maturityWords.toAnswer, maturityWords.toAnswerMany))]
      : []),
  ];
}
/** Whether files name something of Cloudflare’s that nobody was asked to look at. */
const isWorthCloudflare = ({ coverage, resources }: Report): boolean =>
  coverage.some(({ source, state }) => source === 'cloudflare' && state === 'skipped') &&
  resources.some(({ kind, status }) => kind.startsWith('Cloudflare::') && status === 'unverified');

/** What an audit found, on one screen: statuses, gaps by severity, the first three, what was not read, the files. */
export function summaryOf(
  report: Report,
  warnings: readonly Text[],
  lang: Language,
  files: readonly string[],
  color: boolean,
): string {
  const paint = (style: Parameters<typeof styleText>[0] | undefined, text: string) =>
    color && style ? styleText(style, text, { validateStream: false }) : text;
  const label = (text: string) => paint('dim', text.padEnd(LABEL));
  const lines: string[] = [];
  const { estate } = report.audit;
  const commit = estate.commit ? ` @ ${estate.commit.slice(0, 8)}` : '';
  lines.push(paint('bold', `Constat · ${visible(estate.name)}${commit}`), '');

  const nameOf = namesIn(new Map(report.resources.map((resource) => [resource.id, resource])));
  for (const path of report.paths) lines.push(traceSummary(path, lang, color, nameOf), '');
  // of an audit that read no repository the paths are all there is
  if (report.coverage.some(({ source, state }) => source === 'repo' && state !== 'skipped'))
    lines.push(...estateLines(report, lang, label));
  const severities = Object.entries(report.summary.severities)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) =>
      paint(STYLES[severity], `${count} ${severityWords[severity]?.[lang] ?? severity}`),
    );
  lines.push(`${label(lang === 'fr' ? 'Écarts' : 'Findings')}${severities.join(', ') || words.none[lang]}`);

  const first = report.findings.filter((finding) => !finding.muted).slice(0, 3);
  for (const finding of first)
    lines.push(
      `  ${paint(STYLES[finding.severity], finding.gap)}  ${folded(plain(finding.title, lang), 84, LABEL)}`,
    );

  for (const [index, line] of maturityLines(report, lang).entries())
    lines.push(`${label(index === 0 ? sectionWords.maturity[lang] : '')}${folded(line, 84, LABEL)}`);
  if (report.plan.steps.length > 0) lines.push(`${label('Plan')}${planLine(report, lang)}`);

  const left = report.coverage.filter((one) => one.state !== 'complete');
  const asked = left.filter((one) => one.state !== 'skipped');
  const notAsked = left.filter((one) => one.state === 'skipped' && one.source !== 'repo');
  const later = left.filter(
    (one) => one.state === 'skipped' && one.source === 'repo' && one.unread !== undefined,
  );
  lines.push('');
  for (const one of asked)
    lines.push(
      `${label(words.notRead[lang])}${sourceWords[one.source]?.[lang] ?? one.source}: ${one.reason ? plain(one.reason, lang) : one.state}`,
    );
  for (const one of asked)
    for (const file of (one.unread ?? []).filter((unread) => unread.asked).slice(0, 3))
      lines.push(
        `${' '.repeat(LABEL)}${visible(file.line ? `${file.file}:${file.line}` : file.file)}: ${plain(file.why, lang)}`,
      );
  if (later.length)
    lines.push(
      `${label(words.notRead[lang])}${folded(later.map((one) => `${one.scope} (${one.unread?.length ?? 0})`).join(', '), 84, LABEL)}`,
    );
  if (notAsked.length)
    lines.push(
      `${label(words.notRead[lang])}${notAsked.map((one) => one.scope).join(', ')} (${lang === 'fr' ? 'aucun accès demandé' : 'no access was asked for'})`,
    );
  if (isWorthCloudflare(report))
    lines.push(
      `${label(lang === 'fr' ? 'Voir plus' : 'See more')}CLOUDFLARE_API_TOKEN=… constat audit --cloudflare`,
    );
  for (const warning of warnings) lines.push(`${label(words.warnings[lang])}${plain(warning, lang)}`);
  if (files.length)
    lines.push(`${label(words.report[lang])}${files.map((file) => visible(file, 300)).join('  ')}`);
  return `${lines.join('\n')}\n`;
}
