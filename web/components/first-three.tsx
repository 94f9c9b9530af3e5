import { Say } from '../speech.tsx';
import { grouped, type View } from '../view.ts';
import { coverWords as words } from '../words/page.ts';
import { GapLinks } from './gap-links.tsx';

/** The three most pressing things: the first finding of each of the first three rules, with its remedy. */
export function FirstThree({ view }: { view: View }) {
  const pressing = [...grouped(view.findings, ({ rule }) => rule).values()].slice(0, 3);
  if (pressing.length === 0)
    return (
      <p class="small mute">
        <Say text={words.nothingFirst} />
      </p>
    );
  return (
    <ol class="first">
      {pressing.map(
        (findings) =>
          findings[0] && (
            <li key={findings[0].gap}>
              <div>
                <b>
                  <Say text={findings[0].title} />
                </b>
                <p>
                  <Say text={findings[0].remedy} />
                </p>
                <p class="ref">
                  <span class="prio">{findings[0].priority}</span> <GapLinks findings={findings} most={4} />
                </p>
              </div>
            </li>
          ),
      )}
    </ol>
  );
}
