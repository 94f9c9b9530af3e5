import type { Graph } from './graph.ts';
import type { Arrival, HopSide } from './hop.ts';

/** Whether a hop can be reached, and can reach what it needs. */
export function networkSides(_arrival: Arrival, _graph: Graph): HopSide[] {
  return [];
}
