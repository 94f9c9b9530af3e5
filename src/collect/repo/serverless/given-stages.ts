import type { Tree } from '../../readers/tree.ts';
import { isRetired } from '../retired.ts';
import { mapping } from '../untyped.ts';
import { isWorkflowPath } from '../workflow-files.ts';

/** With which stages the calls of a repository deploy a service. */
export interface GivenStages {
  /** Those that calls write out, in the order of their files. */
  written: readonly string[];
  /** Some call gives a stage that only its run knows (`--stage $STAGE`). */
  isOpen: boolean;
  /** Some call gives none: the stage that the service's file says counts. */
  isLeftOut: boolean;
}

const NONE: GivenStages = { written: [], isOpen: false, isLeftOut: false };
const RUNS =
  /\.(?:sh|bash|zsh|mk)$|(?:^|\/)(?:package\.json|(?:GNU)?[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Jenkinsfile|buildspec[\w.-]{0,40}\.ya?ml)$/;
const SERVICE = /(?:^|\/)serverless(?:[.-][\w-]{1,40})?\.(?:ya?ml|json|ts|js)$/;
/** A deployment by the command of the framework, up to the end of the command. */
const DEPLOYS = /\b(?:serverless|sls)(?:@[\w.^~-]{1,20})?\s{1,8}deploy\b([^\n;&|]{0,400})/g;
/** `--stage prod`, `--stage=prod`, `-s prod`, in quotes or not. */
const GIVEN = /(?:^|\s)(?:--stage|-s)(?:=|\s{1,8})(?:\\?["'])?([^\s"'\\]{1,100})/;
const PLAIN = /^[A-Za-z0-9][\w-]{0,63}$/;
const LONGEST = 500_000;
const MOST_FILES = 400;

interface Call {
  path: string;
  /** Undefined where the call gives none. */
  stage: string | undefined;
}

const found = new WeakMap<Tree, readonly Call[]>();

/** The calls of one tree, looked for once. */
function callsIn(tree: Tree): readonly Call[] {
  const known = found.get(tree);
  if (known) return known;
  const paths = [...tree.paths].filter(
    (path) =>
      (RUNS.test(path) || isWorkflowPath(path)) && !isRetired(path) && !/(?:^|\/)node_modules\//.test(path),
  );
  const calls = paths.slice(0, MOST_FILES).flatMap((path) => {
    const text = commandsIn(path, (tree.read(path) ?? '').slice(0, LONGEST)).replace(/\\\n/g, ' ');
    return [...text.matchAll(DEPLOYS)].map(([, rest = '']): Call => ({ path, stage: GIVEN.exec(rest)?.[1] }));
  });
  found.set(tree, calls);
  return calls;
}

/** A text in which each command ends with its line: scripts of a `package.json` may all stand in one. */
function commandsIn(path: string, text: string): string {
  if (!path.endsWith('package.json')) return text;
  try {
    return [...mapping(mapping(JSON.parse(text)).get('scripts')).values()].map(String).join('\n');
  } catch {
    return '';
  }
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * The stages that calls of `serverless deploy` give to a service: those of its own folder, and those that stand in no
 * other service's. Serverless Framework documentation, “AWS - deploy”: `--stage` goes before what the file says.
 */
export function givenStages(service: string, tree: Tree): GivenStages {
  const calls = callsIn(tree);
  if (calls.length === 0) return NONE;
  const own = folderOf(service);
  const others = [...tree.paths]
    .filter((path) => SERVICE.test(path))
    .map(folderOf)
    .filter((folder) => folder !== own && !own.startsWith(folder));
  const stages = calls
    .filter(({ path }) => !others.some((folder) => path.startsWith(folder)))
    .map(({ stage }) => stage);
  const told = stages.filter((stage) => stage !== undefined);
  return {
    written: [...new Set(told.filter((stage) => PLAIN.test(stage)))],
    isOpen: told.some((stage) => !PLAIN.test(stage)),
    isLeftOut: stages.includes(undefined),
  };
}
