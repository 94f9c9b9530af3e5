import type { Report } from '#model/report.ts';
import { changedOn, type Language } from '#model/text.ts';
import { knownSaid } from '#web/maturity.ts';
import { patchesOf, patchFile } from '#web/patches.ts';
import { horizonWords, severityWords } from '#web/words/labels.ts';
import { patchWords } from '#web/words/patches.ts';
import { words } from '../words.ts';
import { codeSpan, escapeMarkdown, paragraphs, say } from './write.ts';

type Finding = Report['findings'][number];
type Evidence = Finding['evidence'][number];

/** Where an evidence stands: a place in a file, or the operation that said it. */
export const place = (evidence: Evidence, inTable = false): string =>
  'file' in evidence
    ? codeSpan(`${evidence.file}:${evidence.line}${evidence.endLine ? `-${evidence.endLine}` : ''}`, inTable)
    : codeSpan(evidence.operation, inTable);

const MOST_EVIDENCE = 8;

function evidenceList(finding: Finding, lang: Language): string {
  const shown = finding.evidence.slice(0, MOST_EVIDENCE).map((evidence) => {
    const excerpt = evidence.excerpt?.split('\n')[0];
    const change = 'file' in evidence && evidence.lastChange;
    const changed = change ? ` (${say(changedOn(change), lang)})` : '';
    return `- ${place(evidence)}${changed}${excerpt ? ` ${codeSpan(excerpt)}` : ''}`;
  });
  const left = finding.evidence.length - MOST_EVIDENCE;
  if (left > 0) shown.push(lang === 'fr' ? `- et ${left} autre${left > 1 ? 's' : ''}` : `- and ${left} more`);
  return shown.join('\n');
}

/** Remedies to tick, by system and priority. */
export function checklist(report: Report, lang: Language): string {
  const active = report.findings.filter((finding) => !finding.muted);
  if (active.length === 0) return '';
  const parts = [`## ${words.checklist[lang]}`];
  const sections: [string, Finding[]][] = [
    ...report.systems.map((system): [string, Finding[]] => [
      escapeMarkdown(system.title),
      active.filter((finding) => finding.systems.includes(system.id)),
    ]),
    [words.estateWide[lang], active.filter((finding) => finding.systems.length === 0)],
  ];
  for (const [title, findings] of sections) {
    if (findings.length === 0) continue;
    parts.push(`### ${title}`);
    for (const priority of ['P1', 'P2', 'P3'] as const) {
      const of = findings.filter((finding) => finding.priority === priority);
      if (of.length === 0) continue;
      parts.push(`**${priority}**`);
      parts.push(
        of
          .map(
            (finding) =>
              `- [ ] ${codeSpan(finding.gap)} ${say(finding.title, lang)}. ${say(finding.remedy, lang)}`,
          )
          .join('\n'),
      );
    }
  }
  return paragraphs(...parts);
}

/** Every finding with its evidence, most severe first. */
export function findingsBySeverity(report: Report, lang: Language): string {
  if (report.findings.length === 0) return '';
  const parts: (string | undefined)[] = [`## ${words.problems[lang]}`];
  for (const severity of Object.keys(severityWords)) {
    const of = report.findings.filter((finding) => finding.severity === severity);
    if (of.length === 0) continue;
    const label = severityWords[severity]?.[lang] ?? severity;
    parts.push(`### ${label.charAt(0).toUpperCase()}${label.slice(1)} (${of.length})`);
    for (const finding of of) {
      const colon = lang === 'fr' ? '\u00a0:' : ':';
      const known = knownSaid(finding);
      const patches = patchesOf(report.patches, finding);
      parts.push(
        `#### ${finding.gap} · ${say(finding.title, lang)}`,
        say(finding.message, lang),
        `**${words.remedy[lang]}${colon}** ${say(finding.remedy, lang)}`,
        `${codeSpan(finding.rule)} · ${finding.priority}${finding.phase === undefined ? '' : ` · ${escapeMarkdown(finding.phase)}`}${known ? ` · ${say(known, lang)}` : ''}${finding.muted ? ` · ${words.muted[lang]} (${escapeMarkdown(finding.muted.owner)}, ${escapeMarkdown(finding.muted.reason)}${finding.muted.until ? `, ${finding.muted.until}` : ''})` : ''}`,
        evidenceList(finding, lang),
        patches.length > 0
          ? `**${patchWords.patch[lang]}${colon}** ${patches.map((patch) => codeSpan(patchFile(patch))).join(', ')}`
          : undefined,
      );
    }
  }
  return paragraphs(...parts);
}

/** What to do next, by horizon. */
export function nextSteps(report: Report, lang: Language): string {
  if (report.summary.next.length === 0) return '';
  const parts = [`## ${words.next[lang]}`];
  for (const horizon of ['now', 'soon', 'later'] as const) {
    const of = report.summary.next.filter((step) => step.horizon === horizon);
    if (of.length === 0) continue;
    parts.push(`### ${horizonWords[horizon]?.[lang]}`);
    parts.push(
      of
        .map((step, index) => {
          const gaps = step.gaps.slice(0, 6).map((gap) => codeSpan(gap));
          const more = step.gaps.length > 6 ? '…' : '';
          return `${index + 1}. ${say(step.text, lang)} (${gaps.join(', ')}${more})`;
        })
        .join('\n'),
    );
  }
  return paragraphs(...parts);
}
