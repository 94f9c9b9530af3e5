import { type Command, InvalidArgumentError, Option } from 'commander';
import { SEVERITIES, type Severity } from '#model/finding.ts';
import { LANGUAGES, type Language } from '#model/text.ts';
import { WHAT_IF_SUBJECTS, type WhatIfSubject } from '#model/what-if.ts';
import type { HostOptions } from './host-options.ts';
import type { ReadHosts } from './run-whatif.ts';

export const WHAT_IF_FORMATS = ['text', 'json', 'md'] as const;
export type WhatIfFormat = (typeof WHAT_IF_FORMATS)[number];

export interface WhatIfOptions extends HostOptions {
  lang?: Language;
  format: WhatIfFormat[];
  profile?: string[];
  config?: string;
  failOn?: Severity;
  allowPartial?: boolean;
  color: boolean;
}

/** The formats that a comma-separated list names. */
function formats(text: string): WhatIfFormat[] {
  const asked = text.split(',').map((part) => part.trim());
  const unknown = asked.find((format) => !WHAT_IF_FORMATS.some((known) => known === format));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`unknown format '${unknown}'; known: ${WHAT_IF_FORMATS.join(', ')}.`);
  return [...new Set(asked)] as WhatIfFormat[];
}

const TITLES: Record<WhatIfSubject, [argument: string, description: string]> = {
  compose: [
    'a compose file, in use or not',
    'what docker compose up of a file would do: ports, names, networks, data, routes',
  ],
  systemd: [
    'a unit, timer or socket file, or a drop-in',
    'what installing and starting a unit would do: what it replaces, stops, needs',
  ],
  traefik: [
    'a dynamic configuration file',
    'what giving Traefik a dynamic file would do: routes that come, go, change, answer nowhere',
  ],
};

const repeated = (value: string, given: string[] = []) => [...given, value];

/**
 * `constat whatif compose|systemd|traefik FILE`.
 * @param withHosts adds the options that say which hosts are read, and how
 * @param readHosts reads them
 */
export const whatIfCommand =
  (withHosts: (command: Command) => Command, readHosts: ReadHosts) =>
  (program: Command, finish: (code: number) => void): void => {
    const parent = program
      .command('whatif')
      .description('Tell what starting or applying a file would do on a host as it is; nothing is started');
    for (const of of WHAT_IF_SUBJECTS) {
      const [argument, description] = TITLES[of];
      const command = withHosts(parent.command(of))
        .description(`Tell ${description}`)
        .argument('<file>', argument)
        .addOption(new Option('--lang <language>', 'language of what is told').choices(LANGUAGES))
        .addOption(
          new Option('--format <list>', 'formats, separated by commas: text, json, md')
            .argParser(formats)
            .default(['text'], 'text'),
        )
        .option('--config <file>', 'configuration; default: constat.yaml of the repository')
        .addOption(
          new Option(
            '--fail-on <severity>',
            'exit 1 with something that fails, or of this severity or above',
          ).choices(SEVERITIES),
        )
        .option('--allow-partial', 'exit 0 although something could not be told')
        .option('--no-color', 'no colours (also: NO_COLOR)')
        .exitOverride()
        .showHelpAfterError('(run with --help)');
      if (of === 'compose')
        command.option('--profile <name>', 'a profile of Compose that is switched on; repeatable', repeated);
      command.action(async (file: string, options: WhatIfOptions) => {
        const { runWhatIf } = await import('./run-whatif.ts');
        finish(await runWhatIf(of, file, options, readHosts));
      });
    }
  };
