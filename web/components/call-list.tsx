import { code, type Text, visible } from '#model/text.ts';
import { Say } from '../speech.tsx';
import { fill, wordOf } from '../text.ts';
import type { Call } from '../vocabulary.ts';
import { certaintyWords, verbWords } from '../words/labels.ts';
import { deploymentWords as words } from '../words/sections.ts';
import { Mark } from './mark.tsx';
import { Name } from './name.tsx';

const LONGEST_VALUE = 160;
const MOST_ARGUMENTS = 8;

function shown(name: string, value: unknown): string {
  if (value === true) return name;
  const text = Array.isArray(value) ? value.map(plainly).join(' ') : plainly(value);
  return name === 'words' ? text : `${name}=${text}`;
}

const plainly = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const Arguments = ({ call }: { call: Call }) => {
  const given = Object.entries(call.arguments).filter(
    ([, value]) => !(Array.isArray(value) && value.length === 0) && value !== null && value !== '',
  );
  return (
    <span class="arg">
      {given.slice(0, MOST_ARGUMENTS).map(([name, value]) => (
        <Name key={name} text={shown(name, value)} most={LONGEST_VALUE} />
      ))}
      {given.length === 0 && <span class="mute">—</span>}
    </span>
  );
};

const PREDICTIONS: Record<string, { glyph: string; text: Text }> = {
  ok: { glyph: 'pass', text: words.succeeds },
  fails: { glyph: 'fail', text: words.stopsHere },
  unknown: { glyph: 'unknown', text: words.unknown },
};

/** What the call does, and how it was found where that is not by rehearsing it. */
function Role({ call }: { call: Call }) {
  const prediction = call.prediction && PREDICTIONS[call.prediction];
  if (prediction) return <Mark glyph={prediction.glyph} text={prediction.text} />;
  return (
    <span>
      <Say text={wordOf(verbWords, call.verb)} />
      {call.certainty !== 'rehearsed' && (
        <Say text={wordOf(certaintyWords, call.certainty)} class="k2 mute" />
      )}
    </span>
  );
}

function Item({ call }: { call: Call }) {
  const conditions = [
    call.remote && fill(words.onHost, { host: code(call.remote) }),
    call.condition && fill(words.ifHolds, { condition: code(call.condition) }),
  ].filter((text) => typeof text === 'object');
  return (
    <li class={call.prediction === 'fails' ? 'fails' : undefined}>
      <span class="op">{visible(`${call.tool} ${call.operation}`)}</span>
      <Arguments call={call} />
      <span class="pr">
        <Role call={call} />
      </span>
      <span class="ln">
        {call.file ? (
          <Name text={`${call.file.split('/').at(-1)}:${call.line}`} most={60} />
        ) : (
          `L${call.line}`
        )}
      </span>
      {call.why && (
        <span class={call.prediction === 'fails' ? 'stop' : 'why'}>
          <Say text={call.why} />
        </span>
      )}
      {conditions.map((text) => (
        <span key={text.en} class="why">
          <Say text={text} />
        </span>
      ))}
    </li>
  );
}

/** The calls that a run would make, in order; the one where it would stop is the only tinted row. */
export const CallList = ({ calls }: { calls: readonly Call[] }) => (
  <ol class="calls">
    {calls.map((call, index) => (
      <Item key={index} call={call} />
    ))}
  </ol>
);
