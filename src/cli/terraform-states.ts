import { statSync } from 'node:fs';
import path from 'node:path';
import { pathWithin } from '#collect/readers/given-file.ts';
import type { GivenState } from '#collect/repo/given-states.ts';
import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';

/**
 * The states and plans to read: those of the command line, then those that `constat.yaml` names by their path from the
 * audited folder. Whoever wrote the audited repository wrote that file too, so it leads to nothing outside the folder.
 * @throws InputError where the command line names no file, or `constat.yaml` one outside
 */
export function terraformStates(
  given: readonly string[],
  { terraformStates: configured = [] }: Config,
  root: string,
): GivenState[] {
  const asked = given.map((file): GivenState => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found || found.isDirectory())
      throw new InputError(
        `${file}: ${found ? 'a folder' : 'no such file'}; give --terraform-state a state, or what terraform show -json prints`,
      );
    return { path: path.resolve(file), shownAs: file };
  });
  const named = configured.map((file): GivenState => {
    const target = path.resolve(root, file);
    if (pathWithin(root, target) === undefined)
      throw new InputError(
        `constat.yaml: terraformStates: ${file}: outside the audited folder; give it with --terraform-state`,
      );
    return { path: target, shownAs: file };
  });
  return [...asked, ...named];
}
