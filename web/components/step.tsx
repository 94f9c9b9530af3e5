import type { ComponentChildren } from 'preact';
import { type Text, visible } from '#model/text.ts';
import type { ProofPlaces } from '../plan.ts';
import { Say } from '../speech.tsx';
import { fill, wordOf } from '../text.ts';
import type { View } from '../view.ts';
import type { Proof, Step } from '../vocabulary.ts';
import { resultWords } from '../words/path.ts';
import { riskMeaning, riskWords, stepStateWords, planWords as words } from '../words/plan.ts';
import { Command } from './command.tsx';
import { Glyph, Mark } from './mark.tsx';
import { Name } from './name.tsx';

/** The drawing of each state of a step. */
export const STATE_GLYPHS: Record<Step['state'], string> = {
  ready: 'ready',
  blocked: 'blocked',
  'needs-input': 'unknown',
  applied: 'partial',
  proven: 'pass',
  'rolled-back': 'undone',
};

const LONGEST_VALUE = 400;

const Entry = ({ term, children }: { term: Text; children: ComponentChildren }) => (
  <>
    <dt>
      <Say text={term} />
    </dt>
    <dd>{children}</dd>
  </>
);

const Part = ({ title, children }: { title: Text; children: ComponentChildren }) => (
  <div class="part">
    <p class="lab">
      <Say text={title} />
    </p>
    {children}
  </div>
);

/** Links to other steps, or to findings, of those that the page has; what it has not is named. */
const References = ({ ids, known }: { ids: readonly string[]; known: (id: string) => boolean }) => (
  <>
    {ids.map((id, index) => [
      index > 0 && ', ',
      known(id) ? (
        <a key={id} class="ref-id" href={`#${id}`}>
          {visible(id, 40)}
        </a>
      ) : (
        <Name key={id} text={id} most={40} />
      ),
    ])}
  </>
);

/** A proof: what it shows, the command, what is expected, and what it gave where it was run. */
export function ProofEntry({ proof, box }: { proof: Proof; box?: boolean }) {
  return (
    <li>
      <p class="what">
        {box && <span class="box" aria-hidden="true" />}
        <Say text={proof.title} />
        {proof.result && <Mark glyph={proof.result} text={wordOf(resultWords, proof.result)} tint />}
      </p>
      <Command text={proof.command} />
      <p class="small">
        <Say text={words.expected} class="mute" /> <Say text={proof.expected} />
      </p>
    </li>
  );
}

function Facts({ view, step, known }: { view: View; step: Step; known: (id: string) => boolean }) {
  const before = Object.entries(step.before ?? {});
  const isFinding = (id: string) => view.report.findings.some(({ gap }) => gap === id);
  return (
    <div class="cols">
      <dl class="kv">
        <Entry term={words.reason}>
          <Say text={step.reason} />
        </Entry>
        <Entry term={words.risk}>
          <Say
            text={fill(words.riskSaid, {
              risk: wordOf(riskWords, step.risk),
              meaning: wordOf(riskMeaning, step.risk),
            })}
            class={`risk-${step.risk}`}
          />
        </Entry>
        {step.cost && (
          <Entry term={words.cost}>
            <Say text={step.cost} />
          </Entry>
        )}
        {step.duration && (
          <Entry term={words.duration}>
            <Say text={step.duration} />
          </Entry>
        )}
      </dl>
      <dl class="kv">
        {before.length > 0 && (
          <Entry term={words.before}>
            {before.map(([name, value]) => (
              <div key={name}>
                <code dir="ltr">{visible(`${name}: ${JSON.stringify(value)}`, LONGEST_VALUE)}</code>
              </div>
            ))}
          </Entry>
        )}
        {step.findings.length > 0 && (
          <Entry term={words.closes}>
            <References ids={step.findings} known={isFinding} />
          </Entry>
        )}
        {step.after.length > 0 && (
          <Entry term={words.after}>
            <References ids={step.after} known={known} />
          </Entry>
        )}
      </dl>
    </div>
  );
}

/** A step: its title on one line; inside, why, at what risk, the command, how it is undone and how it is proven. */
export function StepItem(props: {
  view: View;
  step: Step;
  proofs: ProofPlaces['ofSteps'];
  known: (id: string) => boolean;
  open: boolean;
}) {
  const { view, step, known } = props;
  const proofs = step.proofs.flatMap((id) => props.proofs.get(id) ?? []);
  const isDone = step.state === 'applied' || step.state === 'proven';
  return (
    <details class="step item" id={step.id} open={props.open}>
      <summary>
        <span class={isDone ? 'box on' : 'box'} aria-hidden="true" />
        <span class="id">{step.id}</span>
        <span class="grow">
          <Say text={step.title} />
        </span>
        <span class="ct after">
          {step.after.length > 0 && (
            <Say
              text={fill(words.afterSteps, { steps: step.after.map((id) => visible(id, 20)).join(', ') })}
            />
          )}
        </span>
        <Mark glyph={STATE_GLYPHS[step.state]} tone={step.state} text={wordOf(stepStateWords, step.state)} />
      </summary>
      <div class="in">
        <Facts view={view} step={step} known={known} />
        {step.needs && step.needs.length > 0 && (
          <Part title={words.needs}>
            <ul class="needs">
              {step.needs.map((need, index) => (
                <li key={index} class="mk unknown">
                  <Glyph name="unknown" />
                  <Say text={need} class="w" />
                </li>
              ))}
            </ul>
          </Part>
        )}
        {step.command !== '' && (
          <Part title={words.command}>
            <Command text={step.command} />
          </Part>
        )}
        {step.rollback && (
          <Part title={words.rollback}>
            <Command text={step.rollback.command} />
          </Part>
        )}
        {step.irreversible ? (
          <Part title={words.noRollback}>
            <p class="small">
              <Say text={step.irreversible} />
            </p>
          </Part>
        ) : (
          !step.rollback && (
            <Part title={words.rollback}>
              <p class="small mute">
                <Say text={words.notGiven} />
              </p>
            </Part>
          )
        )}
        {proofs.length > 0 && (
          <Part title={words.proofs}>
            <ul class="proof-list">
              {proofs.map((proof) => (
                <ProofEntry key={proof.id} proof={proof} />
              ))}
            </ul>
          </Part>
        )}
      </div>
    </details>
  );
}
