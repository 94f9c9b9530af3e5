import { audit } from '#audit.ts';
import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import { reportOf } from '#report/json.ts';
import { readConfiguration } from '#store/configuration.ts';
import { readLock } from '#store/lock.ts';
import { version } from '../version.ts';
import { awsRequest } from './aws-options.ts';
import { cloudflareRequest } from './cloudflare-options.ts';
import { hostRequests } from './host-options.ts';
import { progressOn } from './progress.ts';
import { clock, exitCode } from './run-audit.ts';
import { summaryOf } from './summary.ts';
import type { TraceOptions } from './trace-command.ts';
import { checkOut, writeReport } from './written-report.ts';

/** Follows URLs through an account, writes the report, prints what was found; gives the exit code. */
export async function runTrace(urls: readonly string[], options: TraceOptions): Promise<number> {
  checkOut(options.out);
  const lang = options.lang ?? languageOf(process.env);
  const config = await readConfiguration(process.cwd(), options.config);
  const aws = awsRequest(options, config);
  const cloudflare = cloudflareRequest(options, config, process.env);
  const hosts = hostRequests(options, config);
  if (!aws && !cloudflare && hosts.length === 0 && !options.probe)
    throw new InputError(
      'trace follows a URL through an account or a host: give --aws or --cloudflare, with the credentials of that account, --host, or --probe to send requests to it',
    );
  const progress = options.quiet ? undefined : progressOn(process.stderr, lang);
  const { audit: result } = await audit({
    shownAs: urls.join(' '),
    name: new URL(urls[0] ?? '').hostname,
    config,
    lock: readLock(process.cwd()),
    lang,
    version,
    clock: clock(),
    ...(aws && { aws }),
    ...(cloudflare && { cloudflare }),
    ...(hosts.length > 0 && { hosts }),
    urls,
    probe: options.probe === true,
    ...(progress && { progress: progress.show }),
  }).finally(() => progress?.end());
  const report = reportOf(result);
  const files = await writeReport(report, { ...options, lang });
  if (!options.quiet) {
    const color = options.color && process.stdout.isTTY === true && !process.env.NO_COLOR;
    process.stdout.write(summaryOf(report, result.warnings, lang, files, color));
  }
  return exitCode(result.findings, result.estate.coverage, options);
}
