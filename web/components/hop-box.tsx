import { Say, useSpeech } from '../speech.tsx';
import { capital, digits, wordOf } from '../text.ts';
import {
  checksAt,
  firstProblem,
  hopsOfCause,
  isEstablished,
  letterOf,
  type NameOf,
  type Place,
  resultsOf,
} from '../trace.ts';
import type { Path } from '../vocabulary.ts';
import { statusWords } from '../words/labels.ts';
import { resultWords, roleWords, pathWords as words } from '../words/path.ts';
import { Glyph, Mark } from './mark.tsx';
import { Name } from './name.tsx';

const RESULTS = ['pass', 'fail', 'unknown'] as const;

/** How many checks gave each result; a result that none gave is left out. */
export function ResultCounts({ counts }: { counts: Record<(typeof RESULTS)[number], number> }) {
  const { lang } = useSpeech();
  return (
    <span class="results">
      {RESULTS.filter((result) => counts[result] > 0).map((result) => (
        <span key={result} class={`mk ${result}`}>
          <Glyph name={result} />
          {digits(counts[result], lang)}
          <Say text={resultWords[result] ?? { fr: result, en: result }} class="sr" />
        </span>
      ))}
    </span>
  );
}

/** One hop as a box of a drawing: what it is, its status, what its checks gave, and what is wrong first. */
export function HopBox(props: { path: Path; place: Place; nameOf: NameOf }) {
  const { path, place, nameOf } = props;
  const { hop, number } = place;
  const checks = checksAt(path, hop);
  const problem = firstProblem(checks);
  const letters = path.causes.flatMap((cause, index) =>
    hopsOfCause(path, cause).includes(hop) ? [letterOf(index)] : [],
  );
  return (
    <div class={`hop-box ${hop.status}${problem && isEstablished(problem) ? ' bad' : ''}`}>
      <div class="role">
        <span>
          {number} <Say text={wordOf(roleWords, hop.role)} />
        </span>
        {letters.length > 0 && <b>{letters.slice(0, 4).join(' ')}</b>}
      </div>
      <div class="name">
        <Name text={nameOf(hop.resource)} most={90} />
      </div>
      <Mark glyph={hop.status} text={wordOf(statusWords, hop.status)} tint />
      <ResultCounts counts={resultsOf(checks)} />
      {problem && (
        <div class={`problem ${isEstablished(problem) ? 'fail' : 'unknown'}`}>
          <Say text={capital(problem.text)} />
          {problem.result === 'fail' && !isEstablished(problem) && (
            <>
              {' '}
              (<Say text={words.probableFailure} />)
            </>
          )}
        </div>
      )}
    </div>
  );
}
