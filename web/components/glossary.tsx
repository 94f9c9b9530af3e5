import { Say } from '../speech.tsx';
import { wordOf } from '../text.ts';
import type { View } from '../view.ts';
import { STATUS_ORDER } from '../vocabulary.ts';
import { statusDefinition, statusWords } from '../words/labels.ts';
import { basisWords as words } from '../words/sections.ts';
import { Mark } from './mark.tsx';

/** What each status means; the sixth only where a component has it. */
export function Glossary({ view }: { view: View }) {
  const lacking = view.report.components.some(({ status }) => status === 'undefined');
  return (
    <>
      <h3 class="sub">
        <Say text={words.glossary} />
      </h3>
      <p class="small mute">
        <Say text={words.glossarySay} />
      </p>
      <dl class="gl">
        {[...STATUS_ORDER, ...(lacking ? ['undefined'] : [])].map((status) => (
          <div key={status}>
            <dt>
              <Mark glyph={status} text={wordOf(statusWords, status)} tint />
            </dt>
            <dd>
              <Say text={wordOf(statusDefinition, status)} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
