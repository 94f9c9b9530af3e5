import { Say } from '../speech.tsx';
import { wordOf } from '../text.ts';
import type { View } from '../view.ts';
import { HORIZON_ORDER } from '../vocabulary.ts';
import { horizonWords } from '../words/labels.ts';
import { actionWords as words } from '../words/sections.ts';
import { GapLinks } from './gap-links.tsx';

/** What to do next, by horizon. */
export function NextSteps({ view }: { view: View }) {
  const { next } = view.report.summary;
  const byGap = new Map(view.report.findings.map((finding) => [finding.gap, finding]));
  const horizons = HORIZON_ORDER.map((horizon) => ({
    horizon,
    steps: next.filter((step) => step.horizon === horizon),
  })).filter(({ steps }) => steps.length > 0);
  if (horizons.length === 0) return null;
  return (
    <>
      <h3 class="sub">
        <Say text={words.next} />
      </h3>
      <div class="horizons">
        {horizons.map(({ horizon, steps }) => (
          <div key={horizon}>
            <h4>
              <Say text={wordOf(horizonWords, horizon)} />
            </h4>
            <ol>
              {steps.map((step, index) => (
                <li key={index}>
                  <Say text={step.text} />{' '}
                  <span class="ref">
                    <GapLinks findings={step.gaps.flatMap((gap) => byGap.get(gap) ?? [])} most={3} />
                  </span>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </>
  );
}
