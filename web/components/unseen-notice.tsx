import { proofPlaces } from '../plan.ts';
import { Say } from '../speech.tsx';
import { counted, fill, same, wordOf } from '../text.ts';
import type { View } from '../view.ts';
import { sourceWords } from '../words/labels.ts';
import { sectionWords, coverWords as words } from '../words/page.ts';
import { Glyph } from './mark.tsx';

/** Said plainly on the cover of an audit that read nothing but files, with what it takes to know more. */
export function UnseenNotice({ view }: { view: View }) {
  const { coverage } = view.report;
  const { toVerify } = proofPlaces(view.report);
  const commands = counted(toVerify.length, words.command, words.commands);
  const skipped = coverage.filter(({ state, reason }) => state === 'skipped' && reason);
  return (
    <aside class="notice" aria-labelledby="unseen">
      <span class="mk unverified">
        <Glyph name="unverified" />
      </span>
      <div>
        <h2 id="unseen">
          <Say text={words.unseenTitle} />
        </h2>
        <p>
          <Say text={words.unseen} />
        </p>
        {toVerify.length > 0 && (
          <p>
            <Say text={fill(words.unseenHow, { commands })} />{' '}
            <a href="#verify">
              <Say text={sectionWords.verify} />
            </a>
          </p>
        )}
        {skipped.length > 0 && (
          <ul>
            {skipped.map(({ source, reason }, index) => (
              <li key={index}>
                <Say
                  text={fill(words.skipped, {
                    source: wordOf(sourceWords, source),
                    reason: reason ?? same(''),
                  })}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </aside>
  );
}
