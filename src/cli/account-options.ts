import { type Command, Option } from 'commander';
import { LANGUAGES, type Language } from '#model/text.ts';
import { rate, role } from './aws-options.ts';

/** Where the plan of a command is, when nothing else is said. */
export const DEFAULT_REPORT = 'constat-report/report.json';

/** How the command line says with which credentials an account is opened, and how what is said is said. */
export interface AccountOptions {
  profile?: string;
  role?: string;
  maxRate?: number;
  lang?: Language;
}

/** Adds the options of a command that opens an account to change or to prove something. */
export const withAccount = (command: Command): Command =>
  command
    .option('--profile <name>', 'profile of the AWS configuration')
    .addOption(new Option('--role <arn>', 'role to assume first').argParser(role))
    .addOption(new Option('--max-rate <number>', 'requests a second that are never exceeded').argParser(rate))
    .addOption(new Option('--lang <language>', 'language of what is said').choices(LANGUAGES));
