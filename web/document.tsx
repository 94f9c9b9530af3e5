import { renderToString } from 'preact-render-to-string';
import type { Language } from '#model/text.ts';
import { visible } from '#model/text.ts';
import { app, appHash, early, earlyHash, styles } from './assets.generated.ts';
import { inventoryOf } from './inventory.ts';
import { ReportPage } from './report-page.tsx';
import { keepingSpeech, SpeechContext } from './speech.tsx';
import type { View } from './view.ts';

const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src '${earlyHash}' '${appHash}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%230b4a8f' d='M7.3 2a6 6 0 0 0 0 12zM8.7 2a6 6 0 0 1 0 12z'/%3E%3C/svg%3E";

/** Data inside a `script` element: nothing in it can end the element. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** A string inside a style sheet: only what cannot end it. */
const quoted = (text: string): string =>
  `"${visible(text, 80).replace(/[^\p{L}\p{N} .,:/@_-]/gu, (char) => `\\${char.codePointAt(0)?.toString(16)} `)}"`;

function footers({ report: { audit } }: View): string {
  const left = [audit.estate.name, audit.startedAt.slice(0, 10), audit.estate.commit?.slice(0, 10)]
    .filter((text) => text !== undefined)
    .join(', ');
  const font = 'font: 7.5pt sans-serif; color: #626a76';
  return `@page{size:A4;margin:14mm 15mm 15mm;@bottom-left{content:${quoted(left)};${font}}@bottom-right{content:counter(page) " / " counter(pages);${font}}}`;
}

/**
 * A report as one HTML document that asks nothing of the network: styles, drawings, scripts and data are in it.
 * It holds both languages; without a script it shows `lang`.
 */
export function renderDocument(view: View, lang: Language): string {
  const speech = keepingSpeech(lang);
  const body = renderToString(
    <SpeechContext.Provider value={speech}>
      <ReportPage view={view} />
    </SpeechContext.Provider>,
  );
  const head = renderToString(
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={POLICY} />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="generator" content={`Constat ${view.report.audit.tool.version}`} />
      <title>{`Constat — ${visible(view.report.audit.estate.name)}`}</title>
      <link rel="icon" href={ICON} />
      {/* Our own style sheet and script; the name in the footers is escaped for a style sheet. */}
      <style dangerouslySetInnerHTML={{ __html: styles + footers(view) }} />
      <script dangerouslySetInnerHTML={{ __html: early }} />
    </head>,
  );
  const data = (id: string, value: unknown) =>
    `<script type="application/json" id="${id}">${embedded(value)}</script>`;
  return `<!doctype html>
<html lang="${lang}">${head}<body>${body}
${data('other-language', speech.others())}
${data('inventory-data', inventoryOf(view))}
<script>${app}</script></body></html>
`;
}
