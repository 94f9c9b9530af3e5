import { code } from '#model/text.ts';
import { choices, isDeploying, runGroups, stopsAt } from '../deployments.ts';
import { Say } from '../speech.tsx';
import { counted, fill, joined, wordOf } from '../text.ts';
import type { View } from '../view.ts';
import type { Run, Workflow } from '../vocabulary.ts';
import { authWords } from '../words/labels.ts';
import { deploymentWords as words } from '../words/sections.ts';
import { CallList } from './call-list.tsx';
import { Name } from './name.tsx';
import { Plain } from './plain.tsx';
import { Prediction } from './prediction.tsx';

/** A page of calls that nobody reads weighs more than it tells. */
const MOST_CALLS = 1500;
const MOST_CHOICES = 6;

function Choices({ runs }: { runs: readonly Run[] }) {
  const first = runs[0];
  if (!first) return null;
  if (runs.length === 1)
    return (
      <>
        {choices(first)
          .slice(0, MOST_CHOICES)
          .map((text) => [' ', <Name key={text} text={text} />])}
      </>
    );
  return (
    <>
      {' '}
      <Say text={fill(words.sameCalls, { n: runs.length })} class="mute" />
    </>
  );
}

function Rehearsal({ workflow, runs, open }: { workflow: Workflow; runs: readonly Run[]; open: boolean }) {
  const run = runs[0];
  if (!run) return null;
  const predicted = run.calls.some(({ prediction }) => prediction === 'fails' || prediction === 'ok');
  const auth = run.auth === 'none' ? [] : [wordOf(authWords, run.auth)];
  const facts = [
    run.role && fill(words.role, { name: code(run.role) }),
    run.secrets.length > 0 && fill(words.secrets, { names: run.secrets.slice(0, 12).map(code).join(', ') }),
  ].filter((text) => typeof text === 'object');
  return (
    <details class={stopsAt(run) ? 'stops' : 'through'} open={open}>
      <summary class="wf-sum">
        <span class="grow">
          <Name text={workflow.file.split('/').at(-1) ?? workflow.file} />{' '}
          <span class="mute">
            <Plain text={run.job} />
          </span>
          <Choices runs={runs} />
        </span>
        {predicted ? <Prediction run={run} /> : <span />}
        <span class="ct">
          <Say text={joined([counted(run.calls.length, words.call, words.calls), ...auth], ', ')} />
        </span>
      </summary>
      {facts.length > 0 && (
        <p class="small mute run-facts">
          {facts.map((text, index) => [index > 0 && ' · ', <Say key={text.en} text={text} />])}
        </p>
      )}
      <CallList calls={run.calls} />
    </details>
  );
}

/** Every run of every workflow, those that make the same calls together, those that would stop first. */
export function Rehearsals({ view }: { view: View }) {
  const all = view.report.workflows
    .flatMap((workflow) => runGroups(workflow).map((runs) => ({ workflow, runs })))
    .filter(({ runs }) => runs[0] && runs[0].calls.length > 0)
    .sort((a, b) => urgency(a.runs) - urgency(b.runs));
  let left = MOST_CALLS;
  const shown = all.filter(({ runs }) => {
    left -= runs[0]?.calls.length ?? 0;
    return left >= 0;
  });
  const calls = (list: typeof all) => list.reduce((sum, { runs }) => sum + (runs[0]?.calls.length ?? 0), 0);
  const cut = calls(all) - calls(shown);
  if (all.length === 0) return null;
  return (
    <>
      <h3 class="sub">
        <Say text={words.rehearsals} />
      </h3>
      {shown.map(({ workflow, runs }, index) => (
        <Rehearsal key={index} workflow={workflow} runs={runs} open={index === 0} />
      ))}
      {cut > 0 && (
        <p class="small mute">
          <Say text={fill(words.cut, { n: cut })} />
        </p>
      )}
    </>
  );
}

/** Those that would stop come first, then those that deploy. */
function urgency(runs: readonly Run[]): number {
  if (runs.some((run) => stopsAt(run) > 0)) return 0;
  return runs[0]?.calls.some(isDeploying) ? 1 : 2;
}
