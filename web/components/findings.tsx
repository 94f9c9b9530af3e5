import { Say } from '../speech.tsx';
import type { View } from '../view.ts';
import { sectionWords } from '../words/page.ts';
import { findingWords as words } from '../words/sections.ts';
import { FindingItem } from './finding.tsx';
import { FindingFilters } from './finding-filters.tsx';
import { ClosedGaps } from './maturity-recap.tsx';
import { Section } from './section.tsx';

/** Every finding, gravest first; those that somebody muted come last and are not counted. */
export const Findings = ({ view, number }: { view: View; number: number }) => (
  <Section
    id="findings"
    number={number}
    title={sectionWords.findings}
    say={view.observed ? words.say : words.sayUnseen}
  >
    {view.report.findings.length > 0 && <FindingFilters view={view} />}
    <div>
      {view.findings.map((finding, index) => (
        <FindingItem key={finding.gap} view={view} finding={finding} open={index === 0} />
      ))}
    </div>
    {view.muted.length > 0 && (
      <>
        <h3 class="sub">
          <Say text={words.mutedTitle} />
        </h3>
        {view.muted.map((finding) => (
          <FindingItem key={finding.gap} view={view} finding={finding} open={false} />
        ))}
      </>
    )}
    {view.report.maturity.length === 0 && <ClosedGaps closed={view.report.closed} />}
  </Section>
);
