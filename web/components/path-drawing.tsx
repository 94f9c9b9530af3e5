import { Say, useSpeech } from '../speech.tsx';
import { capital, counted, fill, wordOf } from '../text.ts';
import {
  besides,
  firstProblem,
  leadsOf,
  type NameOf,
  outcomeOf,
  type Place,
  pathHeadline,
  placesOf,
  sidesOf,
} from '../trace.ts';
import type { Path } from '../vocabulary.ts';
import { resultWords, roleWords, pathWords as words } from '../words/path.ts';
import { HopBox } from './hop-box.tsx';
import { Glyph, Mark } from './mark.tsx';
import { Name } from './name.tsx';
import { BracketsAcross, BracketsDown } from './path-brackets.tsx';
import { COLUMN_GAP, DOWN_HEIGHT, LEVEL, ROW_GAP, ROW_HEIGHT } from './path-geometry.ts';
import { Scroll } from './scroll.tsx';

/** More hops than this are read in the list, not down a drawing. */
const MOST_DOWN = 16;
/** As many columns fit across the page without scrolling. */
const FITS_ACROSS = 7;

/** The end of a long name tells it from its neighbours: the image, not the registry. */
const LONGEST_NAME = 38;
const ending = (name: string): string =>
  name.length > LONGEST_NAME ? `…${name.slice(1 - LONGEST_NAME)}` : name;

interface Drawn {
  path: Path;
  places: readonly Place[];
  nameOf: NameOf;
}

/** The line that leads to a hop, in the gap before its column. */
function LeadAcross({ place, lead }: { place: Place; lead: string }) {
  if (!place.parent) return null;
  const down = (place.row - place.parent.row) * (ROW_HEIGHT + ROW_GAP);
  const middle = COLUMN_GAP / 2;
  const line = down === 0 ? `M0 ${LEVEL}h${COLUMN_GAP}` : `M0 ${LEVEL}h${middle}v${down}h${middle}`;
  const [x, y] = [middle, LEVEL + down];
  return (
    <svg
      class={`lead ${lead}`}
      width={COLUMN_GAP}
      height={down + 2 * LEVEL}
      style={`top:${-down}px;left:${-COLUMN_GAP}px`}
      aria-hidden="true"
    >
      <path d={line} />
      {lead === 'cut' && <path class="cross" d={`m${x - 5} ${y - 5} 10 10m0-10-10 10`} />}
    </svg>
  );
}

/** What stands beside the hops of a single row, each under the hop that needs it. */
function SidesAcross({ path, places, nameOf }: Drawn) {
  if (!places.some(({ hop }) => sidesOf(path, hop).length > 0)) return null;
  return (
    <div class="across sides-across">
      {places.map((place) => (
        <div key={place.number}>
          {besides(sidesOf(path, place.hop)).map(({ role, resources, checks }) => {
            const problem = firstProblem(checks);
            const [resource] = resources;
            return (
              <div key={role} class="side-box">
                <Say text={wordOf(roleWords, role)} class="role" />
                <span class={`mk ${problem?.result ?? 'pass'}`}>
                  <Glyph name={problem?.result ?? 'pass'} />
                  <span class="w">
                    {problem ? (
                      <Say text={capital(problem.text)} />
                    ) : resource === undefined || resources.length > 1 ? (
                      <Say text={counted(checks.length, words.oneHolds, words.allHold)} />
                    ) : (
                      <Name text={ending(nameOf(resource))} most={60} />
                    )}
                  </span>
                </span>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

/** The path from left to right, branches under each other. */
function Across(drawn: Drawn) {
  const { path, places, nameOf } = drawn;
  const leads = leadsOf(path, places);
  const columns = Math.max(...places.map(({ column }) => column)) + 1;
  const rows = Math.max(...places.map(({ row }) => row)) + 1;
  return (
    <div class={rows === 1 ? 'across-all' : 'across-all branching'} style={`--columns:${columns}`}>
      <div class="across hops-across" style={`grid-auto-rows:${ROW_HEIGHT}px;row-gap:${ROW_GAP}px`}>
        {places.map((place, index) => (
          <div key={place.number} style={`grid-column:${place.column + 1};grid-row:${place.row + 1}`}>
            <LeadAcross place={place} lead={leads[index] ?? 'plain'} />
            {leads[index] === 'cut' && <Say text={words.firstFailure} class="first-failure" />}
            <HopBox path={path} place={place} nameOf={nameOf} />
          </div>
        ))}
      </div>
      {rows === 1 && <BracketsAcross path={path} places={places} columns={columns} />}
      {rows === 1 && <SidesAcross {...drawn} />}
    </div>
  );
}

/** The same hops from top to bottom, for a narrow window. */
function Down({ path, places, nameOf }: Drawn) {
  const leads = leadsOf(path, places);
  const shown = places.slice(0, MOST_DOWN);
  return (
    <div class="down-all">
      <div class="hops-down">
        {shown.map((place, index) => {
          const lead = leads[index] ?? 'plain';
          const follows = place.parent === undefined ? index === 0 : place.parent === places[index - 1];
          return (
            <div
              key={place.number}
              style={`height:${DOWN_HEIGHT}px;margin-left:${Math.min(place.row, 2) * 14}px`}
            >
              <div class={`lead ${follows ? lead : 'jump'}`}>
                {lead === 'cut' && (
                  <span class="mk fail">
                    <Glyph name="fail" />
                    <Say text={words.firstFailure} />
                  </span>
                )}
                {!follows && place.parent && (
                  <span class="mute">
                    <Say text={fill(words.from, { n: place.parent.number })} />
                  </span>
                )}
              </div>
              <HopBox path={path} place={place} nameOf={nameOf} />
            </div>
          );
        })}
      </div>
      <BracketsDown path={path} places={shown} />
      {places.length > shown.length && (
        <p class="small mute">
          <Say text={fill(words.left, { n: places.length - shown.length })} />
        </p>
      )}
    </div>
  );
}

/** Two drawings of the same hops: across, and down where the window is narrow. Arrows go from cause to effect. */
export function PathDrawing({ path, nameOf }: { path: Path; nameOf: NameOf }) {
  const { label } = useSpeech();
  if (path.hops.length === 0) return null;
  const places = placesOf(path);
  const columns = Math.max(...places.map(({ column }) => column)) + 1;
  const title = fill(words.drawingOf, { url: path.url, headline: pathHeadline(path, nameOf) });
  const stops = outcomeOf(path).is === 'stops';
  return (
    <figure class={columns > FITS_ACROSS ? 'path-drawing long' : 'path-drawing'}>
      <Scroll label={fill(words.drawing, { url: path.url })} class="across-scroll">
        <div role="img" {...label(title, 'aria-label')}>
          <Across path={path} places={places} nameOf={nameOf} />
        </div>
      </Scroll>
      <div role="img" class="down" {...label(title, 'aria-label')}>
        <Down path={path} places={places} nameOf={nameOf} />
      </div>
      <figcaption>
        {(['pass', 'fail', 'unknown'] as const).map((result) => (
          <Mark key={result} glyph={result} text={wordOf(resultWords, result)} />
        ))}
        {stops && (
          <span class="key">
            <i class="beyond" aria-hidden="true" />
            <Say text={words.beyond} />
          </span>
        )}
        {path.causes.some(({ certainty }) => certainty === 'probable') && (
          <span class="key">
            <i class="likely" aria-hidden="true" />
            <Say text={words.likely} />
          </span>
        )}
      </figcaption>
    </figure>
  );
}
