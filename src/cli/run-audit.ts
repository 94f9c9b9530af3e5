import { lstatSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { audit } from '#audit.ts';
import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import type { Coverage } from '#model/coverage.ts';
import { atLeast, type Finding } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { reportOf } from '#report/json.ts';
import { readConfiguration } from '#store/configuration.ts';
import { LOCK_FILE, readLock, writeLock } from '#store/lock.ts';
import { replaceFile } from '#store/replace-file.ts';
import { version } from '../version.ts';
import { type AuditOptions, DEFAULT_OUT } from './audit-command.ts';
import { awsRequest } from './aws-options.ts';
import { EXIT } from './exit.ts';
import { FORMATS, type Format } from './formats.ts';
import { progressOn } from './progress.ts';
import { summaryOf } from './summary.ts';
import { terraformStates } from './terraform-states.ts';

/** The moment of the audit: SOURCE_DATE_EPOCH (reproducible-builds.org) fixes it. */
export function clock(): () => Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return () => new Date();
  const seconds = Number(epoch);
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > 253402300799)
    throw new InputError(`SOURCE_DATE_EPOCH=${epoch}: give whole seconds since 1970-01-01`);
  return () => new Date(seconds * 1000);
}

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

/** Whether something that was asked for was not read in full. */
export const incomplete = (coverage: readonly Coverage[]) =>
  coverage.some((one) => one.state === 'partial' || one.state === 'denied' || one.state === 'failed');

export function exitCode(
  findings: readonly Finding[],
  coverage: readonly Coverage[],
  { failOn, allowPartial }: Pick<AuditOptions, 'failOn' | 'allowPartial'>,
): number {
  if (failOn && findings.some((finding) => !finding.muted && atLeast(finding.severity, failOn)))
    return EXIT.findings;
  return incomplete(coverage) && !allowPartial ? EXIT.notEstablished : EXIT.established;
}

function write(out: string, file: string, text: string | Iterable<string>): void {
  try {
    mkdirSync(out, { recursive: true });
    replaceFile(path.join(out, file), text);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new InputError(
      `${path.join(out, file)}: cannot be written (${why}); give another folder with --out`,
    );
  }
}

/** Audits a folder, writes the report, prints the summary; gives the exit code. */
export async function runAudit(folder: string, options: AuditOptions): Promise<number> {
  const root = path.resolve(folder);
  const found = statSync(root, { throwIfNoEntry: false });
  if (!found?.isDirectory())
    throw new InputError(`${folder}: ${found ? 'not a' : 'no such'} folder; give the path of a repository`);
  if (options.out === DEFAULT_OUT && lstatSync(DEFAULT_OUT, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new InputError(
      `${DEFAULT_OUT} is a link, which the audited repository may have set; give a folder with --out`,
    );
  const lang = options.lang ?? languageOf(process.env);
  const config = await readConfiguration(root, options.config);
  const progress = options.quiet ? undefined : progressOn(process.stderr, lang);
  const known = readLock(root);
  const aws = awsRequest(options, config);
  const states = terraformStates(options.terraformState ?? [], config, root);
  const { audit: result, lock } = await audit({
    path: root,
    shownAs: folder,
    out: path.resolve(options.out),
    name: path.basename(root),
    config,
    lock: known,
    lang,
    version,
    clock: clock(),
    ...(aws && { aws }),
    ...(states.length > 0 && { terraformStates: states }),
    ...(progress && { progress: progress.show }),
  }).finally(() => progress?.end());

  const report = reportOf(result);
  for (const format of options.format)
    write(options.out, FORMATS[format], await render(format, report, lang));
  const kept = !options.lock || lock.next === known.next || writeLock(root, lock);
  if (!kept)
    process.stderr.write(
      `constat: ${LOCK_FILE} cannot be written in ${folder}: gap ids are not kept (--no-lock to say so)\n`,
    );
  if (!options.quiet) {
    const files = options.format.map((format) => path.join(options.out, FORMATS[format]));
    const color = options.color && process.stdout.isTTY === true && !process.env.NO_COLOR;
    process.stdout.write(summaryOf(report, result.warnings, lang, files, color));
  }
  return exitCode(result.findings, result.estate.coverage, options);
}
