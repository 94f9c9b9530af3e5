import type { Artifacts } from '#model/artifacts.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { ProgramSettings, Setting } from '#model/settings.ts';
import type { Tree } from '../readers/tree.ts';
import type { Code } from './program-settings/code.ts';
import { corsOf } from './program-settings/cors.ts';
import { markGuarded } from './program-settings/default-guards.ts';
import { type Idle, idleOf } from './program-settings/effect.ts';
import { EnvironmentReader } from './program-settings/environment.ts';
import type { Read } from './program-settings/environment-reads.ts';
import { KnownSettings } from './program-settings/known-settings.ts';
import { databasesOf, listensOf } from './program-settings/listens.ts';
import { codeLanguage, MARKS, mayRoute } from './program-settings/marks.ts';
import { namedAnywhere } from './program-settings/named-anywhere.ts';
import type { Program } from './program-settings/programs.ts';
import { pydanticSettings } from './program-settings/pydantic.ts';
import { Resolver } from './program-settings/resolve.ts';
import { commandRoutes } from './program-settings/routes.ts';
import { Budget, Sources } from './program-settings/sources.ts';
import { lifetimesOf } from './program-settings/tokens.ts';
import { candidatesOf } from './program-settings/unread.ts';
import { usesOf, valuesOf } from './program-settings/uses.ts';

const MOST_PARSED = 600;
/** Files that are parsed for the values that a setting is compared with. */
const MOST_MODE_FILES = 40;

interface Reading {
  program: ProgramSettings;
  idle: Idle[];
}

/**
 * How the programs of a tree are set up, as their code says it: variables with defaults, origins, lifetimes, ports, and
 * routes that start commands. Code is parsed and never run; of defaults that are secrets only the class is kept.
 */
export function programSettings(
  found: readonly Program[],
  tree: Tree,
  artifacts: Artifacts,
): ProgramSettings[] {
  const budget = new Budget();
  // those that say nothing may still be what hides a read from the others
  const readings = found.map((program) => readProgram(program, tree, budget));
  const programs = readings.map(({ program }) => program);
  addNamedNowhere(readings, programs, artifacts, tree);
  return programs.filter((program) => !isEmpty(program));
}

function readProgram(program: Program, tree: Tree, budget: Budget): Reading {
  const sources = new Sources(tree, program.folder, budget);
  const resolver = new Resolver(sources);
  const startsCommands = program.files.some(({ marks }) => (marks & MARKS.commands) !== 0);
  const wanted = MARKS.environment | MARKS.web | (startsCommands ? MARKS.commands : 0);
  const marked = program.files.filter(
    ({ path, marks }) => (marks & wanted) !== 0 || (startsCommands && mayRoute(tree.read(path) ?? '')),
  );
  const codes = marked.slice(0, MOST_PARSED).flatMap(({ path }) => sources.code(path) ?? []);
  const isWhole = marked.length <= MOST_PARSED && sources.left.size === 0 && program.left.length === 0;

  const direct = new EnvironmentReader(sources, resolver).read(codes);
  const classes = pydanticSettings(codes, sources, resolver);
  const reads = [...direct.reads, ...classes.reads];
  const settings = new KnownSettings(reads, sources, resolver);
  const uses = usesOf(reads, program, tree);
  for (const file of modeFiles(reads, uses.of)) sources.code(file);
  const all = sources.codes.filter(({ path }) => program.files.some((file) => file.path === path));
  const values = valuesOf(all, settings);
  markGuarded(reads, all);
  const blindSpots = [
    ...direct.blindSpots,
    ...classes.blindSpots,
    ...blind(program, codes, sources, marked.length > MOST_PARSED || uses.isPart),
  ];
  const found: ProgramSettings = {
    folder: program.folder,
    languages: (['python', 'javascript', 'go'] as const).filter((language) =>
      program.files.some(({ path }) => codeLanguage(path) === language),
    ),
    files: program.files.length,
    settings: reads.map((read) => settingOf(read, uses.of.get(read) ?? [], values.get(read) ?? new Set())),
    cors: corsOf(codes, sources, resolver, settings),
    tokenLifetimes: lifetimesOf(codes, sources, settings),
    databases: databasesOf(codes, sources, resolver, settings),
    commandRoutes: startsCommands
      ? commandRoutes(
          sources,
          resolver,
          isWhole,
          program.files.map(({ path }) => path),
        )
      : [],
    listens: listensOf(codes, sources, resolver, settings),
    blindSpots,
  };
  const isCertain =
    !uses.isPart && !blindSpots.some(({ what }) => what === 'settings-passed-on' || what === 'too-large');
  const idle = isCertain ? idleOf(all, reads, (read) => (uses.of.get(read) ?? []).length > 0, sources) : [];
  return { program: found, idle };
}

