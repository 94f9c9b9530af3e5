import { outcome, stopsAt } from '../deployments.ts';
import { fill } from '../text.ts';
import type { Run, Workflow } from '../vocabulary.ts';
import { deploymentWords as words } from '../words/sections.ts';
import { Mark } from './mark.tsx';
import { Plain } from './plain.tsx';

/** Whether a run would go through, or at which call it would stop. */
export function Prediction({ run }: { run: Run }) {
  const how = outcome(run);
  if (how === 'stops') return <Mark glyph="fail" text={fill(words.stopsAt, { n: stopsAt(run) })} />;
  return how === 'through' ? (
    <Mark glyph="pass" text={words.runsThrough} />
  ) : (
    <Mark glyph="unknown" text={words.notEstablished} />
  );
}

/** One line where every run fares alike, else one for each, told by its environment. */
export function Predictions({ workflow: { runs } }: { workflow: Workflow }) {
  const alike = new Set(runs.map((run) => `${outcome(run)} ${stopsAt(run)}`)).size === 1;
  return (
    <>
      {(alike ? runs.slice(0, 1) : runs).map((run, index) => (
        <div key={index} class="prediction">
          {!alike && run.environment && <Plain text={run.environment} />}
          <Prediction run={run} />
        </div>
      ))}
    </>
  );
}
