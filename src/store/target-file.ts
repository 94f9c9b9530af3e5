import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import type { GivenTarget } from '#model/target.ts';
import { shown, textOf } from './configuration.ts';
import { parseYamlFile } from './yaml-file.ts';

export const TARGET_FILE = 'constat.target.yaml';

/** A path as evidence names it: from the root of the audited folder, with slashes. */
export const fromRoot = (root: string, file: string): string =>
  path.relative(root, file).split(path.sep).join('/');

/**
 * Reads the target that a team wrote: `constat.target.yaml` of a folder where it is there, else the file that
 * `constat.yaml` names.
 * @param given absolute
 * @throws InputError with `file:line:column: what, and what to do` for each thing that is wrong
 */
export async function readTarget(root: string, given?: string): Promise<GivenTarget | undefined> {
  const file = given ?? path.join(root, TARGET_FILE);
  if (!existsSync(file)) {
    if (given === undefined) return undefined;
    throw new InputError(
      `${shown(file)}: no such file; \`target\` of constat.yaml names it, \`constat init --profile devops\` writes one`,
    );
  }
  return parseTarget(textOf(file), shown(file), fromRoot(root, file));
}

/** {@link readTarget} on a text. `name` heads each message, `file` is what evidence names. */
export async function parseTarget(text: string, name: string, file: string): Promise<GivenTarget> {
  const { value, lineOf } = await parseYamlFile(
    text,
    name,
    'docs/maturity.md',
    async () => (await import('#model/target.ts')).targetSchema,
  );
  const lines = new Map<string, number>();
  for (const [domain, entry] of Object.entries(value.domains)) {
    lines.set(domain, lineOf(['domains', domain]));
    for (const question of Object.keys(entry?.questions ?? {}))
      lines.set(`${domain}/${question}`, lineOf(['domains', domain, 'questions', question]));
  }
  return { file, data: value, lines };
}
