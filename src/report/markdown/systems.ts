import { COMPONENT_NAMES } from '#model/component.ts';
import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { MOST_COMPONENTS, shownComponents } from '#web/component-rows.ts';
import { deploys, publishedBy } from '#web/deployments.ts';
import { fill } from '#web/text.ts';
import { authWords, checkWords, statusWords } from '#web/words/labels.ts';
import { systemsWords } from '#web/words/sections.ts';
import { words } from '../words.ts';
import { codeSpan, escapeMarkdown, paragraphs, say, table } from './write.ts';

const NO_ENVIRONMENT = 'unspecified';

/** Component tables, by system and environment. */
export function systemTables(report: Report, lang: Language): string {
  if (report.systems.length === 0) return '';
  const names = new Map(report.resources.map((resource) => [resource.id, resource.name]));
  const parts = [`## ${words.systems[lang]}`];
  for (const system of report.systems) {
    parts.push(`### ${escapeMarkdown(system.title)}`);
    const rows = report.components.filter((component) => component.system === system.id);
    if (rows.length === 0) parts.push(words.noBlueprint[lang]);
    for (const environment of new Set(rows.map((row) => row.environment))) {
      const label =
        environment === NO_ENVIRONMENT
          ? words.unspecified[lang]
          : `${words.environment[lang]}${lang === 'fr' ? '\u00a0' : ''}: ${escapeMarkdown(environment)}`;
      parts.push(`#### ${label.charAt(0).toUpperCase()}${label.slice(1)}`);
      const own = rows.filter((row) => row.environment === environment);
      parts.push(
        table(
          [words.component[lang], words.name[lang], words.status[lang], words.note[lang]],
          shownComponents(own).map((row) => [
            COMPONENT_NAMES[row.component]?.[lang] ?? escapeMarkdown(row.component),
            row.resource === undefined ? '—' : codeSpan(names.get(row.resource) ?? row.resource, true),
            statusWords[row.status]?.[lang] ?? row.status,
            say(row.note, lang, true),
          ]),
        ),
      );
      if (own.length > MOST_COMPONENTS)
        parts.push(fill(systemsWords.left, { n: own.length - MOST_COMPONENTS })[lang]);
    }
  }
  return paragraphs(...parts);
}

/** Workflows side by side: how they authenticate, what they push, whether they deploy. */
export function workflowTable(report: Report, lang: Language): string {
  const calling = report.workflows.filter((workflow) => workflow.runs.some((run) => run.calls.length > 0));
  if (calling.length === 0) return '';
  const list = (names: Iterable<string>) =>
    [...new Set(names)]
      .sort()
      .map((name) => codeSpan(name, true))
      .join(', ') || '—';
  return paragraphs(
    `## ${words.workflows[lang]}`,
    table(
      [words.workflow, words.triggers, words.authentication, words.role, words.pushesTo, words.deploys].map(
        (head) => head[lang],
      ),
      calling.map((workflow) => [
        codeSpan(workflow.file.replace(/^\.github\/workflows\//, ''), true),
        list(workflow.triggers),
        [...new Set(workflow.runs.map((run) => authWords[run.auth]?.[lang] ?? run.auth))].sort().join(', '),
        list(workflow.runs.flatMap((run) => (run.role ? [run.role.split('/').at(-1) ?? run.role] : []))),
        list(publishedBy(workflow, report)),
        (deploys(workflow, report) ? checkWords.yes : checkWords.no)?.[lang] ?? '',
      ]),
    ),
  );
}
