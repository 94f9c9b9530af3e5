import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';
import { parseYamlFile, type YamlFile } from './yaml-file.ts';

export const CONFIGURATION_FILE = 'constat.yaml';

/** A short relative path for messages. */
export const shown = (file: string) => path.relative(process.cwd(), file) || file;

/**
 * Reads `constat.yaml` of a folder, or the file given.
 * @throws InputError with `file:line:column: what, and what to do` for each thing that is wrong.
 */
export async function readConfiguration(root: string, file?: string): Promise<Config> {
  return (await openConfiguration(root, file)).value;
}

/** {@link readConfiguration}, with the lines of what stands in it. */
export async function openConfiguration(root: string, file?: string): Promise<YamlFile<Config>> {
  const target = file ?? path.join(root, CONFIGURATION_FILE);
  if (!existsSync(target)) {
    if (file !== undefined) throw new InputError(`${file}: no such file; give the path of a constat.yaml`);
    return { value: {}, lineOf: () => 1 };
  }
  return parsed(textOf(target), shown(target));
}

/** @throws InputError where it cannot be read */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new InputError(`${shown(file)}: cannot be read; check its permissions`);
  }
}

/** {@link readConfiguration} on a text. `name` heads each message. */
export const parseConfiguration = async (text: string, name: string): Promise<Config> =>
  (await parsed(text, name)).value;

const parsed = (text: string, name: string): Promise<YamlFile<Config>> =>
  parseYamlFile(
    text,
    name,
    'docs/configuration.md',
    async () => (await import('#model/config.ts')).configSchema,
  );
