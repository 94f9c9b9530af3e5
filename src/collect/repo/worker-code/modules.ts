import { parse } from '@babel/parser';
import type { File, Node } from '@babel/types';
import type { FileEvidence } from '#model/evidence.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { Tree } from '../../readers/tree.ts';

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
const SCRIPT = /\.[cm]?[jt]sx?$/;
const ENDINGS = ['.ts', '.tsx', '.js', '.mjs', '.jsx', '.mts', '.cjs'];

/** Frameworks that route requests, set headers or check tokens by themselves. */
export const FRAMEWORK =
  /^(?:hono|itty-router|itty-router-openapi|chanfana|worktop|sunder|@tsndr\/cloudflare-worker-router|elysia|@remix-run\/|react-router|@react-router\/|@sveltejs\/|astro|@astrojs\/|next|@opennextjs\/|@cloudflare\/next-on-pages|nuxt|nitropack|nitro|@solidjs\/|@tanstack\/|vike|@trpc\/server|graphql-yoga|h3|express|fastify|polka|@cloudflare\/(?:workers-oauth-provider|containers|sandbox)|agents|toucan-js)/;

/** Packages that exist to set headers; those that are known are told by the headers they set. */
const SETS_HEADERS =
  /^(?!hono\/secure-headers$|helmet$).*(?:secure|security)[-_]?headers|^helmet-|^(?:nosecone|@nosecone\/)/;

/** Every module that an entry reaches in the repository, the entries first. What cannot be followed is told. */
export function moduleGraph(
  tree: Tree,
  entries: readonly string[],
  packages: ReadonlyMap<string, string>,
): ModuleGraph {
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
      const target = resolved(tree, file, name, packages);
      if (target === 'package') {
        module.packages.push({ name, line });
        if (FRAMEWORK.test(name) || SETS_HEADERS.test(name))
          graph.blindSpots.push({ what: 'framework', at, name });
      } else if (target === undefined) graph.blindSpots.push({ what: 'module-not-found', at });
      else if (target !== 'asset') {
        module.imports.set(name, target);
        if (!seen.has(target)) queue.push(target);
        seen.add(target);
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

/** What a module imports, statically or by a literal name, each once. */
function importsOf({ ast, text }: Module): { name: string; line: number }[] {
  const found = new Map<string, number>();
  for (const node of ast.program.body) {
    const isTyped = 'importKind' in node && node.importKind === 'type';
    if ('source' in node && node.source && !isTyped) found.set(node.source.value, node.loc?.start.line ?? 1);
  }
  // the others stand anywhere: a search over the text is enough to follow them
  for (const match of text.matchAll(/\b(?:import|require)\(\s*(['"])([^'"\n]{1,300})\1\s*\)/g)) {
    const name = match[2] ?? '';
    if (!found.has(name)) found.set(name, text.slice(0, match.index).split('\n').length);
  }
  return [...found].map(([name, line]) => ({ name, line }));
}

/** The file that an import leads to; `package` for one of elsewhere, `asset` for what is no code. */
function resolved(
  tree: Tree,
  from: string,
  name: string,
  packages: ReadonlyMap<string, string>,
): string | 'package' | 'asset' | undefined {
  if (!name.startsWith('.') && !name.startsWith('/')) {
    const [, scope = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(name) ?? [];
    const folder = packages.get(scope);
    if (folder === undefined)
      return /^[@~]\//.test(name) || name.startsWith('#') ? aliased(tree, from, name) : 'package';
    return (
      fileAt(tree, rest === '' ? `${folder}/src/index` : `${folder}/${rest}`) ??
      fileAt(tree, `${folder}/src/${rest}`) ??
      fileAt(tree, `${folder}/index`)
    );
  }
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  const path = normalised(name.startsWith('/') ? name.slice(1) : folder + name);
  if (path === undefined) return undefined;
  const own = fileAt(tree, path);
  if (own !== undefined) return SCRIPT.test(own) ? own : 'asset';
  // built, or generated when it is deployed
  return /\.(?:json|html|css|txt|wasm|sql|md|svg|png|bin)(?:\?.*)?$/.test(path) ? 'asset' : undefined;
}

/** `@/lib/x` and `~/lib/x`: most configurations of TypeScript lead them to `src`. */
function aliased(tree: Tree, from: string, name: string): string | 'package' | undefined {
  const rest = name.replace(/^[@~#]\/?/, '');
  const parts = from.split('/').slice(0, -1);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const base = parts.slice(0, depth).join('/');
    const at = base === '' ? '' : `${base}/`;
    const found =
      fileAt(tree, `${at}src/${rest}`) ?? fileAt(tree, `${at}${rest}`) ?? fileAt(tree, `${at}app/${rest}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** TypeScript's and bundlers' ways to find a module from a path without its ending. */
function fileAt({ paths }: Tree, path: string): string | undefined {
  const plain = path.replace(/\?.*$/, '');
  if (plain === '') return ENDINGS.map((ending) => `index${ending}`).find((one) => paths.has(one));
  const typed = plain.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  return [
    plain,
    ...ENDINGS.map((ending) => plain + ending),
    typed,
    `${typed}x`,
    ...ENDINGS.map((ending) => `${plain}/index${ending}`),
  ].find((one) => paths.has(one));
}

/** A path without `.` and `..`; undefined where it leaves the repository. */
function normalised(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
