import path from 'node:path';
import { environmentsOf } from '#lib/environments.ts';
import { isUnknown, knownPart } from '#lib/symbolic.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Fact } from '#model/fact.ts';
import type { ScriptRun } from '#model/workflow.ts';
import type { Tree } from '../../readers/tree.ts';
import { evidenceAt } from './call-facts.ts';
import { isPlausible } from './plausible.ts';
import { readPython } from './python.ts';
import type { SourceLines } from './source-lines.ts';

const HEREDOC = /\bpython3?(?:\.\d+)?\b[^|;&]*<<-?\s*(["']?)(\w+)\1/;
/** Folders and names of code that deploys, in which a use of boto3 is about the estate. */
const DEPLOYS =
  /(?:^|\/)(?:scripts?|deploy\w*|infra\w*|ops|ci|tools|bin|\.github)\/[^/]*\.py$|(?:^|\/)[^/]*(?:deploy|release|provision|rollout|migrate_aws)[^/]*\.py$/i;
const LONGEST = 200_000;
const MOST_FILES = 200;

interface Piece {
  file: string;
  /** The line (from 1) of its first line. */
  line: number;
  text: string;
  through: string;
}

/** The bodies of `python - <<EOF` in a file. */
function heredocs(file: string, lines: readonly string[]): Piece[] {
  const found: Piece[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.length > 500 || !line.includes('<<')) continue;
    const mark = HEREDOC.exec(line)?.[2];
    if (mark === undefined) continue;
    const end = lines.findIndex((one, index) => index > i && one.trim() === mark);
    if (end < 0) break;
    const body = lines.slice(i + 1, end);
    const indent = Math.min(
      ...body.filter((one) => one.trim()).map((one) => one.length - one.trimStart().length),
    );
    if (body.some((one) => one.includes('boto3')))
      found.push({ file, line: i + 2, text: body.map((one) => one.slice(indent)).join('\n'), through: file });
    i = end;
  }
  return found;
}

/** What Python of the repository names through boto3: in heredocs, in files that a run starts, in code that deploys. */
export function pythonFacts(
  workflows: readonly WorkflowSource[],
  scripts: readonly ScriptRun[],
  tree: Tree,
  lines: SourceLines,
): Fact[] {
  const started = new Map<string, string>();
  const start = (
    from: string,
    calls: readonly { tool: string; file?: string; arguments: Record<string, unknown> }[],
  ) => {
    for (const call of calls) {
      const words = call.tool === 'python' ? call.arguments.words : undefined;
      const [script] = Array.isArray(words) ? words : [];
      if (typeof script !== 'string' || !script.endsWith('.py')) continue;
      const file = [script, path.posix.join(path.posix.dirname(call.file ?? ''), script)]
        .map((one) => path.posix.normalize(one))
        .find((one) => tree.paths.has(one));
      if (file !== undefined && !started.has(file)) started.set(file, from);
    }
  };
  for (const workflow of workflows) for (const run of workflow.runs) start(workflow.file, run.calls);
  for (const script of scripts) start(script.file, script.calls);
  for (const { path: file } of tree.files)
    if (DEPLOYS.test(file) && !started.has(file)) started.set(file, file);

  const pieces: Piece[] = [
    ...[...new Set([...workflows.map((one) => one.file), ...scripts.map((one) => one.file)])].flatMap(
      (file) => heredocs(file, lines.of(file)),
    ),
    ...[...started].slice(0, MOST_FILES).flatMap(([file, through]) => {
      const text = tree.read(file);
      return text?.includes('boto3') ? [{ file, line: 1, text, through }] : [];
    }),
  ];
  return pieces.flatMap(({ file, line, text, through }) =>
    text.length > LONGEST
      ? []
      : readPython(text).flatMap(({ named, line: at, literal, environments }): Fact[] => {
          if (isUnknown(named.name) || !isPlausible(named.kind, named.name)) return [];
          const own =
            environments.length > 0
              ? environments
              : environmentsOf((through.split('/').at(-1) ?? '').replace(/\.\w+$/, ''));
          return [
            {
              ...named,
              source: 'repo',
              sort: named.verb === 'deletes' ? 'reference' : 'declared',
              nameStatus: named.name.includes('⟨') ? 'template' : literal ? 'literal' : 'resolved',
              evidence: evidenceAt(lines, file, line + at - 1),
              environments: own.length > 0 ? own : environmentsOf(knownPart(named.name)),
              certainty: 'static',
              through,
            },
          ];
        }),
  );
}
