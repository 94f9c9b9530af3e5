import { lanesOf } from '../plan.ts';
import type { Step } from '../vocabulary.ts';

/** The height of a box, in pixels, as all that follows. */
export const BOX = 56;
const ROW_GAP = 16;
const ROW = BOX + ROW_GAP;
const GUTTER = 44;
const PAD = 12;
const HEAD = 26;
const LANE_GAP = 8;

export type Point = [x: number, y: number];

/** A step with the top left of its box. */
export interface Box {
  step: Step;
  column: number;
  row: number;
  x: number;
  y: number;
}

/** The plan as a drawing: boxes, lines between them, a band behind each lane, the left of each wave. */
export interface Drawn {
  width: number;
  height: number;
  boxWidth: number;
  boxes: Box[];
  lines: Point[][];
  bands: { y: number; height: number }[];
  waves: number[];
}

/** How wide a box is, so that up to four waves fit across the page. */
const widthFor = (waves: number): number => (waves <= 3 ? 300 : waves === 4 ? 226 : 210);

/** From a step to one that waits for it: between boxes and between rows, never behind a box. */
function line(from: Box, to: Box, width: number): Point[] {
  const start: Point = [from.x + width, from.y + BOX / 2];
  const end: Point = [to.x - 2, to.y + BOX / 2];
  const isNext = to.column - from.column === 1;
  if (isNext && from.row === to.row) return [start, end];
  // lines from different rows run beside each other
  const track = (from.row % 4) * 4;
  const leave = start[0] + 10 + track;
  if (isNext) return [start, [leave, start[1]], [leave, end[1]], end];
  const enter = to.x - 12 - track;
  const channel =
    (to.row > from.row ? to.y - ROW_GAP / 2 : to.y + BOX + ROW_GAP / 2) + ((from.row % 3) - 1) * 3;
  return [start, [leave, start[1]], [leave, channel], [enter, channel], [enter, end[1]], end];
}

/** Places the steps of a plan: waves from left to right, what does not depend on each other in lanes apart. */
export function drawnPlan(steps: readonly Step[]): Drawn {
  const lanes = lanesOf(steps);
  const waves = 1 + Math.max(-1, ...lanes.flatMap(({ slots }) => slots.map(({ column }) => column)));
  const boxWidth = widthFor(waves);
  const left = (column: number) => PAD + column * (boxWidth + GUTTER);
  let y = HEAD;
  const bands: Drawn['bands'] = [];
  const boxes = lanes.flatMap((lane) => {
    const top = y;
    const height = lane.rows * ROW - ROW_GAP + 2 * PAD;
    bands.push({ y: top, height });
    y += height + LANE_GAP;
    return lane.slots.map((slot): Box => ({ ...slot, x: left(slot.column), y: top + PAD + slot.row * ROW }));
  });
  const byId = new Map(boxes.map((box) => [box.step.id, box]));
  return {
    width: left(waves) - GUTTER + PAD,
    height: y - LANE_GAP,
    boxWidth,
    boxes,
    bands,
    lines: boxes.flatMap((to) =>
      to.step.after.flatMap((id) => {
        const from = byId.get(id);
        return from && from.column < to.column ? [line(from, to, boxWidth)] : [];
      }),
    ),
    waves: Array.from({ length: waves }, (_, wave) => left(wave)),
  };
}

/** A line through points whose corners are round, as the path of an SVG. */
export function rounded([start, ...rest]: readonly Point[]): string {
  if (!start) return '';
  let [x, y] = start;
  let path = `M${x} ${y}`;
  rest.forEach(([nextX, nextY], index) => {
    const after = rest[index + 1];
    if (after) {
      const before = Math.max(Math.abs(nextX - x), Math.abs(nextY - y));
      const beyond = Math.max(Math.abs(after[0] - nextX), Math.abs(after[1] - nextY));
      const radius = Math.min(6, before / 2, beyond / 2);
      const toward = (from: number, to: number) => Math.sign(to - from) * radius;
      path += `L${nextX - toward(x, nextX)} ${nextY - toward(y, nextY)}`;
      path += `Q${nextX} ${nextY} ${nextX + toward(nextX, after[0])} ${nextY + toward(nextY, after[1])}`;
    } else path += `L${nextX} ${nextY}`;
    [x, y] = [nextX, nextY];
  });
  return path;
}
