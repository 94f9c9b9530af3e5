import { Say } from '../speech.tsx';
import { same } from '../text.ts';
import { hopsOfCause, letterOf, type Place } from '../trace.ts';
import type { Path } from '../vocabulary.ts';
import { pathWords as words } from '../words/path.ts';
import { CAUSE_HEIGHT, CAUSE_STEP, COLUMN_GAP, DOWN_GAP, DOWN_HEIGHT } from './path-geometry.ts';

interface Bracket {
  letter: string;
  likely: boolean;
  /** Where its links stand along the path, the root's first. */
  at: number[];
}

/** The causes that join more than one hop of a drawing; one that stands at a single hop is told by its letter. */
function bracketsOf(path: Path, places: readonly Place[], most: number): Bracket[] {
  return path.causes
    .map((cause, index) => ({
      letter: letterOf(index),
      likely: cause.certainty === 'probable',
      at: hopsOfCause(path, cause).flatMap((hop) => {
        const at = places.findIndex((place) => place.hop === hop);
        return at < 0 ? [] : [at];
      }),
    }))
    .filter(({ at }) => at.length > 1)
    .slice(0, most);
}

/** Half a step to either side for each cause, so that no line covers another. */
const shift = (index: number, count: number): number => (index - (count - 1) / 2) * CAUSE_STEP;

const Arrow = ({ to }: { to: 'up' | 'left' }) => (
  <svg class="arrow" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
    <path d={to === 'up' ? 'M5 0 9.500 9h-9z' : 'M0 5 9 .5v9z'} />
  </svg>
);

/** Under a row of hops: from the root of each cause to what it leads to. */
export function BracketsAcross(props: { path: Path; places: readonly Place[]; columns: number }) {
  const { path, places, columns } = props;
  const brackets = bracketsOf(path, places, 6);
  if (brackets.length === 0) return null;
  const width = `(100% - ${(columns - 1) * COLUMN_GAP}px)`;
  const x = (at: number, index: number) =>
    `calc(${width} * ${(at + 0.5) / columns} + ${at * COLUMN_GAP + shift(index, brackets.length)}px)`;
  return (
    <div class="brackets" style={`height:${brackets.length * CAUSE_HEIGHT + 8}px`}>
      {brackets.map(({ letter, likely, at }, index) => {
        const y = 14 + index * CAUSE_HEIGHT;
        const [from, to] = [Math.min(...at), Math.max(...at)];
        const span = `calc(${width} * ${(to - from) / columns} + ${(to - from) * COLUMN_GAP}px)`;
        return (
          <div key={letter} class={likely ? 'bracket likely' : 'bracket'}>
            <i class="h" style={`left:${x(from, index)};width:${span};top:${y}px`} />
            {at.map((one, link) => (
              <span key={one} class="stem" style={`left:${x(one, index)};height:${y}px`}>
                {link > 0 && <Arrow to="up" />}
              </span>
            ))}
            <span class="label" style={`left:${x((from + to) / 2, index)};top:${y}px`}>
              <Say text={words.causeLetter} /> {letter}
            </span>
          </div>
        );
      })}
    </div>
  );
}

/** Beside hops that stand under each other. */
export function BracketsDown({ path, places }: { path: Path; places: readonly Place[] }) {
  if (places.some(({ row }) => row > 0)) return null;
  const brackets = bracketsOf(path, places, 4);
  if (brackets.length === 0) return null;
  const y = (at: number, index: number) =>
    at * (DOWN_HEIGHT + DOWN_GAP) + DOWN_HEIGHT / 2 + shift(index, brackets.length);
  return (
    <div class="brackets-down" style={`width:${brackets.length * CAUSE_STEP + 14}px`}>
      {brackets.map(({ letter, likely, at }, index) => {
        const x = 14 + index * CAUSE_STEP;
        const [from, to] = [Math.min(...at), Math.max(...at)];
        return (
          <div key={letter} class={likely ? 'bracket likely' : 'bracket'}>
            <i
              class="v"
              style={`left:${x}px;top:${y(from, index)}px;height:${y(to, index) - y(from, index)}px`}
            />
            {at.map((one, link) => (
              <span key={one} class="stem across" style={`top:${y(one, index)}px;width:${x}px`}>
                {link > 0 && <Arrow to="left" />}
              </span>
            ))}
            <span class="label" style={`left:${x}px;top:${(y(from, index) + y(to, index)) / 2}px`}>
              <Say text={same(letter)} />
            </span>
          </div>
        );
      })}
    </div>
  );
}
