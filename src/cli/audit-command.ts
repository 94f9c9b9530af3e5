import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_OUT } from '#lib/own-output.ts';
import { SEVERITIES, type Severity } from '#model/finding.ts';
import { PROFILES } from '#model/maturity.ts';
import { LANGUAGES, type Language } from '#model/text.ts';
import { LOCK_FILE } from '#store/lock.ts';
import { type AwsOptions, withAwsOptions } from './aws-options.ts';
import { type CloudflareOptions, withCloudflareOptions } from './cloudflare-options.ts';
import { FORMATS, type Format } from './formats.ts';
import { type HostOptions, withHostOptions } from './host-options.ts';
import { webUrls } from './url-option.ts';

/** What `--probe` does. */
export const PROBE =
  'send real requests to the URLs too: DNS, TLS, HTTP with redirects, load balancers directly; at most 40 each';

export interface AuditOptions extends Omit<AwsOptions, 'profile'>, CloudflareOptions, HostOptions {
  /** Profiles of questions, and, as long as it is the name of none, a profile of the AWS configuration. */
  profile?: string[];
  awsProfile?: string;
  lang?: Language;
  format: Format[];
  out: string;
  config?: string;
  terraformState?: string[];
  url?: string[];
  probe?: boolean;
  failOn?: Severity;
  allowPartial?: boolean;
  lock: boolean;
  quiet?: boolean;
  color: boolean;
}

/** The formats that a comma-separated list names. */
export function formats(text: string): Format[] {
  const asked = text.split(',').map((part) => part.trim());
  const unknown = asked.find((format) => !Object.hasOwn(FORMATS, format));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`unknown format '${unknown}'; known: ${Object.keys(FORMATS).join(', ')}.`);
  return [...new Set(asked)] as Format[];
}

/** `constat audit [PATH]`. */
export function auditCommand(program: Command, finish: (code: number) => void): void {
  withHostOptions(
    withCloudflareOptions(
      withAwsOptions(
        program.command('audit'),
        new Option(
          '--profile <name>',
          `domains of questions to answer: ${PROFILES.join(', ')}; any other name is a profile of the AWS configuration`,
        ).argParser((name: string, given: string[] = []) => [...given, name]),
      ),
    ),
  )
    .option('--aws-profile <name>', 'profile of the AWS configuration, whatever its name')
    .description('Audit a repository: what it declares, what is wrong with it, and how to verify it')
    .argument('[path]', 'the folder to audit', '.')
    .addOption(new Option('--lang <language>', 'language of the report').choices(LANGUAGES))
    .addOption(
      new Option('--format <list>', 'formats, separated by commas: md, html, json')
        .argParser(formats)
        .default(['md', 'html', 'json'], 'md,html,json'),
    )
    .option('--out <folder>', 'where the report goes', DEFAULT_OUT)
    .option('--config <file>', 'configuration; default: constat.yaml in the audited folder')
    .addOption(
      new Option(
        '--terraform-state <file>',
        'a Terraform state, or what terraform show -json prints of a state or plan; repeatable',
      ).argParser((file: string, given: string[] = []) => [...given, file]),
    )
    .addOption(
      new Option(
        '--url <url>',
        'follow a URL through the account or the host, hop by hop; repeatable; needs --aws, --cloudflare or --host',
      ).argParser(webUrls),
    )
    .option('--probe', PROBE)
    .addOption(new Option('--fail-on <severity>', 'exit 1 with a finding at or above it').choices(SEVERITIES))
    .option('--allow-partial', 'exit 0 although something could not be read')
    .option('--no-lock', `do not keep gap ids in ${LOCK_FILE}`)
    .option('--quiet', 'no summary, no progress')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .action(async (folder: string, options: AuditOptions) => {
      const { runAudit } = await import('./run-audit.ts');
      finish(await runAudit(folder, options));
    });
}
