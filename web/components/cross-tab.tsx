import { Say, useSpeech } from '../speech.tsx';
import { counted, digits, wordOf } from '../text.ts';
import type { View } from '../view.ts';
import { PRIORITY_ORDER, SEVERITY_ORDER } from '../vocabulary.ts';
import { severityWords } from '../words/labels.ts';
import { coverWords as words } from '../words/page.ts';
import { Mark } from './mark.tsx';

const Cell = ({ n }: { n: number }) => {
  const { lang } = useSpeech();
  return <td class={n ? 'num' : 'num mute'}>{n ? digits(n, lang) : '·'}</td>;
};

/** Findings by severity and priority. The totals are counted from the same findings, so they add up. */
export function CrossTab({ view }: { view: View }) {
  const { lang } = useSpeech();
  const { findings, muted } = view;
  return (
    <>
      <table class="flat">
        <thead>
          <tr>
            <th scope="col">
              <Say text={words.severity} />
            </th>
            {PRIORITY_ORDER.map((priority) => (
              <th key={priority} scope="col" class="num">
                {priority}
              </th>
            ))}
            <th scope="col" class="num">
              <Say text={words.total} />
            </th>
          </tr>
        </thead>
        <tbody>
          {SEVERITY_ORDER.map((severity) => {
            const row = findings.filter((finding) => finding.severity === severity);
            return (
              <tr key={severity}>
                <th scope="row">
                  <Mark glyph={severity} text={wordOf(severityWords, severity)} />
                </th>
                {PRIORITY_ORDER.map((priority) => (
                  <Cell key={priority} n={row.filter((finding) => finding.priority === priority).length} />
                ))}
                <td class="num">
                  <b>{digits(row.length, lang)}</b>
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              <Say text={words.total} />
            </th>
            {PRIORITY_ORDER.map((priority) => (
              <td key={priority} class="num">
                {digits(findings.filter((finding) => finding.priority === priority).length, lang)}
              </td>
            ))}
            <td class="num">{digits(findings.length, lang)}</td>
          </tr>
        </tfoot>
      </table>
      {muted.length > 0 && (
        <p class="small mute">
          <Say text={counted(muted.length, words.muted, words.mutedMany)} />
        </p>
      )}
    </>
  );
}
