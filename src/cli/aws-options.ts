import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AwsRequest } from '#collect/aws/collect-aws.ts';
import { AWS_REGION } from '#lib/aws-region.ts';
import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';

/** How the command line says which AWS account is read, and how. */
export interface AwsOptions {
  aws?: boolean;
  region?: string[];
  allRegions?: boolean;
  profile?: string;
  role?: string;
  maxRate?: number;
}

function region(text: string, given: string[] = []): string[] {
  if (!AWS_REGION.test(text)) throw new InvalidArgumentError('give a region, such as eu-west-3.');
  return [...given, text];
}

export function role(text: string): string {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+/.test(text))
    throw new InvalidArgumentError('give the ARN of a role, such as arn:aws:iam::123456789012:role/audit.');
  return text;
}

export function rate(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('give a number of requests a second above 0.');
  return value;
}

/** Adds the options of an account to a command; `audit` has another use for `--profile` too. */
export const withAwsOptions = (
  command: Command,
  profile = new Option('--profile <name>', 'profile of the AWS configuration'),
): Command =>
  command
    .option('--aws', 'read the AWS account too, with the credentials that AWS’s own tools would use')
    .addOption(
      new Option(
        '--region <region>',
        'a region to read; repeatable. Default: those that the repository names',
      ).argParser(region),
    )
    .option('--all-regions', 'read every region that is switched on for the account')
    .addOption(profile)
    .addOption(new Option('--role <arn>', 'role to assume before reading').argParser(role))
    .addOption(
      new Option('--max-rate <number>', 'requests a second that are never exceeded').argParser(rate),
    );

/** The options that mean nothing without `--aws`, as the command line has them. */
const given = ({ region = [], allRegions, profile, role, maxRate }: AwsOptions): string[] =>
  Object.entries({
    '--region': region.length > 0,
    '--all-regions': allRegions,
    '--profile': profile !== undefined,
    '--role': role !== undefined,
    '--max-rate': maxRate !== undefined,
  }).flatMap(([name, isGiven]) => (isGiven ? [name] : []));

/** Where the environment leads requests must be an address: the SDK would name neither the variable nor its value. */
function checkEndpoints(environment: NodeJS.ProcessEnv): void {
  for (const [name, value = ''] of Object.entries(environment))
    if (/^AWS_ENDPOINT_URL(?:_\w+)?$/.test(name) && value !== '' && !URL.canParse(value))
      throw new InputError(`${name}: not an address; give one such as http://localhost:4566, or unset it`);
}

/**
 * What the command line says, before what `constat.yaml` says; undefined when no account is asked for.
 * @throws InputError when an option needs `--aws`, or the environment leads to no address
 */
export function awsRequest(options: AwsOptions, { aws = {} }: Config): AwsRequest | undefined {
  const [first] = given(options);
  if (!options.aws && first !== undefined)
    throw new InputError(`${first} says how an AWS account is read: give --aws too`);
  if (!options.aws) return undefined;
  checkEndpoints(process.env);
  const {
    region: regions = [],
    profile = aws.profile,
    role: asked = aws.role,
    maxRate = aws.maxRate,
    allRegions,
  } = options;
  return {
    regions: regions.length > 0 ? regions : (aws.regions ?? []),
    ...(allRegions && { allRegions }),
    ...(profile !== undefined && { profile }),
    ...(asked !== undefined && { role: asked }),
    ...(maxRate !== undefined && { maxRate }),
  };
}
