import { statSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { audit } from '#audit.ts';
import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import type { Config } from '#model/config.ts';
import type { Coverage } from '#model/coverage.ts';
import { atLeast, type Finding } from '#model/finding.ts';
import { reportOf } from '#report/json.ts';
import { openConfiguration } from '#store/configuration.ts';
import { LOCK_FILE, readLock, writeLock } from '#store/lock.ts';
import { version } from '../version.ts';
import type { AuditOptions } from './audit-command.ts';
import { awsRequest } from './aws-options.ts';
import { cloudflareRequest } from './cloudflare-options.ts';
import { EXIT } from './exit.ts';
import { hostRequests } from './host-options.ts';
import { profileRequest, profilesOf } from './profile-options.ts';
import { progressOn } from './progress.ts';
import { summaryOf } from './summary.ts';
import { terraformStates } from './terraform-states.ts';
import { checkOut, writeReport } from './written-report.ts';

/** The moment of the audit: SOURCE_DATE_EPOCH (reproducible-builds.org) fixes it. */
export function clock(): () => Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return () => new Date();
  const seconds = Number(epoch);
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > 253402300799)
    throw new InputError(`SOURCE_DATE_EPOCH=${epoch}: give whole seconds since 1970-01-01`);
  return () => new Date(seconds * 1000);
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

/**
 * URLs of the command line, else of the configuration; these are left out where neither an account is read nor a request
 * sent.
 */
function urlsOf(
  { url, probe }: Pick<AuditOptions, 'url' | 'probe'>,
  { urls = [] }: Config,
  isObserved: boolean,
): string[] {
  const isFollowed = isObserved || probe === true;
  if (url && !isFollowed)
    throw new InputError(
      '--url follows a URL through what was read: give --aws, --cloudflare or --host too, or --probe to send requests to it',
    );
  if (probe && !url && urls.length === 0)
    throw new InputError('--probe sends requests to URLs: give one with --url, or urls in constat.yaml');
  return url ?? (isFollowed ? urls : []);
}

/** Audits a folder, writes the report, prints the summary; gives the exit code. */
export async function runAudit(folder: string, options: AuditOptions): Promise<number> {
  const root = path.resolve(folder);
  const found = statSync(root, { throwIfNoEntry: false });
  if (!found?.isDirectory())
    throw new InputError(`${folder}: ${found ? 'not a' : 'no such'} folder; give the path of a repository`);
  checkOut(options.out);
  const lang = options.lang ?? languageOf(process.env);
  const configuration = await openConfiguration(root, options.config);
  const config = configuration.value;
  const profiles = profilesOf(options, config);
  const profile = await profileRequest(profiles.asked, configuration, root, options.config);
  const progress = options.quiet ? undefined : progressOn(process.stderr, lang);
  const known = readLock(root);
  const aws = awsRequest(profiles.aws, config);
  const cloudflare = cloudflareRequest(options, config, process.env);
  const hosts = hostRequests(options, config);
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
    ...(cloudflare && { cloudflare }),
    ...(hosts.length > 0 && { hosts }),
    urls: urlsOf(options, config, aws !== undefined || cloudflare !== undefined || hosts.length > 0),
    probe: options.probe === true,
    ...(states.length > 0 && { terraformStates: states }),
    ...(profile && { profile }),
    ...(progress && { progress: progress.show }),
  }).finally(() => progress?.end());

  const report = reportOf(result);
  const files = await writeReport(report, { ...options, lang });
  const kept = !options.lock || isDeepStrictEqual(lock, known) || writeLock(root, lock);
  if (!kept)
    process.stderr.write(
      `constat: ${LOCK_FILE} cannot be written in ${folder}: gap ids are not kept (--no-lock to say so)\n`,
    );
  if (!options.quiet) {
    const color = options.color && process.stdout.isTTY === true && !process.env.NO_COLOR;
    process.stdout.write(summaryOf(report, result.warnings, lang, files, color));
  }
  return exitCode(result.findings, result.estate.coverage, options);
}
