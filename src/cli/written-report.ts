import { accessSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import { DEFAULT_OUT } from '#lib/own-output.ts';
import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { replaceFile } from '#store/replace-file.ts';
import { FORMATS, type Format } from './formats.ts';

async function render(format: Format, report: Report, lang: Language): Promise<string | Iterable<string>> {
  if (format === 'md') return (await import('#report/markdown.ts')).renderMarkdown(report, lang);
  if (format === 'html') {
    const [{ renderHtml }, { drawingsOf }] = await Promise.all([
      import('#report/html.ts'),
      import('#report/diagram/drawings.ts'),
    ]);
    return renderHtml(report, lang, await drawingsOf(report));
  }
  return (await import('#report/json.ts')).renderJson(report);
}

function write(out: string, file: string, text: string | Iterable<string>): void {
  try {
    mkdirSync(out, { recursive: true });
    replaceFile(path.join(out, file), text);
  } catch (error) {
    throw unwritable(path.join(out, file), (error as NodeJS.ErrnoException).code);
  }
}

const unwritable = (what: string, why = 'unknown error'): InputError =>
  new InputError(`${what}: cannot be written (${why}); give another folder with --out`);

/**
 * Whether reports can be written, before minutes are spent on what stands in them.
 * @throws InputError where the folder of reports is a link, which the audited repository may have set, or where it
 * cannot be made or written to
 */
export function checkOut(out: string): void {
  if (out === DEFAULT_OUT && lstatSync(DEFAULT_OUT, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new InputError(
      `${DEFAULT_OUT} is a link, which the audited repository may have set; give a folder with --out`,
    );
  try {
    const folder = nearest(path.resolve(out));
    if (!statSync(folder).isDirectory()) throw unwritable(out, 'ENOTDIR');
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw error instanceof InputError ? error : unwritable(out, (error as NodeJS.ErrnoException).code);
  }
}

/** What there is already of a path. */
function nearest(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })) return file;
  const above = path.dirname(file);
  return above === file ? file : nearest(above);
}

/** Writes a report in each format, and gives the paths of the files. */
export async function writeReport(
  report: Report,
  { out, format, lang }: { out: string; format: readonly Format[]; lang: Language },
): Promise<string[]> {
  for (const one of format) write(out, FORMATS[one], await render(one, report, lang));
  return format.map((one) => path.join(out, FORMATS[one]));
}
