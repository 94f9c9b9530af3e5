import { type Command, Option } from 'commander';
import { DEFAULT_OUT } from '#lib/own-output.ts';
import { SEVERITIES, type Severity } from '#model/finding.ts';
import { LANGUAGES, type Language } from '#model/text.ts';
import { formats, PROBE } from './audit-command.ts';
import { type AwsOptions, withAwsOptions } from './aws-options.ts';
import { type CloudflareOptions, withCloudflareOptions } from './cloudflare-options.ts';
import type { Format } from './formats.ts';
import { type HostOptions, withHostOptions } from './host-options.ts';
import { webUrls } from './url-option.ts';

export interface TraceOptions extends AwsOptions, CloudflareOptions, HostOptions {
  lang?: Language;
  format: Format[];
  out: string;
  config?: string;
  failOn?: Severity;
  allowPartial?: boolean;
  probe?: boolean;
  quiet?: boolean;
  color: boolean;
}

/** `constat trace URL`. */
export function traceCommand(program: Command, finish: (code: number) => void): void {
  withHostOptions(withCloudflareOptions(withAwsOptions(program.command('trace'))))
    .description(
      'Follow a URL through an account or a host, from its name to the container, the unit or the Worker that answers: what is wrong at which hop',
    )
    .argument(
      '<url...>',
      'the URL, such as https://example.org/; several are followed one after another',
      webUrls,
    )
    .option('--probe', PROBE)
    .addOption(new Option('--lang <language>', 'language of the report').choices(LANGUAGES))
    .addOption(
      new Option('--format <list>', 'formats, separated by commas: md, html, json')
        .argParser(formats)
        .default(['md', 'html', 'json'], 'md,html,json'),
    )
    .option('--out <folder>', 'where the report goes', DEFAULT_OUT)
    .option('--config <file>', 'configuration; default: constat.yaml in the current folder')
    .addOption(new Option('--fail-on <severity>', 'exit 1 with a finding at or above it').choices(SEVERITIES))
    .option('--allow-partial', 'exit 0 although something could not be read')
    .option('--quiet', 'no summary, no progress')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .action(async (urls: string[], options: TraceOptions) => {
      const { runTrace } = await import('./run-trace.ts');
      finish(await runTrace(urls, options));
    });
}
