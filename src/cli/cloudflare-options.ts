import type { Command } from 'commander';
import type { CloudflareRequest } from '#collect/cloudflare/collect-cloudflare.ts';
import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';

/** How the command line says that Cloudflare is read, and how. */
export interface CloudflareOptions {
  cloudflare?: boolean;
  maxRate?: number;
}

/** Adds the option of Cloudflare to a command. */
export const withCloudflareOptions = (command: Command): Command =>
  command.option(
    '--cloudflare',
    'read the Cloudflare account too, with CLOUDFLARE_API_TOKEN (and CLOUDFLARE_ACCOUNT_ID)',
  );

/**
 * What the command line and the environment say, before what `constat.yaml` says; undefined when Cloudflare is not asked
 * for. The token is taken from the environment by what reads.
 * @throws InputError when the environment leads to no address, or its account has not the form of one
 */
export function cloudflareRequest(
  options: CloudflareOptions,
  { cloudflare = {} }: Config,
  environment: Readonly<Record<string, string | undefined>>,
): CloudflareRequest | undefined {
  if (!options.cloudflare) return undefined;
  const base = environment.CLOUDFLARE_API_BASE_URL ?? '';
  if (base !== '' && !isHttp(base))
    throw new InputError(
      'CLOUDFLARE_API_BASE_URL: not an address; give one such as https://api.cloudflare.com/client/v4, or unset it',
    );
  const account = environment.CLOUDFLARE_ACCOUNT_ID?.trim() || cloudflare.account;
  if (account !== undefined && !/^[0-9a-f]{32}$/.test(account))
    throw new InputError(
      'CLOUDFLARE_ACCOUNT_ID: not the id of an account; it has 32 hexadecimal digits (npx wrangler whoami shows it)',
    );
  const maxRate = options.maxRate ?? cloudflare.maxRate;
  return {
    environment,
    ...(account !== undefined && { account }),
    ...(cloudflare.zones && { zones: cloudflare.zones }),
    ...(maxRate !== undefined && { maxRate }),
  };
}

const isHttp = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
