import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import { type Language, visible } from '#model/text.ts';
import type { Graph } from './graph.ts';

const LONGEST_LABEL = 60;

/**
 * A label that holds any text. Mermaid reads entities written `#quot;` inside a quoted label, and everything else in it
 * as it is. Mermaid documentation, “Entity codes to escape characters”.
 */
const label = (text: string): string =>
  visible(text, LONGEST_LABEL).replace(
    /[^\p{L}\p{N} .,:/_-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );

/** The picture as Mermaid's flowchart; what is missing is dashed, what nobody declares is dotted. */
export function mermaidOf(graph: Graph, lang: Language): string {
  const lines = graph.nodes.map(
    ({ id, resource }) =>
      `  ${id}["${label(kindOf(resource.kind as Kind).title[lang])}<br/>${label(resource.name)}"]:::${resource.status}`,
  );
  const edges = graph.edges.map(({ from, to, type }) => `  ${from} -->|${label(type)}| ${to}`);
  return [
    'flowchart LR',
    ...lines,
    ...edges,
    '  classDef verified stroke:#2e7d32,stroke-width:2px',
    '  classDef drifted stroke:#b26a00,stroke-width:2px',
    '  classDef missing stroke:#c62828,stroke-width:2px,stroke-dasharray:6 4',
    '  classDef unverified stroke:#777,stroke-dasharray:2 3',
    '  classDef undocumented stroke:#6a1b9a,stroke-dasharray:1 3',
  ].join('\n');
}
