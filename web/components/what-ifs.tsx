import { visible } from '#model/text.ts';
import { Say } from '../speech.tsx';
import { wordOf } from '../text.ts';
import type { View } from '../view.ts';
import type { WhatIf } from '../vocabulary.ts';
import { type WhatIfShown, whatIfShown } from '../what-if.ts';
import { severityWords } from '../words/labels.ts';
import { sectionWords } from '../words/page.ts';
import { whatIfWords as words } from '../words/what-if.ts';
import { Command } from './command.tsx';
import { Mark } from './mark.tsx';
import { Section } from './section.tsx';
import { Where } from './where.tsx';

const MOST_EVIDENCE = 6;

function EffectItem({ shown: { effect, word } }: { shown: WhatIfShown['effects'][number] }) {
  return (
    <li class="effect">
      <p>
        <Mark glyph={effect.severity} text={wordOf(severityWords, effect.severity)} />{' '}
        {effect.fails && (
          <b>
            <Say text={word} />{' '}
          </b>
        )}
        <Say text={effect.text} />
      </p>
      <p class="small mute">
        {effect.evidence
          .slice(0, MOST_EVIDENCE)
          .map((evidence, index) => [index > 0 && ' · ', <Where key={index} evidence={evidence} />])}
      </p>
    </li>
  );
}

function WhatIfItem({ whatIf, open }: { whatIf: WhatIf; open: boolean }) {
  const shown = whatIfShown(whatIf);
  return (
    <details class="what-if item" open={open}>
      <summary>
        <span class="grow">
          <Say text={shown.heading} />
          {whatIf.isRetired && (
            <>
              {' '}
              <Say text={words.retired} class="mute" />
            </>
          )}
        </span>
        <span class="ct">
          <Say text={shown.summary} />
        </span>
      </summary>
      <div class="in">
        {shown.nothing && (
          <p>
            <Say text={shown.nothing} />
          </p>
        )}
        {shown.effects.length > 0 && (
          <ol class="effects">
            {shown.effects.map((one, index) => (
              <EffectItem key={index} shown={one} />
            ))}
          </ol>
        )}
        {shown.unknown.length > 0 && (
          <>
            <p class="lab">
              <Say text={words.unknown} />
            </p>
            <ul>
              {shown.unknown.map((text, index) => (
                <li key={index}>
                  <Say text={text} />
                </li>
              ))}
            </ul>
          </>
        )}
        <p class="lab">
          <Say text={shown.commandTitle} />
        </p>
        {whatIf.isRetired ? (
          // not to be run: without a button that copies it
          <div class="cmd">
            <pre dir="ltr">{visible(shown.command, 2000)}</pre>
          </div>
        ) : (
          <Command text={shown.command} />
        )}
      </div>
    </details>
  );
}

/** What starting or applying files would do on the hosts that were read. */
export const WhatIfs = ({ view, number }: { view: View; number: number }) => (
  <Section id="whatIf" number={number} title={sectionWords.whatIf} say={words.say}>
    {(view.report.whatIf ?? []).map((whatIf, index) => (
      <WhatIfItem key={`${whatIf.host}\n${whatIf.file}`} whatIf={whatIf} open={index === 0} />
    ))}
  </Section>
);
