import { Say, useSpeech } from '../speech.tsx';
import { fill, wordOf } from '../text.ts';
import type { Step } from '../vocabulary.ts';
import { stepStateWords, planWords as words } from '../words/plan.ts';
import { BOX, drawnPlan, rounded } from './lane-geometry.ts';
import { Glyph, Mark } from './mark.tsx';
import { Scroll } from './scroll.tsx';
import { STATE_GLYPHS } from './step.tsx';

/** More steps than this are read in the list. */
const MOST_STEPS = 40;
/** As many waves fit across the page without scrolling. */
const FITS_ACROSS = 4;

/** The plan from left to right, a column for each wave; what does not depend on each other stands in lanes apart. */
export function Lanes({ steps: all }: { steps: readonly Step[] }) {
  const { label } = useSpeech();
  const steps = all.slice(0, MOST_STEPS);
  const drawn = drawnPlan(steps);
  const states = [...new Set(steps.map(({ state }) => state))];
  return (
    <figure class={drawn.waves.length > FITS_ACROSS ? 'lanes long' : 'lanes'}>
      <Scroll label={words.drawing}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing whose boxes are links, no set of form fields */}
        <div
          class="lanes-all"
          role="group"
          {...label(words.drawing, 'aria-label')}
          style={`width:${drawn.width}px;height:${drawn.height}px`}
        >
          {drawn.bands.map(({ y, height }) => (
            <i key={y} class="band" style={`top:${y}px;height:${height}px`} />
          ))}
          <svg width={drawn.width} height={drawn.height} aria-hidden="true">
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
            {drawn.lines.map((points, index) => (
              <path key={index} class="edge" d={rounded(points)} marker-end="url(#step-arrow)" />
            ))}
          </svg>
          {drawn.waves.map((left, wave) => (
            <span key={left} class="wave" style={`left:${left}px`}>
              <Say text={fill(words.wave, { n: wave + 1 })} />
            </span>
          ))}
          {drawn.boxes.map(({ step, x, y }) => (
            <a
              key={step.id}
              href={`#${step.id}`}
              class={`slot ${step.state}`}
              style={`left:${x}px;top:${y}px;width:${drawn.boxWidth}px;height:${BOX}px`}
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
