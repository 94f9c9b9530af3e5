import { accessSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import { DEFAULT_OUT } from '#lib/own-output.ts';
import { PATCH_ID } from '#model/patch.ts';
import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { replaceFile } from '#store/replace-file.ts';
import { patchFile } from '#web/patches.ts';
import { FORMATS, type Format } from './formats.ts';

/** The folder of patches in that of the report. */
const PATCHES = path.dirname(patchFile({ id: '' }));

async function render(
  format: Format,
  report: Report,
  lang: Language,
  out: string,
): Promise<string | Iterable<string>> {
  if (format === 'md') return (await import('#report/markdown.ts')).renderMarkdown(report, lang, out);
  if (format === 'html') {
    const [{ renderHtml }, { drawingsOf }] = await Promise.all([
      import('#report/html.ts'),
      import('#report/diagram/drawings.ts'),
    ]);
    return renderHtml(report, lang, await drawingsOf(report), out);
  }
  return (await import('#report/json.ts')).renderJson(report);
}

function write(out: string, file: string, text: string | Iterable<string>): void {
  const target = path.join(out, file);
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    replaceFile(target, text);
  } catch (error) {
    throw unwritable(target, (error as NodeJS.ErrnoException).code);
  }
}

const unwritable = (what: string, why = 'unknown error'): InputError =>
  new InputError(`${what}: cannot be written (${why}); give another folder with --out`);

/**
 * Whether reports can be written, before minutes are spent on what stands in them.
 * @throws InputError where the folder of reports, or that of patches in it, is a link, which the audited repository may
 * have set, or where it cannot be made or written to
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
    const patches = path.join(out, PATCHES);
    if (lstatSync(patches, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new InputError(
        `${patches} is a link, which the audited repository may have set; give another folder with --out`,
      );
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

/**
 * Writes a report in each format, and beside those that a person reads the patches that they show, each as a file that
 * `git apply` takes; gives the paths of what was written.
 */
export async function writeReport(
  report: Report,
  { out, format, lang }: { out: string; format: readonly Format[]; lang: Language },
): Promise<string[]> {
  for (const one of format) write(out, FORMATS[one], await render(one, report, lang, out));
  const files = format.map((one) => path.join(out, FORMATS[one]));
  const patches = format.some((one) => one !== 'json') ? (report.patches ?? []) : [];
  if (patches.length === 0) return files;
  checkOut(out);
  for (const patch of patches) {
    if (!PATCH_ID.test(patch.id)) throw new Error(`${patch.id}: no id of a patch`);
    write(out, patchFile(patch), patch.diff);
  }
  return [...files, `${path.join(out, PATCHES)}/ (${patches.length})`];
}
