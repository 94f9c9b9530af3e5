import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Report } from '#model/report.ts';
import type { Drawing } from '#web/view.ts';
import { graphsOf } from './graph.ts';
import { BOX, laidOut } from './layout.ts';

/** The pictures of a report, placed: what a page needs to draw them. */
export async function drawingsOf(report: Report): Promise<Drawing[]> {
  const graphs = graphsOf(report);
  const layouts = await laidOut(graphs);
  return graphs.flatMap((graph, index): Drawing[] => {
    const layout = layouts[index];
    if (!layout) return [];
    const places = new Map(layout.boxes.map((box) => [box.node, box]));
    return [
      {
        title: graph.title,
        width: layout.width,
        height: layout.height,
        box: BOX,
        left: graph.left,
        nodes: graph.nodes.flatMap(({ id, resource }) => {
          const place = places.get(id);
          return place
            ? [
                {
                  x: place.x,
                  y: place.y,
                  kind: kindOf(resource.kind as Kind).title,
                  name: resource.name,
                  status: resource.status,
                },
              ]
            : [];
        }),
        lines: layout.lines.map(({ points }) => points),
      },
    ];
  });
}
