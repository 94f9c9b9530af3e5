import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import type { Config } from '#model/config.ts';
import type { Coverage } from '#model/coverage.ts';
import { atLeast } from '#model/finding.ts';
import type { HostState } from '#model/host.ts';
import { visible } from '#model/text.ts';
import type { WhatIf, WhatIfSubject } from '#model/what-if.ts';
import { whatIfOf } from '#report/json.ts';
import { readConfiguration } from '#store/configuration.ts';
import { whatIfsOf } from '../what-ifs.ts';
import { EXIT } from './exit.ts';
import { incomplete } from './run-audit.ts';
import type { WhatIfOptions } from './whatif-command.ts';
import { type FileAround, fileAround } from './whatif-files.ts';
import { whatIfMarkdown, whatIfText } from './whatif-output.ts';

/** Reads the hosts that the command line, else the configuration, names; none where neither does. */
export type ReadHosts = (
  options: WhatIfOptions,
  config: Config,
) => Promise<{ hosts: HostState[]; coverage: Coverage[] }>;

/** Tells what a file would do on each host that is read; gives the exit code. Nothing is started. */
export async function runWhatIf(
  of: WhatIfSubject,
  given: string,
  options: WhatIfOptions,
  readHosts: ReadHosts,
): Promise<number> {
  const lang = options.lang ?? languageOf(process.env);
  const around = await fileAround(given);
  for (const { line, why } of around.unread)
    process.stderr.write(`constat: ${visible(given)}${line ? `:${line}` : ''}: ${visible(why.en)}\n`);
  assertRead(of, given, around);
  const config = await readConfiguration(around.root, options.config);
  const { hosts, coverage } = await readHosts(options, config);
  if (hosts.length + coverage.length === 0)
    throw new InputError(
      'whatif tells what a file would do on a host: give --host local or --host ssh://user@host, or hosts in constat.yaml',
    );
  for (const one of coverage)
    if (one.state !== 'complete')
      process.stderr.write(`constat: ${visible(one.scope)}: ${visible(one.reason?.[lang] ?? one.state)}\n`);
  const told = hosts.flatMap((host) =>
    whatIfsOf(of, around.file, around.artifacts, around.files, host, {
      profiles: new Set(options.profile ?? []),
      isWhereStarted: host.address === 'local',
    }),
  );
  const color = options.color && process.stdout.isTTY === true && !process.env.NO_COLOR;
  for (const format of options.format) {
    if (format === 'json')
      process.stdout.write(`${JSON.stringify({ whatIf: told.map(whatIfOf) }, null, 2)}\n`);
    else if (format === 'md') process.stdout.write(`${whatIfMarkdown(told, lang)}\n`);
    else process.stdout.write(whatIfText(told, lang, color));
  }
  return whatIfExit(told, coverage, options);
}

const isOf = (file: string, around: FileAround, of: WhatIfSubject): boolean => {
  const { composeFiles, unitFiles, proxies } = around.artifacts;
  if (of === 'compose') return composeFiles.some((one) => one.file === file);
  if (of === 'systemd') return unitFiles.some((one) => one.file === file || one.dropIns.includes(file));
  return proxies.some(({ product, files }) => product === 'traefik' && files.includes(file));
};

const READ_AS: Record<WhatIfSubject, string> = {
  compose: 'a compose file (a name such as compose.yml or docker-compose.yml.OBSOLETE, with services)',
  systemd: 'a unit of systemd (a name such as api.service or job.timer)',
  traefik: 'a dynamic file of Traefik (http: with routers, services or middlewares)',
};

function assertRead(of: WhatIfSubject, given: string, around: FileAround): void {
  if (!isOf(around.file, around, of)) throw new InputError(`${given}: not read as ${READ_AS[of]}`);
}

/** 1: something fails or is as severe as asked. 3: something could not be told. */
export function whatIfExit(
  told: readonly WhatIf[],
  coverage: readonly Coverage[],
  { failOn, allowPartial }: Pick<WhatIfOptions, 'failOn' | 'allowPartial'>,
): number {
  const effects = told.flatMap((one) => one.effects);
  if (failOn && effects.some(({ fails, severity }) => fails || atLeast(severity, failOn)))
    return EXIT.findings;
  const isOpen = incomplete(coverage) || told.length === 0 || told.some(({ unknown }) => unknown.length > 0);
  return isOpen && !allowPartial ? EXIT.notEstablished : EXIT.established;
}
