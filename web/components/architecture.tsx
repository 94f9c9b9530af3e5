import { Say, useSpeech } from '../speech.tsx';
import { fill } from '../text.ts';
import type { Drawing, View } from '../view.ts';
import { sectionWords } from '../words/page.ts';
import { architectureWords as words } from '../words/sections.ts';
import { Plain } from './plain.tsx';
import { Scroll } from './scroll.tsx';
import { Section } from './section.tsx';

/** What a box is wide enough for, in small letters; the end of a long name tells it from its neighbours. */
const WIDEST = 24;
const widthOf = (letter: string): number =>
  /[A-ZÀ-Þ@%⟨⟩]/.test(letter) ? 1.4 : /[mwMW_]/.test(letter) ? 1.3 : 1;

/** The end of a text that fits, with an ellipsis where something is left out. */
function cut(text: string): string {
  let width = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    width += widthOf(text.charAt(at));
    // the ellipsis takes the place of the letter that it stands for
    if (width > WIDEST) return `…${text.slice(at + 2)}`;
  }
  return text;
}

/** A curve through the points that the layout gives: a start, then three for each piece. */
const curve = (points: Drawing['lines'][number]): string => {
  const [start, ...rest] = points.map(([x, y]) => `${x} ${y}`);
  return `M${start}C${rest.join(' ')}`;
};

function Picture({ drawing, index }: { drawing: Drawing; index: number }) {
  const { label, content } = useSpeech();
  const { width, height } = drawing.box;
  const arrow = `arrow-${index}`;
  return (
    <Scroll label={fill(words.of, { title: drawing.title })} class="drawing">
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: its label can change its language, a title cannot */}
      <svg
        viewBox={`-6 -6 ${drawing.width + 12} ${drawing.height + 12}`}
        width={drawing.width + 12}
        height={drawing.height + 12}
        role="img"
        {...label(fill(words.of, { title: drawing.title }), 'aria-label')}
      >
        <defs>
          <marker
            id={arrow}
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
        {drawing.lines.map((points, line) => (
          <path key={line} class="edge" d={curve(points)} marker-end={`url(#${arrow})`} />
        ))}
        {drawing.nodes.map(({ x, y, kind, name, status }, node) => {
          const title = content(kind);
          return (
            <g
              key={node}
              class={`node ${status}`}
              transform={`translate(${x - width / 2} ${y - height / 2})`}
            >
              <title>{name}</title>
              <rect width={width} height={height} rx="3" />
              <text x="9" y="17" class="kind" {...title.attributes}>
                {title.text}
              </text>
              <text x="9" y="34" class="name">
                {cut(name)}
              </text>
            </g>
          );
        })}
      </svg>
    </Scroll>
  );
}

/** What leads to what in each system, as far as it was seen. */
export const Architecture = ({ view, number }: { view: View; number: number }) => (
  <Section id="architecture" number={number} title={sectionWords.architecture} say={words.say}>
    {view.drawings.map((drawing, index) => (
      <div key={index}>
        <h3 class="sub">
          <Plain text={drawing.title} />
        </h3>
        <Picture drawing={drawing} index={index} />
        {drawing.left > 0 && (
          <p class="small mute">
            <Say text={fill(words.left, { n: drawing.left })} />
          </p>
        )}
      </div>
    ))}
  </Section>
);
