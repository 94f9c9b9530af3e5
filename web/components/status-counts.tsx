import { Say, useSpeech } from '../speech.tsx';
import { counted, digits, wordOf } from '../text.ts';
import type { View } from '../view.ts';
import { STATUS_ORDER } from '../vocabulary.ts';
import { statusMeaning, statusWords } from '../words/labels.ts';
import { coverWords } from '../words/page.ts';
import { Mark } from './mark.tsx';

/** How many resources have each status, as a bar and as numbers that lead to the inventory. */
export function StatusCounts({ view }: { view: View }) {
  const { lang } = useSpeech();
  const total = view.report.resources.length;
  return (
    <>
      <h2 class="lab">
        <Say text={counted(total, coverWords.statusTitleOne, coverWords.statusTitle)} />
      </h2>
      <div class="bar" aria-hidden="true">
        {STATUS_ORDER.filter((status) => view.statuses[status] > 0).map((status) => (
          <i key={status} class={status} style={{ flexGrow: String(view.statuses[status]) }} />
        ))}
      </div>
      <div class="counts">
        {STATUS_ORDER.map((status) => (
          <a key={status} href="#inventory" data-status={status}>
            <b>{digits(view.statuses[status], lang)}</b>
            <Mark glyph={status} text={wordOf(statusWords, status)} />
            <small>
              <Say text={wordOf(statusMeaning, status)} />
            </small>
          </a>
        ))}
      </div>
    </>
  );
}
