import { type Command, InvalidArgumentError, Option } from 'commander';
import { AWS_REGION } from '#lib/aws-region.ts';
import { SEVERITIES, type Severity } from '#model/finding.ts';
import { LANGUAGES, type Language } from '#model/text.ts';
import { LOCK_FILE } from '#store/lock.ts';
import { FORMATS, type Format } from './formats.ts';

export const DEFAULT_OUT = 'constat-report';

export interface AuditOptions {
  lang?: Language;
  format: Format[];
  out: string;
  config?: string;
  failOn?: Severity;
  allowPartial?: boolean;
  lock: boolean;
  aws?: boolean;
  region: string[];
  allRegions?: boolean;
  profile?: string;
  role?: string;
  maxRate?: number;
  quiet?: boolean;
  color: boolean;
}

function formats(text: string): Format[] {
  const asked = text.split(',').map((part) => part.trim());
  const unknown = asked.find((format) => !Object.hasOwn(FORMATS, format));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`unknown format '${unknown}'; known: ${Object.keys(FORMATS).join(', ')}.`);
  return [...new Set(asked)] as Format[];
}

function region(text: string, given: string[]): string[] {
  if (!AWS_REGION.test(text)) throw new InvalidArgumentError('give a region, such as eu-west-3.');
  return [...given, text];
}

function role(text: string): string {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+/.test(text))
    throw new InvalidArgumentError('give the ARN of a role, such as arn:aws:iam::123456789012:role/audit.');
  return text;
}

function rate(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('give a number of requests a second above 0.');
  return value;
}

/** `constat audit [PATH]`. */
export function auditCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('audit')
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
    .addOption(new Option('--fail-on <severity>', 'exit 1 with a finding at or above it').choices(SEVERITIES))
    .option('--allow-partial', 'exit 0 although something could not be read')
    .option('--aws', 'read the AWS account too, with the credentials that AWS’s own tools would use')
    .addOption(
      new Option(
        '--region <region>',
        'a region to read; repeatable. Default: those that the repository names',
      )
        .argParser(region)
        .default([], ''),
    )
    .option('--all-regions', 'read every region that is switched on for the account')
    .option('--profile <name>', 'profile of the AWS configuration')
    .addOption(new Option('--role <arn>', 'role to assume before reading').argParser(role))
    .addOption(new Option('--max-rate <number>', 'requests a second that are never exceeded').argParser(rate))
    .option('--no-lock', `do not keep gap ids in ${LOCK_FILE}`)
    .option('--quiet', 'no summary, no progress')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .action(async (folder: string, options: AuditOptions) => {
      const { runAudit } = await import('./run-audit.ts');
      finish(await runAudit(folder, options));
    });
}
