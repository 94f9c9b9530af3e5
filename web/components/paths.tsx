import { Say } from '../speech.tsx';
import { namesIn, outcomeOf, pathHeadline } from '../trace.ts';
import type { View } from '../view.ts';
import type { Path } from '../vocabulary.ts';
import { sectionWords } from '../words/page.ts';
import { pathWords as words } from '../words/path.ts';
import { Causes } from './causes.tsx';
import { HopList } from './hop-list.tsx';
import { Glyph } from './mark.tsx';
import { Name } from './name.tsx';
import { PathDrawing } from './path-drawing.tsx';
import { PathUnknowns } from './path-unknowns.tsx';
import { Section } from './section.tsx';

const RESULT_OF = {
  stops: 'fail',
  weak: 'fail',
  probable: 'unknown',
  open: 'unknown',
  passes: 'pass',
} as const;

function Traced({ view, path, id }: { view: View; path: Path; id: string }) {
  const nameOf = namesIn(view.resources);
  const result = RESULT_OF[outcomeOf(path).is];
  return (
    <div class="traced" id={id}>
      <h3>
        <Name text={path.url} />
      </h3>
      <p class={`verdict mk ${result}`}>
        <Glyph name={result} />
        <Say text={pathHeadline(path, nameOf)} class="w" />
      </p>
      <PathDrawing path={path} nameOf={nameOf} />
      <Causes path={path} />
      <HopList view={view} path={path} id={id} />
      <PathUnknowns path={path} nameOf={nameOf} />
    </div>
  );
}

/** Each URL that was traced: one fact, the path with its causes, every hop with its checks, what is not established. */
export const Paths = ({ view, number }: { view: View; number: number }) => (
  <Section id="path" number={number} title={sectionWords.path} say={words.say}>
    {view.report.paths.map((path, index) => (
      <Traced key={index} view={view} path={path} id={`path-${index + 1}`} />
    ))}
  </Section>
);
