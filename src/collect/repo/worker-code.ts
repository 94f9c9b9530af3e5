import type { Artifacts } from '#model/artifacts.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { Tree } from '../readers/tree.ts';
import { answersOf } from './worker-code/answers.ts';
import { environmentOf } from './worker-code/environment.ts';
import { handlersOf } from './worker-code/handlers.ts';
import { moduleGraph } from './worker-code/modules.ts';
import { tokensOf } from './worker-code/tokens.ts';
import { webhooksOf } from './worker-code/webhooks.ts';

/** Code of Workers that is read; the entries of a repository with more are the first by path. */
const MOST = 100;
const PAGES_FUNCTION = /^(.*\/)?functions\/.+\.[cm]?[jt]sx?$/;
const TEST = /(?:^|[./_-])(?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)__tests__\//;

interface Entry {
  config?: string;
  entries: string[];
}

/** What the code of each Worker that a configuration of Wrangler deploys says. Parsed, never run. */
export function workersOf(tree: Tree, { wranglerConfigs }: Pick<Artifacts, 'wranglerConfigs'>): WorkerCode[] {
  const packages = workspaces(tree);
  return entriesOf(tree, wranglerConfigs)
    .slice(0, MOST)
    .flatMap(({ config, entries }): WorkerCode[] => {
      const graph = moduleGraph(tree, entries, packages);
      const [entry] = entries;
      if (entry === undefined || graph.modules.length === 0) return [];
      const { reads } = environmentOf(graph);
      const isWhole = !graph.blindSpots.some(({ what }) => what !== 'environment-passed-on');
      return [
        {
          ...(config !== undefined && { config }),
          entry,
          files: graph.modules.map(({ file }) => file),
          reads,
          ...handlersOf(graph.modules, entries),
          ...answersOf(graph.modules),
          ...tokensOf(graph.modules, isWhole),
          webhooks: webhooksOf(graph.modules, isWhole),
          blindSpots: graph.blindSpots,
        },
      ];
    });
}

/** The modules that configurations deploy, each once, and the functions of Pages beside those that have any. */
function entriesOf(tree: Tree, configs: Artifacts['wranglerConfigs']): Entry[] {
  const seen = new Set<string>();
  return configs.flatMap(({ file, main, isPages }): Entry[] => {
    if (main?.exists && !seen.has(main.path)) {
      seen.add(main.path);
      return [{ config: file, entries: [main.path] }];
    }
    if (!isPages) return [];
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const functions = [...tree.paths].filter(
      (path) => PAGES_FUNCTION.exec(path)?.[1] === (folder || undefined) && !TEST.test(path),
    );
    return functions.length > 0 ? [{ config: file, entries: functions.sort() }] : [];
  });
}

/** Packages of the repository itself, by name: the folder of each. */
function workspaces(tree: Tree): ReadonlyMap<string, string> {
  const manifests = [...tree.paths].filter(
    (path) => /(?:^|\/)package\.json$/.test(path) && !/node_modules\//.test(path),
  );
  const named = manifests.slice(0, 500).flatMap((path): [string, string][] => {
    const name = /"name"\s*:\s*"((?:@[\w.-]+\/)?[\w.-]+)"/.exec(tree.read(path) ?? '')?.[1];
    return name === undefined ? [] : [[name, path.slice(0, Math.max(0, path.lastIndexOf('/')))]];
  });
  return new Map(named.filter(([, folder]) => folder !== ''));
}
