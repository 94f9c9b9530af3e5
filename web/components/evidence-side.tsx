import { changedOn, type Text } from '#model/text.ts';
import { Say } from '../speech.tsx';
import { moment, wordOf } from '../text.ts';
import { type Evidence, isDeclared } from '../vocabulary.ts';
import { sourceWords } from '../words/labels.ts';
import { findingWords as words } from '../words/sections.ts';
import { lines } from './command.tsx';
import { Glyph } from './mark.tsx';
import { Where } from './where.tsx';

const MOST_SHOWN = 6;
const MOST_PLACES = 40;
const MOST_LINES = 12;

function Excerpt({ evidence }: { evidence: Evidence }) {
  const declared = isDeclared(evidence);
  const text = evidence.excerpt === undefined ? [] : lines(evidence.excerpt).slice(0, MOST_LINES);
  return (
    <div class="ex">
      <div class="src">
        <Where evidence={evidence} />
        <span>
          <Say text={declared ? wordOf(sourceWords, evidence.source) : moment(evidence.at)} />
          {declared && evidence.lastChange && (
            <>
              {', '}
              <Say text={changedOn(evidence.lastChange)} />
            </>
          )}
        </span>
      </div>
      {text.length > 0 && (
        <pre dir="ltr">
          {text.map((line, index) => (
            <span key={index} class="l">
              {declared && <span class="ln-n">{evidence.line + index}</span>}
              {line || ' '}
            </span>
          ))}
        </pre>
      )}
    </div>
  );
}

/** One side of a finding: what the files say, or what was seen. */
export function EvidenceSide(props: { title: Text; glyph: string; evidence: readonly Evidence[] }) {
  const others = props.evidence.slice(MOST_SHOWN);
  return (
    <div class="side">
      <div class="lab">
        <Glyph name={props.glyph} />
        <Say text={props.title} />
      </div>
      <div class="exs">
        {props.evidence.slice(0, MOST_SHOWN).map((evidence, index) => (
          <Excerpt key={index} evidence={evidence} />
        ))}
      </div>
      {others.length > 0 && (
        <p class="also">
          <Say text={words.alsoAt} />{' '}
          {others
            .slice(0, MOST_PLACES)
            .map((evidence, index) => [index > 0 && ', ', <Where key={index} evidence={evidence} />])}
          {others.length > MOST_PLACES && ` +${others.length - MOST_PLACES}`}
        </p>
      )}
    </div>
  );
}
