import path from 'node:path';
import type { WranglerBinding } from '#model/wrangler.ts';
import { readEnvironments } from '../../repo/wrangler/environments.ts';
import { readPlaced } from '../../repo/wrangler/placed.ts';

/** In this order Wrangler looks for its configuration, in each folder from the current one upwards. */
export const CONFIG_NAMES = ['wrangler.json', 'wrangler.jsonc', 'wrangler.toml'] as const;
const MOST_FOLDERS = 6;
const LONGEST = 500_000;

/** What a call takes from the configuration. */
export interface Configured {
  /** The script, or the project of Pages, as it is deployed; undefined where the configuration names none. */
  script?: string;
  isPages: boolean;
  bindings: readonly WranglerBinding[];
}

/** The configuration that a call in this folder would find: the file that it names, else the nearest. */
export async function configured(
  readFile: (file: string) => Promise<string | undefined>,
  { file, folder = '', environment }: { file?: string; folder?: string; environment?: string },
): Promise<Configured | undefined> {
  for (const place of placesOf(file, folder)) {
    const text = await readFile(place);
    if (text !== undefined) return configuredIn(place, text, environment);
  }
  return undefined;
}

/** Where Wrangler looks, in this order. */
export const placesOf = (file: string | undefined, folder: string): string[] =>
  file === undefined
    ? CONFIG_NAMES.flatMap((name) =>
        Array.from({ length: MOST_FOLDERS }, (_, up) => path.posix.join(folder, '../'.repeat(up), name)),
      )
    : [path.posix.isAbsolute(file) ? file : path.posix.join(folder, file)];

/** What a call takes from this configuration; undefined where it cannot be read. */
export function configuredIn(file: string, text: string, given: string | undefined): Configured | undefined {
  // `--env=` says the top level out loud
  const environment = given === '' ? undefined : given;
  if (text.length > LONGEST) return undefined;
  const source = readPlaced(file, text);
  if ('error' in source) return undefined;
  const all = readEnvironments(source.top);
  const one = all.find(({ environment: { name } }) => name === environment);
  const isPages = source.top.get('pages_build_output_dir').exists;
  const base = all[0]?.environment;
  if (!base) return undefined;
  // an environment that the file does not state has the top level's bindings and a name of its own
  const { script, bindings } = one?.environment ?? base;
  const name = one || isPages || script.name === '' ? script.name : `${script.name}-${environment}`;
  return { ...(name !== '' && { script: name }), isPages, bindings };
}
