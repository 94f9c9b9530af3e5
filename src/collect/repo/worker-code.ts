import type { Artifacts } from '#model/artifacts.ts';
import type { Unread } from '#model/coverage.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { Tree } from '../readers/tree.ts';
import { analysisOf } from './worker-code/analysis.ts';
import { answersOf } from './worker-code/answers.ts';
import { workerEntries } from './worker-code/entries.ts';
import { environmentOf } from './worker-code/environment.ts';
import { handlersOf } from './worker-code/handlers.ts';
import { moduleGraph } from './worker-code/modules.ts';
import { Specifiers } from './worker-code/specifiers.ts';
import { tokensOf } from './worker-code/tokens.ts';
import { webhooksOf } from './worker-code/webhooks.ts';

/** Code of Workers that is read; the entries of a repository with more are the first of its configurations. */
const MOST = 100;

/** What the code of each Worker says, and of the functions of each Pages project. Parsed, never run. */
export function workersOf(tree: Tree, artifacts: Pick<Artifacts, 'wranglerConfigs'>): WorkerCode[] {
  const specifiers = new Specifiers(tree);
  return workerEntries(tree, artifacts)
    .slice(0, MOST)
    .map(({ config, entry, modules, at }): WorkerCode => {
      const graph = moduleGraph(tree, modules, specifiers);
      // it is built, of a package, or in another language
      if (modules.length === 0) graph.blindSpots.push({ what: 'module-not-found', at });
      const { reads } = environmentOf(graph);
      const isFound = !graph.blindSpots.some(({ what }) => /^module-/.test(what));
      const analysis = analysisOf(graph.modules);
      return {
        ...(config !== undefined && { config }),
        entry,
        files: graph.modules.map(({ file }) => file),
        reads,
        ...handlersOf(graph.modules, modules),
        ...answersOf(graph.modules),
        ...tokensOf(analysis, isFound),
        webhooks: webhooksOf(analysis, isFound),
        blindSpots: graph.blindSpots,
      };
    });
}

/** Modules of Workers that could not be read or parsed. */
export const unreadOf = (workers: readonly WorkerCode[]): Unread[] => {
  const files = workers.flatMap(({ blindSpots }) =>
    blindSpots.flatMap(({ what, at }) => (what === 'module-unreadable' ? [at.file] : [])),
  );
  return [...new Set(files)].map((file) => ({
    file,
    why: {
      fr: 'code d’un Worker\u00a0: illisible ou trop profondément imbriqué',
      en: 'code of a Worker: not readable, or nested too deeply',
    },
    asked: true,
  }));
};
