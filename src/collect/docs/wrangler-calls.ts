import path from 'node:path';
import type { Tree } from '../readers/tree.ts';
import { lastValue } from '../rehearse/tools/options.ts';
import type { ParsedCall, Tool } from '../rehearse/tools/tool.ts';
import { configuredIn, placesOf } from '../rehearse/tools/wrangler-config.ts';

type ToolFor = (name: string, folder: string) => Tool | undefined;

const NAMED = /(?:^|\/)wrangler\.(?:toml|jsonc?)$/;
const OF_SCRIPT =
  /^(?:(?:versions )?secret \w+|deploy|rollback|tail|delete|versions \w+|deployments \w+|triggers deploy)$/;

/**
 * Tools that read a page's commands: those of Wrangler with the script that they leave to the configuration, which is the
 * nearest one from where the commands are given, from the page upwards, or the only one of the repository.
 */
export function withConfiguredScripts(
  toolFor: (name: string) => Tool | undefined,
  page: string,
  tree: Tree,
): ToolFor {
  return (name, folder) => {
    const tool = toolFor(name);
    if (tool?.names[0] !== 'wrangler') return tool;
    return { ...tool, named: (call) => tool.named(withScript(call, page, folder, tree)) };
  };
}

function withScript(call: ParsedCall, page: string, folder: string, tree: Tree): ParsedCall {
  if (!OF_SCRIPT.test(call.operation) || lastValue(call, 'name') !== undefined) return call;
  const file = fileFor(lastValue(call, 'c', 'config'), page, folder, tree);
  const text = file === undefined ? undefined : tree.read(file);
  const config =
    file === undefined || text === undefined
      ? undefined
      : configuredIn(file, text, lastValue(call, 'e', 'env'));
  if (!config?.script || config.isPages) return call;
  return { ...call, options: { ...call.options, script: config.script } };
}

function fileFor(
  given: string | undefined,
  page: string,
  folder: string,
  { paths, files }: Tree,
): string | undefined {
  // a guide is followed from the root of the repository, or from its own folder
  const starts = folder === '' ? [] : [folder, path.posix.join(path.posix.dirname(page), folder)];
  const near = [...starts, path.posix.dirname(page)]
    .flatMap((start) => placesOf(given, start))
    .map((place) => path.posix.normalize(place))
    .find((place) => paths.has(place));
  if (near !== undefined || given !== undefined) return near;
  const all = files.map((file) => file.path).filter((file) => NAMED.test(file));
  return all.length === 1 ? all[0] : undefined;
}
