import { Say } from '../speech.tsx';
import { fill, wordOf } from '../text.ts';
import { inSentence, letterOf, linksOf } from '../trace.ts';
import type { Path } from '../vocabulary.ts';
import { certaintyOfCauseWords, pathWords as words } from '../words/path.ts';

/** What is wrong at the root, and what follows from it, each link a line, up to what a user sees. */
export function Causes({ path }: { path: Path }) {
  if (path.causes.length === 0) return null;
  return (
    <div class="causes">
      {path.causes.map((cause, index) => (
        <div key={index} class={`cause ${cause.certainty}`}>
          <h4>
            <Say text={fill(words.cause, { letter: letterOf(index), title: inSentence(cause.title) })} />
          </h4>
          <ol>
            {linksOf(cause).map((link, at) => (
              <li key={at}>
                <Say text={link} />
              </li>
            ))}
          </ol>
          <p class="small">
            <Say
              text={fill(words.certaintyOfCause, {
                certainty: wordOf(certaintyOfCauseWords, cause.certainty),
              })}
            />
          </p>
        </div>
      ))}
    </div>
  );
}
