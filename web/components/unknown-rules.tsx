import { Say, useSpeech } from '../speech.tsx';
import { digits } from '../text.ts';
import type { View } from '../view.ts';
import { basisWords as words } from '../words/sections.ts';
import { Scroll } from './scroll.tsx';

/** Rules that could not answer, and why: never taken for a pass. */
export function UnknownRules({ view }: { view: View }) {
  const { lang } = useSpeech();
  const unknown = view.report.summary.unknown ?? [];
  if (unknown.length === 0) return null;
  return (
    <>
      <h3 class="sub">
        <Say text={words.unknown} />
      </h3>
      <p class="small mute after">
        <Say text={words.unknownSay} />
      </p>
      <Scroll label={words.unknown}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Say text={words.rule} />
              </th>
              <th scope="col" class="num">
                <Say text={words.subjects} />
              </th>
              <th scope="col">
                <Say text={words.why} />
              </th>
            </tr>
          </thead>
          <tbody>
            {unknown.map(({ rule, subjects, because }, index) => (
              <tr key={index}>
                <th scope="row">
                  <code>{rule}</code>
                </th>
                <td class="num">{digits(subjects, lang)}</td>
                <td>
                  <Say text={because} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
