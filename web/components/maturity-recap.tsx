import type { ComponentChildren } from 'preact';
import type { Report } from '#model/report.ts';
import type { Text } from '#model/text.ts';
import { criticalOf, humanSaid, type MaturityView, recapSaid, strengthsIn, themes } from '../maturity.ts';
import { Say, useSpeech } from '../speech.tsx';
import { digits, fill, joined } from '../text.ts';
import type { Finding } from '../vocabulary.ts';
import { maturityWords as words } from '../words/maturity.ts';
import { GapLinks } from './gap-links.tsx';
import { Glyph } from './mark.tsx';
import { GapId, Left, MOST_ROWS, Phase } from './maturity-domain.tsx';
import { Plain } from './plain.tsx';
import { Scroll } from './scroll.tsx';

const MOST_IDS = 100;
const MOST_POINTS = 10;

const Title = ({ text }: { text: Text }) => (
  <h3 class="sub">
    <Say text={text} />
  </h3>
);

const Heads = ({ heads }: { heads: readonly Text[] }) => (
  <thead>
    <tr>
      {heads.map((head) => (
        <th key={head.en} scope="col" class={head === words.number ? 'num' : undefined}>
          <Say text={head} />
        </th>
      ))}
    </tr>
  </thead>
);

/** Every open gap once: by theme, the one with the most pressing gap first, and by priority in it. */
export function Consolidated({ maturity }: { maturity: MaturityView }) {
  const rows = themes(maturity).flatMap(({ domain, entries }) =>
    entries.map(({ finding, domains: [, ...others] }) => ({ domain, finding, others })),
  );
  if (rows.length === 0) return null;
  return (
    <>
      <Title text={words.consolidated} />
      <Scroll label={words.consolidated}>
        <table class="gaps">
          <Heads heads={[words.domain, words.priority, words.id, words.gap, words.phase]} />
          <tbody>
            {rows.slice(0, MOST_ROWS).map(({ domain, finding, others }) => (
              <tr key={finding.gap}>
                <th scope="row">
                  <Say text={domain.title} />
                </th>
                <td>
                  <span class="prio">{finding.priority}</span>
                </td>
                <td>
                  <GapId finding={finding} />
                </td>
                <td>
                  <Say text={finding.title} />
                  {others.length > 0 && (
                    <span class="k2 mute">
                      <Say
                        text={fill(words.alsoIn, {
                          domains: joined(
                            others.map(({ title }) => title),
                            ', ',
                          ),
                        })}
                      />
                    </span>
                  )}
                </td>
                <td>
                  <Phase phase={finding.phase} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Left n={rows.length - MOST_ROWS} />
    </>
  );
}

const CountRow = ({ head, findings }: { head: ComponentChildren; findings: readonly Finding[] }) => {
  const { lang } = useSpeech();
  return (
    <tr>
      <th scope="row">{head}</th>
      <td class="num">{digits(findings.length, lang)}</td>
      <td class="ids">
        {findings.length === 0 ? (
          <span class="mute">—</span>
        ) : (
          <GapLinks findings={findings} most={MOST_IDS} />
        )}
      </td>
    </tr>
  );
};

/** Open gaps by priority, with their ids; the total is counted from the same lists. */
export function Recap({ maturity }: { maturity: MaturityView }) {
  const { lang } = useSpeech();
  const total = maturity.byPriority.reduce((sum, { findings }) => sum + findings.length, 0);
  return (
    <>
      <Title text={words.recap} />
      <table class="flat recap">
        <Heads heads={[words.priority, words.number, words.ids]} />
        <tbody>
          {maturity.byPriority.map(({ priority, findings }) => (
            <CountRow key={priority} head={priority} findings={findings} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              <Say text={words.total} />
            </th>
            <td class="num">{digits(total, lang)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      <p class="small mute counting">
        <Say text={recapSaid(maturity)} />
      </p>
    </>
  );
}

/** Open gaps by the phase that they are planned for, where any is. */
export function Phases({ maturity: { phases } }: { maturity: MaturityView }) {
  if (!phases.some(({ phase }) => phase !== undefined)) return null;
  return (
    <>
      <Title text={words.phases} />
      <table class="flat recap">
        <Heads heads={[words.phase, words.number, words.ids]} />
        <tbody>
          {phases.map(({ phase, findings }) => (
            <CountRow
              key={phase ?? ''}
              head={phase === undefined ? <Say text={words.noPhase} /> : <Plain text={phase} />}
              findings={findings}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** What is well founded, and what is pressing. */
export function Points({ maturity, report }: { maturity: MaturityView; report: Report }) {
  const strengths = strengthsIn(maturity, MOST_POINTS);
  const critical = criticalOf(report);
  if (strengths.length + critical.length === 0) return null;
  return (
    <div class="two points">
      {strengths.length > 0 && (
        <div>
          <h3>
            <Say text={words.strengths} />
          </h3>
          <ul class="strengths">
            {strengths.map((question, index) => (
              <li key={index}>
                <Glyph name="pass" />
                <span>
                  <Say text={question.text} />{' '}
                  <span class="mute">
                    <Say text={question.note} />
                    {question.human && [' (', <Say key="human" text={humanSaid(question.human)} />, ')']}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {critical.length > 0 && (
        <div>
          <h3>
            <Say text={words.critical} />
          </h3>
          <ul class="strengths critical-points">
            {critical.slice(0, MOST_POINTS).map((finding) => (
              <li key={finding.gap}>
                <Glyph name="fail" />
                <span>
                  <Say text={finding.title} />{' '}
                  <a class="ref-id" href={`#${finding.gap}`}>
                    {finding.gap}
                  </a>
                </span>
              </li>
            ))}
          </ul>
          <Left n={critical.length - MOST_POINTS} />
        </div>
      )}
    </div>
  );
}

/** Gaps that an earlier audit opened and that are there no more. */
export function ClosedGaps({ closed = [] }: Pick<Report, 'closed'>) {
  if (closed.length === 0) return null;
  return (
    <>
      <Title text={words.closed} />
      <p class="small mute after">
        <Say text={words.closedSay} />
      </p>
      <Scroll label={words.closed}>
        <table class="gaps">
          <Heads heads={[words.id, words.gap, words.closedOn]} />
          <tbody>
            {closed.slice(0, MOST_ROWS).map(({ gap, title, closed: day }) => (
              <tr key={gap}>
                <th scope="row">
                  <code>{gap}</code>
                </th>
                <td>
                  <Say text={title} />
                </td>
                <td>{day}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Left n={closed.length - MOST_ROWS} />
    </>
  );
}
