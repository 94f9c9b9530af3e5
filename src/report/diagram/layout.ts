import type { Graph } from './graph.ts';

/** Where a box stands, in points from the top left; `x` and `y` are its middle. */
export interface Box {
  node: string;
  x: number;
  y: number;
}

/** A line between two boxes: a cubic Bézier curve, start point first. */
export interface Line {
  from: string;
  to: string;
  points: [x: number, y: number][];
}

export interface Layout {
  width: number;
  height: number;
  boxes: Box[];
  lines: Line[];
}

const POINTS = 72;
/** The size of a box, in inches as Graphviz counts. */
const WIDTH = 2.5;
const HEIGHT = 0.62;
export const BOX = { width: WIDTH * POINTS, height: HEIGHT * POINTS } as const;

/**
 * Places the boxes of graphs with Graphviz (its WebAssembly build, which is loaded when there is something to draw).
 * Only the short names of nodes are given to it, never a name of the estate. Output format: Graphviz, “Plain”.
 */
export async function laidOut(graphs: readonly Graph[]): Promise<Layout[]> {
  if (graphs.length === 0) return [];
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  return graphs.map((graph) => {
    const nodes = graph.nodes.map(({ id }) => `${id};`).join('');
    const edges = graph.edges.map(({ from, to }) => `${from}->${to};`).join('');
    const head = `rankdir=LR;nodesep=0.18;ranksep=0.7;node[shape=box,fixedsize=true,width=${WIDTH},height=${HEIGHT},label=""]`;
    return layoutOf(graphviz.layout(`strict digraph{${head};${nodes}${edges}}`, 'plain'));
  });
}

/** Reads the plain format: inches, with the origin at the bottom left. */
function layoutOf(plain: string): Layout {
  const layout: Layout = { width: 0, height: 0, boxes: [], lines: [] };
  const round = (inches: number) => Math.round(inches * POINTS * 10) / 10;
  for (const line of plain.split('\n')) {
    const [word, ...rest] = line.split(' ');
    const number = (index: number) => Number(rest[index]);
    if (word === 'graph') {
      layout.width = round(number(1));
      layout.height = round(number(2));
    } else if (word === 'node')
      layout.boxes.push({ node: rest[0] ?? '', x: round(number(1)), y: layout.height - round(number(2)) });
    else if (word === 'edge')
      layout.lines.push({
        from: rest[0] ?? '',
        to: rest[1] ?? '',
        points: Array.from({ length: number(2) }, (_, i) => [
          round(number(3 + 2 * i)),
          Math.round((layout.height - round(number(4 + 2 * i))) * 10) / 10,
        ]),
      });
  }
  return layout;
}
