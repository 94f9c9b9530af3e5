import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { renderDocument } from '#web/document.tsx';
import { type Drawing, viewOf } from '#web/view.ts';

/**
 * The report as one self-contained HTML file: no request to the network, both languages in it (`lang` is shown
 * first), readable without a script. The same report gives the same bytes.
 * @param drawings the pictures of the report, from {@link drawingsOf}
 * @param folder where the report goes, which the commands that apply patches name
 */
export function renderHtml(
  report: Report,
  lang: Language,
  drawings: readonly Drawing[] = [],
  folder?: string,
): string {
  const view = viewOf(report, (kind) => kindOf(kind as Kind), drawings, folder);
  return renderDocument(view, lang);
}
