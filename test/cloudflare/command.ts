import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { run } from '#cli/run.ts';
import type { Report } from '#model/report.ts';
import type { CloudflareApi } from './api.ts';

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Variables by which a command finds an account of Cloudflare. */
const VARIABLES = [
  'CLOUDFLARE_API_BASE_URL',
  'CLOUDFLARE_API_TOKEN',
  'CLOUDFLARE_API_KEY',
  'CLOUDFLARE_EMAIL',
  'CLOUDFLARE_ACCOUNT_ID',
];

/** What the environment says to a command that reads this API. */
export const accessTo = (api: CloudflareApi): Record<string, string> => ({
  CLOUDFLARE_API_BASE_URL: api.url,
  CLOUDFLARE_API_TOKEN: api.token,
});

/** Runs the command line in this process with these variables, and no others of Cloudflare's. */
export async function constat(
  environment: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<Ended> {
  const ended: Ended = { code: 0, out: '', err: '' };
  for (const name of new Set([...VARIABLES, ...Object.keys(environment)]))
    vi.stubEnv(name, environment[name]);
  const taken = (stream: NodeJS.WriteStream, name: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      ended[name] += String(text);
      return true;
    });
  // each run listens to it, and none of them ends with a process here
  process.stdout.setMaxListeners(0);
  const spies = [taken(process.stdout, 'out'), taken(process.stderr, 'err')];
  try {
    ended.code = await run(['node', 'constat', ...args]);
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
  return ended;
}

/** An audit of a folder with its account, in English; its report is in `out` beneath the folder. */
export const audited = (environment: Readonly<Record<string, string>>, root: string, ...args: string[]) =>
  constat(
    environment,
    ...['audit', root, '--cloudflare', '--no-lock', '--lang', 'en', '--out', path.join(root, 'out')],
    ...args,
  );

export const reportIn = (root: string): Report =>
  JSON.parse(readFileSync(path.join(root, 'out/report.json'), 'utf8'));

/** Every file of a report, as text. */
export const filesIn = (root: string): string[] =>
  readdirSync(path.join(root, 'out'), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(path.join(one.parentPath, one.name), 'utf8'));