function settingOf(
  { symbol: _symbol, values, ...read }: Read,
  uses: FileEvidence[],
  compared: ReadonlySet<string>,
): Setting {
  return { ...read, uses, values: [...new Set([...values, ...compared])] };
}

/** Files that use a setting of which values are told apart. */
function modeFiles(reads: readonly Read[], uses: ReadonlyMap<Read, FileEvidence[]>): string[] {
  const files = reads.flatMap((read) =>
    /MODE|BACKEND|SANDBOX|RUNTIME|EXEC|DRIVER|STRATEGY|PROVIDER/i.test(read.name)
      ? (uses.get(read) ?? []).map(({ file }) => file)
      : [],
  );
  return [...new Set(files)].slice(0, MOST_MODE_FILES);
}

function blind(
  program: Program,
  codes: readonly Code[],
  sources: Sources,
  isTooLarge: boolean,
): ProgramSettings['blindSpots'] {
  const found: ProgramSettings['blindSpots'] = [];
  const first = (file: string): FileEvidence => ({ source: 'repo', file, line: 1 });
  for (const code of codes)
    if (code.broken !== undefined) found.push({ what: 'unparsed', at: sources.at(code, code.broken) });
  for (const file of sources.left) found.push({ what: 'too-large', at: first(file) });
  const [other] = program.others;
  if (other !== undefined) found.push({ what: 'other-language', at: first(other) });
  const [left] = program.left;
  const [own] = program.files;
  if (left !== undefined) found.push({ what: 'too-large', at: first(left) });
  else if (isTooLarge && own) found.push({ what: 'too-large', at: first(own.path) });
  return found.slice(0, 50);
}

const isEmpty = ({
  settings,
  cors,
  tokenLifetimes,
  databases,
  commandRoutes: routes,
  listens,
  unread,
  withoutEffect,
}: ProgramSettings): boolean =>
  [settings, cors, tokenLifetimes, databases, routes, listens, unread ?? [], withoutEffect ?? []].every(
    (list) => list.length === 0,
  );

/** What is said of names that stand nowhere is said only after all files of the tree were searched for them. */
function addNamedNowhere(
  readings: readonly Reading[],
  programs: readonly ProgramSettings[],
  artifacts: Artifacts,
  tree: Tree,
): void {
  const candidates = candidatesOf(programs, artifacts, tree);
  const names = new Set([
    ...[...candidates.values()].flat().map(({ name }) => name),
    ...readings.flatMap(({ idle }) => idle.flatMap((one) => one.names)),
  ]);
  const named = names.size > 0 ? namedAnywhere(tree, names) : new Map();
  for (const { program, idle } of readings) {
    if (!named) continue;
    const unread = (candidates.get(program.folder) ?? []).filter(
      ({ name }) => !named.has(name.toLowerCase()),
    );
    if (program.blindSpots.length === 0)
      program.unread = unread.map(({ name, file, line }) => ({ name, at: { source: 'repo', file, line } }));
    program.withoutEffect = idle
      .filter(({ names: own, at }) =>
        own.every((name) =>
          (named.get(name.toLowerCase()) ?? []).every(
            (one: { file: string; line: number }) => one.file === at.file && one.line === at.line,
          ),
        ),
      )
      .map(({ names: _names, ...one }) => one);
  }
}
