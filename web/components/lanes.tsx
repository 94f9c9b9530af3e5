import { type Lane, lanesOf, type Slot } from '../plan.ts';
import { Say, useSpeech } from '../speech.tsx';
import { fill, wordOf } from '../text.ts';
import type { Step } from '../vocabulary.ts';
import { stepStateWords, planWords as words } from '../words/plan.ts';
import { Glyph, Mark } from './mark.tsx';
import { Scroll } from './scroll.tsx';
import { STATE_GLYPHS } from './step.tsx';

/** More steps than this are read in the list. */
const MOST_STEPS = 40;
const BOX = 56;
const ROW = BOX + 16;
const GUTTER = 44;
const PAD = 12;
const HEAD = 26;
const LANE_GAP = 8;

/** How wide a box is, so that up to four waves fit across the page. */
const widthFor = (waves: number): number => (waves <= 3 ? 300 : waves === 4 ? 226 : 210);

type Point = [x: number, y: number];

/** A line through points whose corners are round. */
function rounded(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return '';
  let [x, y] = start;
  let path = `M${x} ${y}`;
  rest.forEach(([nextX, nextY], index) => {
    const after = rest[index + 1];
    if (after) {
      const radius = Math.min(
        6,
        Math.max(Math.abs(nextX - x), Math.abs(nextY - y)) / 2,
        Math.max(Math.abs(after[0] - nextX), Math.abs(after[1] - nextY)) / 2,
      );
      const toward = (from: number, to: number) => Math.sign(to - from) * radius;
      path += `L${nextX - toward(x, nextX)} ${nextY - toward(y, nextY)}`;
      path += `Q${nextX} ${nextY} ${nextX + toward(nextX, after[0])} ${nextY + toward(nextY, after[1])}`;
    } else path += `L${nextX} ${nextY}`;
    [x, y] = [nextX, nextY];
  });
  return path;
}

interface Placed extends Slot {
  x: number;
  y: number;
}

/** From a step to one that waits for it: between boxes and between rows, never behind a box. */
function edge(from: Placed, to: Placed, width: number): string {
  const [start, end]: [Point, Point] = [
    [from.x + width, from.y + BOX / 2],
    [to.x - 2, to.y + BOX / 2],
  ];
  if (from.row === to.row) return rounded([start, end]);
  const track = (from.row % 4) * 4;
  const leave = from.x + width + 10 + track;
  if (to.column - from.column === 1) return rounded([start, [leave, start[1]], [leave, end[1]], end]);
  const enter = to.x - 12 - track;
  const channel = (to.row > from.row ? to.y - 8 : to.y + BOX + 8) + ((from.row % 3) - 1) * 3;
  return rounded([start, [leave, start[1]], [leave, channel], [enter, channel], [enter, end[1]], end]);
}

function placed(lanes: readonly Lane[], width: number): { slots: Placed[]; bands: Point[]; height: number } {
  let y = HEAD;
  const bands: Point[] = [];
  const slots: Placed[] = [];
  for (const lane of lanes) {
    const height = lane.rows * ROW - 16 + 2 * PAD;
    bands.push([y, height]);
    for (const slot of lane.slots)
      slots.push({ ...slot, x: PAD + slot.column * (width + GUTTER), y: y + PAD + slot.row * ROW });
    y += height + LANE_GAP;
  }
  return { slots, bands, height: y - LANE_GAP };
}

/** The plan from left to right, a column for each wave; what does not depend on each other stands in lanes apart. */
export function Lanes({ steps: all }: { steps: readonly Step[] }) {
  const { label } = useSpeech();
  const steps = all.slice(0, MOST_STEPS);
  const lanes = lanesOf(steps);
  const waves = Math.max(...lanes.flatMap(({ slots }) => slots.map(({ column }) => column))) + 1;
  const width = widthFor(waves);
  const { slots, bands, height } = placed(lanes, width);
  const total = 2 * PAD + waves * (width + GUTTER) - GUTTER;
  const byId = new Map(slots.map((slot) => [slot.step.id, slot]));
  const states = [...new Set(steps.map(({ state }) => state))];
  return (
    <figure class={waves > 4 ? 'lanes long' : 'lanes'}>
      <Scroll label={words.drawing}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing whose boxes are links, no set of form fields */}
        <div
          class="lanes-all"
          role="group"
          {...label(words.drawing, 'aria-label')}
          style={`width:${total}px;height:${height}px`}
        >
          {bands.map(([top, tall]) => (
            <i key={top} class="band" style={`top:${top}px;height:${tall}px`} />
          ))}
          <svg width={total} height={height} aria-hidden="true">
            <defs>
              <marker
                id="step-arrow"
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
              >
                <path d="M0 0 8 4 0 8z" class="head" />
              </marker>
            </defs>
            {slots.flatMap((to) =>
              to.step.after.flatMap((id) => {
                const from = byId.get(id);
                return from && from.column < to.column
                  ? [
                      <path
                        key={`${id} ${to.step.id}`}
                        class="edge"
                        d={edge(from, to, width)}
                        marker-end="url(#step-arrow)"
                      />,
                    ]
                  : [];
              }),
            )}
          </svg>
          {Array.from({ length: waves }, (_, wave) => (
            <span key={wave} class="wave" style={`left:${PAD + wave * (width + GUTTER)}px`}>
              <Say text={fill(words.wave, { n: wave + 1 })} />
            </span>
          ))}
          {slots.map(({ step, x, y }) => (
            <a
              key={step.id}
              href={`#${step.id}`}
              class={`slot ${step.state}`}
              style={`left:${x}px;top:${y}px;width:${width}px;height:${BOX}px`}
            >
              <Glyph name={STATE_GLYPHS[step.state]} />
              <span class="id">{step.id}</span>
              <Say text={step.title} class="title" />
            </a>
          ))}
        </div>
      </Scroll>
      <figcaption>
        {states.map((state) => (
          <Mark key={state} glyph={STATE_GLYPHS[state]} tone={state} text={wordOf(stepStateWords, state)} />
        ))}
      </figcaption>
      {all.length > steps.length && (
        <p class="small mute">
          <Say text={fill(words.left, { n: all.length - steps.length })} />
        </p>
      )}
    </figure>
  );
}
