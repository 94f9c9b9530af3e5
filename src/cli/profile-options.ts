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

const isProfile = (name: string): name is Profile => PROFILES.some((profile) => profile === name);

/**
 * `--profile` names domains of questions, or a profile of the AWS configuration, as `--aws-profile` always does.
 * @throws InputError where two profiles of the AWS configuration are given, or a name is neither
 */
export function profilesOf(options: AuditOptions): { asked?: Profile; aws: AwsOptions } {
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
