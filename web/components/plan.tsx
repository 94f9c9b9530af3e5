import { proofPlaces, wavesOf } from '../plan.ts';
import { Say } from '../speech.tsx';
import { fill } from '../text.ts';
import type { View } from '../view.ts';
import { pageWords, sectionWords } from '../words/page.ts';
import { planWords as words } from '../words/plan.ts';
import { Expand } from './expand.tsx';
import { Lanes } from './lanes.tsx';
import { Section } from './section.tsx';
import { ProofEntry, StepItem } from './step.tsx';

/** What to change, in the order of its dependencies; each step with its command, its rollback and its proofs. */
export function Plan({ view, number }: { view: View; number: number }) {
  const { steps } = view.report.plan;
  const { ofSteps, final } = proofPlaces(view.report);
  const ids = new Set(steps.map(({ id }) => id));
  return (
    <Section id="plan" number={number} title={sectionWords.plan} say={words.say}>
      <Lanes steps={steps} />
      <div class="filters js-only steps-open">
        <Expand selector=".step" />
      </div>
      {wavesOf(steps).map((wave) => (
        <div key={wave.number} class="wave-steps">
          <h3 class="lab">
            <Say text={fill(words.wave, { n: wave.number })} />
          </h3>
          {wave.steps.map((step) => (
            <StepItem
              key={step.id}
              view={view}
              step={step}
              proofs={ofSteps}
              known={(id) => ids.has(id)}
              open={step === steps[0]}
            />
          ))}
        </div>
      ))}
      {final.length > 0 && (
        <div class="final" data-commands>
          <div class="head">
            <h3>
              <Say text={words.final} />
            </h3>
            {final.length > 1 && (
              <button class="btn js-only" type="button" data-copy-all>
                <Say text={pageWords.copyAll} />
              </button>
            )}
          </div>
          <p class="small mute">
            <Say text={words.finalSay} />
          </p>
          <ul class="proof-list">
            {final.map((proof) => (
              <ProofEntry key={proof.id} proof={proof} box />
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
