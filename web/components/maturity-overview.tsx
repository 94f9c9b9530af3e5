import { ANSWER_ORDER, type DomainView, type MaturityView, scoreOf, scoreSaid } from '../maturity.ts';
import { Say, useSpeech } from '../speech.tsx';
import { digits, joined, same, wordOf } from '../text.ts';
import type { Domain } from '../vocabulary.ts';
import { answerWords, maturityWords as words } from '../words/maturity.ts';
import { GapLinks } from './gap-links.tsx';
import { Mark } from './mark.tsx';
import { Scroll } from './scroll.tsx';

/** The drawing of each answer. */
export const ANSWER_GLYPHS = { yes: 'pass', partial: 'partial', no: 'fail', unknown: 'unknown' } as const;
const MOST_GAPS = 8;

/** Where a domain stands in the page. */
export const anchorOf = ({ domain }: Domain): string => `domain-${domain.replace(/[^\w-]/g, '-')}`;

/** What the answers weigh, side by side: full, half, empty, and hatched where nobody knows. */
const ScoreBar = ({ answers }: DomainView) => (
  <span class="score-bar" aria-hidden="true">
    {ANSWER_ORDER.filter((answer) => answers[answer].weight > 0).map((answer) => (
      <i key={answer} class={`is-${answer}`} style={{ flexGrow: String(answers[answer].weight) }} />
    ))}
  </span>
);

function Row({ view }: { view: DomainView }) {
  const { lang } = useSpeech();
  return (
    <tr>
      <th scope="row">
        <a href={`#${anchorOf(view.domain)}`}>
          <Say text={view.domain.title} />
        </a>
      </th>
      <td>
        <span class="score">
          <ScoreBar {...view} />
          <b>
            <Say text={scoreOf(view)} />
          </b>
        </span>
        <span class="k2 mute">
          <Say text={scoreSaid(view)} />
        </span>
      </td>
      <td>
        <span class="answers">
          {ANSWER_ORDER.filter((answer) => view.answers[answer].questions > 0).map((answer) => (
            <Mark
              key={answer}
              glyph={ANSWER_GLYPHS[answer]}
              text={joined(
                [same(digits(view.answers[answer].questions, lang)), wordOf(answerWords, answer)],
                ' ',
              )}
            />
          ))}
        </span>
      </td>
      <td class="ids">
        {view.gaps.length === 0 ? (
          <span class="mute">—</span>
        ) : (
          <GapLinks findings={view.gaps} most={MOST_GAPS} />
        )}
      </td>
    </tr>
  );
}

/** The domains beside one another: what each scores, how its questions were answered, which gaps it has. */
export const MaturityOverview = ({ maturity }: { maturity: MaturityView }) => (
  <Scroll label={words.overview}>
    <table class="maturity">
      <thead>
        <tr>
          {[words.domain, words.scoreHead, words.answers, words.gaps].map((head) => (
            <th key={head.en} scope="col">
              <Say text={head} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {maturity.domains.map((domain, index) => (
          <Row key={index} view={domain} />
        ))}
      </tbody>
    </table>
  </Scroll>
);
