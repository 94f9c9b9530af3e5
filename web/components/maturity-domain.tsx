import { type DomainView, factsSaid, humanSaid, knownSaid, scoreOf, scoreSaid } from '../maturity.ts';
import { Say } from '../speech.tsx';
import { capital, fill, joined, wordOf } from '../text.ts';
import type { Finding, Question } from '../vocabulary.ts';
import { severityWords } from '../words/labels.ts';
import { answerWords, maturityWords as words } from '../words/maturity.ts';
import { GapLinks } from './gap-links.tsx';
import { Mark } from './mark.tsx';
import { ANSWER_GLYPHS, anchorOf } from './maturity-overview.tsx';
import { Plain } from './plain.tsx';
import { Scroll } from './scroll.tsx';
import { Where } from './where.tsx';

const MOST_PLACES = 3;
/** Rows of one table; the JSON report holds all of them. */
export const MOST_ROWS = 200;

/** How many rows a table leaves out. */
export const Left = ({ n }: { n: number }) =>
  n > 0 ? (
    <p class="small mute left">
      <Say text={fill(words.more, { n })} />
    </p>
  ) : null;

/** A gap's id as a link to its finding, with where it is known from. */
export function GapId({ finding }: { finding: Finding }) {
  const known = knownSaid(finding);
  return (
    <>
      <a class="ref-id" href={`#${finding.gap}`}>
        {finding.gap}
      </a>
      {known && (
        <span class="k2 mute">
          <Say text={known} />
        </span>
      )}
    </>
  );
}

export const Phase = ({ phase }: { phase: string | undefined }) =>
  phase === undefined ? <span class="mute">—</span> : <Plain text={phase} />;

/** Where an answer was seen: the first places, and how many there are beside them. */
function Places({ evidence }: { evidence: Question['evidence'] }) {
  const left = evidence.length - MOST_PLACES;
  if (evidence.length === 0) return null;
  return (
    <span class="k2 mute">
      {evidence
        .slice(0, MOST_PLACES)
        .map((one, index) => [index > 0 && ', ', <Where key={index} evidence={one} short />])}
      {left > 0 && ` +${left}`}
    </span>
  );
}

function Answered({ question, gaps }: { question: Question; gaps: readonly Finding[] }) {
  return (
    <tr>
      <th scope="row">
        <Say text={question.text} />
      </th>
      <td>
        <Mark glyph={ANSWER_GLYPHS[question.answer]} text={capital(wordOf(answerWords, question.answer))} />
      </td>
      <td>
        <Say text={question.note} />
        {question.human && (
          <span class="k2 human">
            <Say text={humanSaid(question.human)} />
          </span>
        )}
        <Places evidence={question.evidence} />
        {question.facts && (
          <>
            <span class="k2">
              <Say text={factsSaid(question.facts)} />
            </span>
            <Places evidence={question.facts.evidence} />
          </>
        )}
      </td>
      <td class="ids">
        {gaps.length > 0 ? <GapLinks findings={gaps} most={4} /> : <span class="mute">—</span>}
      </td>
    </tr>
  );
}

function Gaps({ view: { domain, gaps } }: { view: DomainView }) {
  return (
    <>
      <Scroll label={joined([domain.title, words.gap], ', ')}>
        <table class="gaps">
          <thead>
            <tr>
              {[words.id, words.existing, words.target, words.severity, words.priority, words.phase].map(
                (head) => (
                  <th key={head.en} scope="col" class={head === words.target ? 'lo' : undefined}>
                    <Say text={head} />
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {gaps.slice(0, MOST_ROWS).map((finding) => (
              <tr key={finding.gap}>
                <th scope="row">
                  <GapId finding={finding} />
                </th>
                <td>
                  <Say text={finding.title} />
                </td>
                <td class="lo">
                  <Say text={finding.remedy} />
                </td>
                <td>
                  <Mark glyph={finding.severity} text={wordOf(severityWords, finding.severity)} />
                </td>
                <td>
                  <span class="prio">{finding.priority}</span>
                </td>
                <td>
                  <Phase phase={finding.phase} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Left n={gaps.length - MOST_ROWS} />
    </>
  );
}

/** One domain: existing, target, gap. */
export function MaturityDomain({ view, open }: { view: DomainView; open: boolean }) {
  const { domain, gaps, muted } = view;
  return (
    <details class="domain item" id={anchorOf(domain)} open={open}>
      <summary>
        <span class="grow">
          <Say text={domain.title} />
        </span>
        <span class="ct">
          <Say text={joined([scoreOf(view), scoreSaid(view)], ' · ')} />
        </span>
      </summary>
      <div class="in">
        <p class="lab">
          <Say text={words.existing} />
        </p>
        <Scroll label={joined([domain.title, words.existing], ', ')}>
          <table class="questions">
            <thead>
              <tr>
                {[words.question, words.answer, words.seen, words.gap].map((head) => (
                  <th key={head.en} scope="col">
                    <Say text={head} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {domain.questions.slice(0, MOST_ROWS).map((question, index) => (
                <Answered
                  key={index}
                  question={question}
                  gaps={[...gaps, ...muted].filter(({ gap }) => question.gaps.includes(gap))}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
        <Left n={domain.questions.length - MOST_ROWS} />
        <p class="lab">
          <Say text={words.target} />
        </p>
        <p class="target">
          <Say text={domain.target} />
        </p>
        <p class="lab">
          <Say text={words.gap} />
        </p>
        {gaps.length > 0 ? (
          <Gaps view={view} />
        ) : (
          <p class="small mute">
            <Say text={words.noGap} />
          </p>
        )}
        {muted.length > 0 && (
          <p class="small mute">
            <Say text={words.mutedHere} /> <GapLinks findings={muted} most={20} />
          </p>
        )}
      </div>
    </details>
  );
}
