import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';
import { PROFILES, type Profile } from '#model/maturity.ts';
import { reportOf } from '#report/json.ts';
import { CONFIGURATION_FILE } from '#store/configuration.ts';
import { fromRoot, readTarget } from '#store/target-file.ts';
import type { YamlFile } from '#store/yaml-file.ts';
import type { ProfileRequest } from '../audit-options.ts';
import type { AuditOptions } from './audit-command.ts';
import type { AwsOptions } from './aws-options.ts';

/** Where AWS's own tools keep profiles. AWS SDKs and Tools Reference Guide, “Location of the shared config and credentials files”. */
const awsFiles = (environment: NodeJS.ProcessEnv): string[] => [
  environment.AWS_CONFIG_FILE || path.join(homedir(), '.aws/config'),
  environment.AWS_SHARED_CREDENTIALS_FILE || path.join(homedir(), '.aws/credentials'),
];

/** An account must not be read in the place of another because its profile is called like one of questions. */
function isAwsProfile(name: string, environment: NodeJS.ProcessEnv): boolean {
  return awsFiles(environment).some((file) => {
    try {
      return readFileSync(file, 'utf8')
        .split('\n')
        .some((line) => [`[profile ${name}]`, `[${name}]`].includes(line.trim().replace(/\s+/g, ' ')));
    } catch {
      return false;
    }
  });
}

const isProfile = (name: string): name is Profile => PROFILES.some((profile) => profile === name);

/**
 * `--profile` names domains of questions, or a profile of the AWS configuration, as `--aws-profile` always does.
 * @throws InputError where two profiles of the AWS configuration are given, a name is neither, or it could be both
 */
export function profilesOf(
  options: AuditOptions,
  { aws = {} }: Config,
  environment: NodeJS.ProcessEnv = process.env,
): { asked?: Profile; aws: AwsOptions } {
  const { profile: given = [], awsProfile, ...rest } = options;
  const asked = given.find(isProfile);
  const others = [
    ...given.filter((name) => !isProfile(name)),
    ...(awsProfile === undefined ? [] : [awsProfile]),
  ];
  if (others.length > 1)
    throw new InputError(`${others.join(', ')}: an account is read with one profile; give one of them`);
  const [profile] = others;
  if (profile !== undefined && !options.aws)
    throw new InputError(
      `--profile ${profile}: no such profile of questions; known: ${PROFILES.join(', ')}. A profile of the AWS configuration says how an account is read: give --aws too`,
    );
  if (
    asked &&
    options.aws &&
    (profile ?? aws.profile ?? (environment.AWS_PROFILE || undefined)) === undefined
  )
    if (isAwsProfile(asked, environment))
      throw new InputError(
        `--profile ${asked}: the AWS configuration has a profile of this name too; say which one the account is read with: --aws-profile ${asked}, or --aws-profile default`,
      );
  return { ...(asked && { asked }), aws: { ...rest, ...(profile !== undefined && { profile }) } };
}

/**
 * What the command line asks, else `constat.yaml`; undefined where neither asks for a profile.
 * @param file the configuration that was given; undefined: the one of the folder
 * @throws InputError where the target cannot be used
 */
export async function profileRequest(
  asked: Profile | undefined,
  { value: config, lineOf }: YamlFile<Config>,
  root: string,
  file?: string,
): Promise<ProfileRequest | undefined> {
  const name = asked ?? config.profile;
  if (name === undefined) return undefined;
  const configuration = path.resolve(file ?? path.join(root, CONFIGURATION_FILE));
  const target = await readTarget(
    root,
    config.target === undefined ? undefined : path.resolve(path.dirname(configuration), config.target),
  );
  return {
    name,
    ...(target && { target }),
    answers: {
      file: fromRoot(root, configuration),
      lines: new Map(Object.keys(config.answers ?? {}).map((id) => [id, lineOf(['answers', id])])),
    },
    reportOf,
  };
}
