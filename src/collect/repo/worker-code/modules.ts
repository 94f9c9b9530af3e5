import { parse } from '@babel/parser';
import type { File, Node } from '@babel/types';
import type { FileEvidence } from '#model/evidence.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { Tree } from '../../readers/tree.ts';
import type { Specifiers } from './specifiers.ts';
import { walk } from './walk.ts';

/** One module of a Worker, parsed. */
export interface Module {
  file: string;
  text: string;
  ast: File;
  /** What it imports from elsewhere, as written: `hono`, `cloudflare:workers`. */
  packages: { name: string; line: number }[];
  /** What it imports from the repository: the file of each, by the name as written. */
  imports: Map<string, string>;
  at(node: Node): FileEvidence;
}

export interface ModuleGraph {
  modules: Module[];
  blindSpots: WorkerCode['blindSpots'];
}

const LARGEST = 1_000_000;
const MOST = 400;

/** Frameworks that route requests, set headers or check tokens by themselves. */
export const FRAMEWORK =
  /^(?:hono|itty-router|itty-router-openapi|chanfana|worktop|sunder|@tsndr\/cloudflare-worker-router|elysia|@remix-run\/|react-router|@react-router\/|@sveltejs\/|astro|@astrojs\/|next|@opennextjs\/|@cloudflare\/next-on-pages|nuxt|nitropack|nitro|@solidjs\/|@tanstack\/|vike|@trpc\/server|graphql-yoga|h3|express|fastify|polka|@cloudflare\/(?:workers-oauth-provider|containers|sandbox)|agents|toucan-js)/;

/** Packages that exist to set headers; those that are known are told by the headers they set. */
const SETS_HEADERS =
  /^(?!hono\/secure-headers$|helmet$).*(?:secure|security)[-_]?headers|^helmet-|^(?:nosecone|@nosecone\/)/;

/** Every module that an entry reaches in the repository, the entries first. What cannot be followed is told. */
export function moduleGraph(tree: Tree, entries: readonly string[], specifiers: Specifiers): ModuleGraph {
  const graph: ModuleGraph = { modules: [], blindSpots: [] };
  const queue = [...entries];
  const seen = new Set(queue);
  for (const file of queue) {
    const first: FileEvidence = { source: 'repo', file, line: 1 };
    if (graph.modules.length >= MOST) {
      graph.blindSpots.push({ what: 'module-unreadable', at: first });
      break;
    }
    const module = moduleOf(tree, file);
    if (!module) {
      graph.blindSpots.push({ what: 'module-unreadable', at: first });
      continue;
    }
    graph.modules.push(module);
    for (const { name, line } of importsOf(module)) {
      const at: FileEvidence = { source: 'repo', file, line };
      const target = name === undefined ? undefined : specifiers.resolve(name, file);
      if (name === undefined || target === undefined || target.is === 'missing')
        graph.blindSpots.push({ what: 'module-not-found', at });
      else if (target.is === 'external' || target.is === 'platform') {
        module.packages.push({ name, line });
        if (target.is === 'external' && !target.isListed)
          graph.blindSpots.push({ what: 'module-not-found', at });
        if (FRAMEWORK.test(name) || SETS_HEADERS.test(name))
          graph.blindSpots.push({ what: 'framework', at, name });
      } else if (target.is === 'file') {
        module.imports.set(name, target.file);
        if (!seen.has(target.file)) queue.push(target.file);
        seen.add(target.file);
      }
    }
  }
  return graph;
}

function moduleOf(tree: Tree, file: string): Module | undefined {
  const text = tree.read(file);
  if (text === undefined || text.length > LARGEST) return undefined;
  try {
    const ast = parse(text, {
      sourceType: 'module',
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      plugins: [
        ...(/\.[cm]?tsx?$/.test(file) ? (['typescript'] as const) : []),
        ...(/\.[cm]?ts$/.test(file) ? [] : (['jsx'] as const)),
        'decorators',
        'importAttributes',
      ],
    });
    return {
      file,
      text,
      ast,
      packages: [],
      imports: new Map(),
      at: (node) => ({ source: 'repo', file, line: node.loc?.start.line ?? 1 }),
    };
  } catch {
    // no program, or one that is nested deeper than the parser follows
    return undefined;
  }
}

/**
 * What a module imports when it runs, each once. `name` undefined: a path that only the run knows. What is imported for
 * its types alone is nothing of the run.
 */
function importsOf({ ast }: Module): { name?: string; line: number }[] {
  const found = new Map<string, number>();
  const computed: { line: number }[] = [];
  const note = (name: string, node: Node) => {
    if (!found.has(name)) found.set(name, node.loc?.start.line ?? 1);
  };
  walk(ast.program, (node) => {
    if (node.type === 'ImportDeclaration') {
      const isForTypes =
        node.importKind === 'type' ||
        (node.specifiers.length > 0 &&
          node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type'));
      if (!isForTypes) note(node.source.value, node);
    } else if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
      if (node.source && node.exportKind !== 'type') note(node.source.value, node);
    } else if (node.type === 'CallExpression') {
      const { callee } = node;
      const isRequired = callee.type === 'Identifier' && callee.name === 'require';
      if (callee.type !== 'Import' && !isRequired) return;
      const [first] = node.arguments;
      if (first?.type === 'StringLiteral') note(first.value, node);
      else if (callee.type === 'Import') computed.push({ line: node.loc?.start.line ?? 1 });
    }
  });
  return [...[...found].map(([name, line]) => ({ name, line })), ...computed];
}
