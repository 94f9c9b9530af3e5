import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { architecture } from './markdown/architecture.ts';
import { cover } from './markdown/cover.ts';
import { checklist, findingsBySeverity, nextSteps } from './markdown/findings.ts';
import { hostSection } from './markdown/hosts.ts';
import { inventory, rests, verification } from './markdown/inventory.ts';
import { closedSection, maturity } from './markdown/maturity.ts';
import { patchSection } from './markdown/patches.ts';
import { requestPaths } from './markdown/paths.ts';
import { planSection } from './markdown/plan.ts';
import { rehearsals } from './markdown/rehearsals.ts';
import { systemTables, workflowTable } from './markdown/systems.ts';
import { whatIfSection } from './markdown/what-if.ts';
import { paragraphs } from './markdown/write.ts';

/**
 * The audit as one Markdown page, from the JSON report alone.
 * @param folder where the report goes, which the commands that apply patches name
 */
export function renderMarkdown(report: Report, lang: Language, folder?: string): string {
  return `${paragraphs(
    cover(report, lang),
    requestPaths(report, lang),
    systemTables(report, lang),
    hostSection(report, lang),
    workflowTable(report, lang),
    rehearsals(report, lang),
    architecture(report, lang),
    maturity(report, lang),
    verification(report, lang),
    checklist(report, lang),
    findingsBySeverity(report, lang),
    closedSection(report, lang),
    whatIfSection(report, lang),
    planSection(report, lang),
    patchSection(report, lang, folder),
    nextSteps(report, lang),
    inventory(report, lang),
    rests(report, lang),
  )}\n`;
}
