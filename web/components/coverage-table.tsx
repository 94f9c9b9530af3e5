import type { Text } from '#model/text.ts';
import { code } from '#model/text.ts';
import { Say, useSpeech } from '../speech.tsx';
import { digits, fill, wordOf } from '../text.ts';
import type { View } from '../view.ts';
import type { Coverage } from '../vocabulary.ts';
import { coverageWords, sourceWords } from '../words/labels.ts';
import { basisWords as words } from '../words/sections.ts';
import { Mark } from './mark.tsx';
import { Name } from './name.tsx';
import { Scroll } from './scroll.tsx';

const STATE_MARKS: Record<Coverage['state'], { glyph: string; tone: string }> = {
  complete: { glyph: 'pass', tone: 'pass' },
  partial: { glyph: 'partial', tone: 'drifted' },
  denied: { glyph: 'fail', tone: 'fail' },
  failed: { glyph: 'fail', tone: 'fail' },
  skipped: { glyph: 'unknown', tone: 'unknown' },
};

const sum = (coverage: Coverage, field: 'calls' | 'denied' | 'failed') =>
  coverage.operations.reduce((total, operation) => total + operation[field], 0);

/** What there is to know of a source: why it was not read, or what to add so that it is. */
function remarks(coverage: Coverage): Text[] {
  const permissions = coverage.operations.flatMap(({ denied, permission }) =>
    denied && permission ? [permission] : [],
  );
  return [
    ...(coverage.reason ? [coverage.reason] : []),
    ...(permissions.length ? [fill(words.permission, { names: permissions.map(code).join(', ') })] : []),
  ];
}

function Row({ coverage }: { coverage: Coverage }) {
  const { lang } = useSpeech();
  const number = (n: number) => (n ? digits(n, lang) : '—');
  const mark = STATE_MARKS[coverage.state];
  const told = remarks(coverage);
  return (
    <tr>
      <th scope="row">
        <Say text={wordOf(sourceWords, coverage.source)} />
      </th>
      <td class="lo">
        <Name text={coverage.scope} />
      </td>
      <td>
        <Mark glyph={mark.glyph} tone={mark.tone} text={wordOf(coverageWords, coverage.state)} />
      </td>
      <td class="num lo">{number(sum(coverage, 'calls'))}</td>
      <td class="num lo">{number(sum(coverage, 'denied'))}</td>
      <td class="num lo">{number(sum(coverage, 'failed'))}</td>
      <td>
        {told.length === 0 && <span class="mute">—</span>}
        {told.map((text, index) => (
          <div key={index}>
            <Say text={text} />
          </div>
        ))}
      </td>
    </tr>
  );
}

/** What of each source was asked, and what was refused. */
export function CoverageTable({ view }: { view: View }) {
  const heads: { text: Text; class?: string }[] = [
    { text: words.source },
    { text: words.scope, class: 'lo' },
    { text: words.state },
    { text: words.reads, class: 'num lo' },
    { text: words.refused, class: 'num lo' },
    { text: words.failed, class: 'num lo' },
    { text: words.add },
  ];
  return (
    <Scroll label={words.coverage}>
      <table class="coverage">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head.text.en} scope="col" class={head.class}>
                <Say text={head.text} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.report.coverage.map((coverage, index) => (
            <Row key={index} coverage={coverage} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
