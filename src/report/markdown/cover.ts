import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { headline, lede } from '#web/headline.ts';
import { moment } from '#web/text.ts';
import { viewOf } from '#web/view.ts';
import { severityWords, statusWords } from '#web/words/labels.ts';
import { words } from '../words.ts';
import { codeSpan, paragraphs, say, table } from './write.ts';

/** What the resources of an estate name, each once; of accounts those of one provider. */
function named(label: string, values: Iterable<string | undefined>, lang: Language): string | undefined {
  const names = [...new Set(values)].filter((value) => value !== undefined).sort();
  if (names.length === 0) return undefined;
  return `**${label}${lang === 'fr' ? '\u00a0' : ''}:** ${names.map((name) => codeSpan(name)).join(', ')}`;
}

/** Accounts of providers; a host that was read stands in the place of one and is none. */
const accountsOf = (report: Report, hosts: readonly string[], isOf: (provider: string) => boolean) =>
  report.resources
    .filter(({ provider, account }) => isOf(provider) && !hosts.includes(account ?? ''))
    .map(({ account }) => account);

function statusTable(report: Report, lang: Language): string {
  const rows = Object.entries(report.summary.statuses).map(([status, count]) => [
    statusWords[status]?.[lang] ?? status,
    String(count),
  ]);
  return table([words.status[lang], words.total[lang]], rows);
}

function severityTable(report: Report, lang: Language): string {
  const active = report.findings.filter((finding) => !finding.muted);
  if (active.length === 0) return '';
  const priorities = ['P1', 'P2', 'P3'] as const;
  const rows = Object.keys(severityWords).map((severity) => {
    const of = active.filter((finding) => finding.severity === severity);
    const counts = priorities.map((priority) => of.filter((finding) => finding.priority === priority).length);
    return [severityWords[severity]?.[lang] ?? severity, ...counts.map(String), String(of.length)];
  });
  const totals = priorities.map(
    (priority) => active.filter((finding) => finding.priority === priority).length,
  );
  return table(
    [words.severity[lang], ...priorities, words.total[lang]],
    [...rows, [words.total[lang], ...totals.map(String), String(active.length)]],
  );
}

/** Title, what was audited, the summary: what holds, what remains. */
export function cover(report: Report, lang: Language): string {
  const colon = lang === 'fr' ? '\u00a0:' : ':';
  const { estate, tool, id } = report.audit;
  const view = viewOf(report, (kind) => kindOf(kind as Kind));
  const hosts = view.hosts.map(({ name }) => name);
  const facts = [
    `**${words.estate[lang]}${colon}** ${codeSpan(estate.name)}`,
    `**${words.date[lang]}${colon}** ${moment(report.audit.startedAt)[lang]}`,
    estate.commit && `**${words.commit[lang]}${colon}** ${codeSpan(estate.commit.slice(0, 12))}`,
    named(
      words.accounts[lang],
      accountsOf(report, hosts, (provider) => provider !== 'cloudflare'),
      lang,
    ),
    named(
      words.cloudflareAccounts[lang],
      accountsOf(report, hosts, (provider) => provider === 'cloudflare'),
      lang,
    ),
    named(words.hosts[lang], hosts, lang),
    named(
      words.regions[lang],
      report.resources.map(({ region }) => region),
      lang,
    ),
    `**${words.tool[lang]}${colon}** Constat ${tool.version}, ${codeSpan(id)}`,
  ].filter((fact) => fact !== undefined && fact !== '');
  const strengths = report.summary.strengths.map((strength) => `- ${say(strength.text, lang)}`);
  const first = report.findings
    .filter((finding) => !finding.muted)
    .slice(0, 3)
    .map((finding, index) => `${index + 1}. ${say(finding.title, lang)} (${codeSpan(finding.gap)})`);
  return paragraphs(
    `# ${words.title[lang]}`,
    facts.join('  \n'),
    `## ${words.summary[lang]}`,
    `**${say(headline(view), lang)}**`,
    say(lede(view), lang),
    strengths.length ? `### ${words.works[lang]}` : '',
    strengths.join('\n'),
    first.length ? `### ${words.first[lang]}` : '',
    first.join('\n'),
    `### ${words.statuses[lang]}`,
    statusTable(report, lang),
    severityTable(report, lang) && `### ${words.severities[lang]}`,
    severityTable(report, lang),
  );
}
