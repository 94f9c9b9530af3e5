import { maturityOf } from '../maturity.ts';
import { Say } from '../speech.tsx';
import type { View } from '../view.ts';
import { maturityWords as words } from '../words/maturity.ts';
import { sectionWords } from '../words/page.ts';
import { Expand } from './expand.tsx';
import { MaturityDomain } from './maturity-domain.tsx';
import { MaturityOverview } from './maturity-overview.tsx';
import { ClosedGaps, Consolidated, Phases, Points, Recap } from './maturity-recap.tsx';
import { Name } from './name.tsx';
import { Section } from './section.tsx';

const MOST_IDS = 200;

/** How a person answers what nothing else does, and the ids that the answers need. */
function Unknown({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return (
    <p class="small mute counting">
      <Say text={words.unknownHow} />{' '}
      {ids.slice(0, MOST_IDS).map((id, index) => [index > 0 && ', ', <Name key={id} text={id} />])}
      {ids.length > MOST_IDS && ` +${ids.length - MOST_IDS}`}
    </p>
  );
}

/** The maturity of a team's operations: the domains beside one another, each one in full, then what they come to. */
export function Maturity({ view, number }: { view: View; number: number }) {
  const maturity = maturityOf(view.report);
  return (
    <Section id="maturity" number={number} title={sectionWords.maturity} say={words.say}>
      {maturity && (
        <>
          <MaturityOverview maturity={maturity} />
          <p class="small mute counting">
            <Say text={words.counting} />
          </p>
          <div class="filters js-only">
            <Expand selector=".domain" />
          </div>
          <div class="group">
            {maturity.domains.map((domain, index) => (
              <MaturityDomain key={index} view={domain} open={index === 0} />
            ))}
          </div>
          <Unknown ids={maturity.unknown} />
          <Consolidated maturity={maturity} />
          <Recap maturity={maturity} />
          <Phases maturity={maturity} />
          <Points maturity={maturity} report={view.report} />
          <ClosedGaps closed={view.report.closed} />
        </>
      )}
    </Section>
  );
}
