import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { graphsOf } from '../diagram/graph.ts';
import { mermaidOf } from '../diagram/mermaid.ts';
import { words } from '../words.ts';
import { block, escapeMarkdown, paragraphs } from './write.ts';

/** What leads to what in each system, drawn from the relations that were seen. */
export function architecture(report: Report, lang: Language): string {
  const graphs = graphsOf(report);
  if (graphs.length === 0) return '';
  return paragraphs(
    `## ${words.architecture[lang]}`,
    ...graphs.flatMap((graph) => [
      `### ${escapeMarkdown(graph.title)}`,
      block(mermaidOf(graph, lang), 'mermaid'),
      graph.left === 0
        ? undefined
        : lang === 'fr'
          ? `${graph.left} ressources de plus ne sont pas dessinées.`
          : `${graph.left} more resources are not drawn.`,
    ]),
  );
}
