import { headline, lede } from '../headline.ts';
import { Say } from '../speech.tsx';
import type { View } from '../view.ts';
import { coverWords as words } from '../words/page.ts';
import { CrossTab } from './cross-tab.tsx';
import { FirstThree } from './first-three.tsx';
import { Glyph } from './mark.tsx';
import { Meta } from './meta.tsx';
import { ReadCounts } from './read-counts.tsx';
import { StatusCounts } from './status-counts.tsx';
import { UnseenNotice } from './unseen-notice.tsx';
import { Where } from './where.tsx';

function Strengths({ view }: { view: View }) {
  const { strengths } = view.report.summary;
  if (strengths.length === 0) return null;
  return (
    <>
      <h3 class="sub">
        <Say text={words.strengths} />
      </h3>
      <ul class="strengths">
        {strengths.map(({ text, evidence }, index) => (
          <li key={index}>
            <Glyph name="pass" />
            <span>
              <Say text={text} />{' '}
              {evidence[0] && (
                <span class="mute">
                  <Where evidence={evidence[0]} short />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The cover: one fact, two sentences, the counts, what to do first. */
export function Cover({ view }: { view: View }) {
  return (
    <section class="cover" id="summary" aria-labelledby="h1">
      <Meta view={view} />
      <h1 id="h1">
        <Say text={headline(view)} />
      </h1>
      <p class="lede">
        <Say text={lede(view)} />
      </p>
      {view.observed ? (
        <StatusCounts view={view} />
      ) : (
        <>
          <ReadCounts view={view} />
          <UnseenNotice view={view} />
        </>
      )}
      <div class="two">
        <div>
          <h3>
            <Say text={words.gapsBy} />
          </h3>
          <CrossTab view={view} />
          <Strengths view={view} />
        </div>
        <div>
          <h3>
            <Say text={words.first} />
          </h3>
          <FirstThree view={view} />
        </div>
      </div>
    </section>
  );
}
