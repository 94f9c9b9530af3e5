import type { Side } from '#model/path.ts';
import type { Graph } from './graph.ts';
import type { Arrival } from './hop.ts';

/** Whether a hop can be reached, and can reach what it needs. */
export function networkSides(_arrival: Arrival, _graph: Graph): Omit<Side, 'of'>[] {
  return [];
}
