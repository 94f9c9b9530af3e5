import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { hostAddress } from '#collect/readers/host/address.ts';
import type { HostRequest } from '#collect/readers/host/open-host.ts';
import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';

/** How the command line says that hosts are read, and how. */
export interface HostOptions {
  host?: string[];
  sshConfig?: string;
  sudo?: boolean;
}

/** Adds the options of hosts to a command. */
export const withHostOptions = (command: Command): Command =>
  command
    .option(
      '--host <address>',
      'read a host too: local, or ssh://user@host (names of your ssh configuration do); repeatable',
      (address: string, given: string[] = []) => [...given, address],
    )
    .option('--ssh-config <file>', 'the file that ssh reads instead of ~/.ssh/config')
    .option('--sudo', 'use sudo -n on hosts for what root alone may read');

/** The words of `--host` and of `hosts:` that come without a scheme: `deploy@web-1`. */
const withScheme = (address: string): string =>
  address === 'local' || address.includes('://') ? address : `ssh://${address}`;

/**
 * The hosts that the command line asks for, with what `constat.yaml` says of them. Without `--host` none is read: a host that
 * a file names is asked for by nobody.
 * @throws InputError for an address that is none, or a configuration of ssh that is not there
 */
export function hostRequests(
  options: HostOptions,
  { hosts = [] }: Config,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): HostRequest[] {
  const { sshConfig, sudo } = options;
  if (sshConfig !== undefined && !(existsSync(sshConfig) && statSync(sshConfig).isFile()))
    throw new InputError(`${sshConfig}: no such file; give the file of --ssh-config`);
  if (!options.host && (sshConfig !== undefined || sudo))
    throw new InputError(`${sudo ? '--sudo' : '--ssh-config'} is for hosts: give one with --host`);
  return [...new Set((options.host ?? []).flatMap((asked) => namesOf(asked, hosts)))].map((asked) => {
    const known = hosts.find(
      ({ name, address }) => name === asked || withScheme(address) === withScheme(asked),
    );
    const address = withScheme(known?.address ?? asked);
    const meant = hostAddress(address);
    if (!('to' in meant)) throw new InputError(`--host ${asked}: ${meant.en.replaceAll('`', '')}`);
    const config = sshConfig ?? known?.sshConfig;
    return {
      address,
      ...(known?.name !== undefined && { name: known.name }),
      ...(config !== undefined && { sshConfig: path.resolve(config) }),
      ...((sudo || known?.sudo) && { sudo: true }),
      environment,
    };
  });
}

/** `all` is every host of `constat.yaml`. */
const namesOf = (asked: string, hosts: NonNullable<Config['hosts']>): string[] =>
  asked === 'all' && hosts.length > 0 ? hosts.map(({ name, address }) => name ?? address) : [asked];
