import type { ValuesFile } from './configuration.ts';
import type { Expression } from './hcl/nodes.ts';
import { attributeOf, type ModuleConfig } from './module-config.ts';
import { folderOf, joinPath } from './paths.ts';

/** A `terragrunt.hcl` that applies a module of the repository. */
export interface Unit {
  path: string;
  config: ModuleConfig;
  inputs: ReadonlyMap<string, Expression>;
}

/**
 * The modules that Terragrunt applies, each with the inputs that its own file writes out. What included files and
 * dependencies give is not worked out. Terragrunt documentation, “Units”, “terraform” and “inputs”.
 */
export function unitsOf(files: readonly ValuesFile[], modules: ReadonlyMap<string, ModuleConfig>): Unit[] {
  return files.flatMap(({ reading, body }): Unit[] => {
    const block = body.blocks.find(({ type }) => type === 'terraform')?.body;
    const source = block && attributeOf(block, 'source')?.value;
    const folder = source && folderNamed(source, folderOf(reading.path));
    const config = folder === undefined ? undefined : modules.get(folder);
    if (!config) return [];
    const written = attributeOf(body, 'inputs')?.value;
    const entries = written?.type === 'object' ? written.entries : [];
    const inputs = new Map(
      entries.flatMap(({ key, value }): [string, Expression][] =>
        key.type === 'literal' ? [[String(key.value), value]] : [],
      ),
    );
    return [{ path: reading.path, config, inputs }];
  });
}

/** `../../modules//api`, the same below `get_repo_root()`, and whichever of a choice is a folder. Bounded. */
function folderNamed(source: Expression, from: string, depth = 0): string | undefined {
  if (depth > 8) return undefined;
  if (source.type === 'literal' && typeof source.value === 'string')
    return /^\.\.?\//.test(source.value) ? joinPath(from, source.value) : undefined;
  if (source.type === 'conditional')
    return folderNamed(source.yes, from, depth + 1) ?? folderNamed(source.no, from, depth + 1);
  if (source.type !== 'template') return undefined;
  const [root, rest, ...more] = source.parts;
  if (typeof root !== 'object' || root.type !== 'value') return undefined;
  if (rest === undefined) return folderNamed(root.value, from, depth + 1);
  const isRoot = root.value.type === 'call' && root.value.name === 'get_repo_root';
  return isRoot && typeof rest === 'string' && more.length === 0 ? joinPath('', rest) : undefined;
}
