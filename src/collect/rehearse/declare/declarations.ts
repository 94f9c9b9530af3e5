import { environmentOf, environmentsOf, sortEnvironments } from '#lib/environments.ts';
import { hasSymbol } from '#lib/symbolic.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Fact } from '#model/fact.ts';
import type { Call, Run, ScriptRun } from '#model/workflow.ts';
import type { Tree } from '../../readers/tree.ts';
import { type CallContext, callFacts, evidenceAt } from './call-facts.ts';
import { filesWithKeys, inputKey, keyNamed, keyNameFacts } from './key-names.ts';
import { mergeFacts } from './merge.ts';
import { pythonFacts } from './python-facts.ts';
import { environmentsOfRun, jobAt, whereabouts } from './run-context.ts';
import { SourceLines } from './source-lines.ts';
import { runFacts, workflowFact } from './workflow-facts.ts';

/** Folders of scripts that show how something would be done. */
const EXAMPLE = /(?:^|\/)(?:examples?|samples?|fixtures?|testdata|__tests__)\//i;
/** Scripts that fill an emulator of AWS. */
const EMULATOR = /localstack|moto|docker-entrypoint|minio|elasticmq/i;

/** `ParameterKey=BucketName,ParameterValue=shop` and `BucketName=shop`: what a stack is given, by key. */
function stackParameters(call: Call): [key: string, value: string][] {
  const given = [call.arguments.parameters, call.arguments['parameter-overrides']].flat();
  return given.flatMap((one): [string, string][] => {
    if (typeof one !== 'string' || one.length > 500) return [];
    const long = /^ParameterKey=([^,=]+),ParameterValue=(.+)$/.exec(one);
    const [, key, value] = long ?? /^([A-Za-z]\w*)=(.+)$/.exec(one) ?? [];
    return key !== undefined && value !== undefined ? [[key, value]] : [];
  });
}

/** What is given by key to what no model knows: the inputs of an action, the parameters of a stack. */
function givenByKey(call: Call): [key: string, value: string][] {
  if (call.tool === 'action')
    return Object.entries(call.arguments).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
  return call.tool === 'aws' && call.operation.startsWith('cloudformation ') ? stackParameters(call) : [];
}

/** What an unknown thing is given, when its keys are called like what they name. */
function keyFacts(call: Call, context: CallContext): Fact[] {
  const { lines, environments, through } = context;
  return givenByKey(call).flatMap(([input, value]) => {
    return keyNamed(inputKey(input), value, `${call.operation} aws`).flatMap((named): Fact[] => {
      const file = call.file ?? context.files.at(-1) ?? through;
      const line = lines.holding(file, value).find((one) => one >= call.line) ?? call.line;
      return [
        {
          ...named,
          source: 'repo',
          sort: 'declared',
          nameStatus: hasSymbol(named.name)
            ? 'template'
            : lines.holding(file, value).length > 0
              ? 'literal'
              : 'resolved',
          evidence: evidenceAt(lines, file, line),
          environments: environments.length > 0 ? [...environments] : environmentsOf(named.name),
          verb: 'requires',
          certainty: 'key-name',
          through,
        },
      ];
    });
  });
}

/** A run that talks to an emulator: it presents itself to nobody, and its files say so. */
const onEmulator = (run: Run, call: Call, lines: SourceLines, file: string): boolean =>
  call.tool === 'aws' &&
  !run.credentials.some((one) => one.provider === 'aws') &&
  lines.speaksOf(file, /localstack|motoserver|AWS_ENDPOINT_URL/i);

function ofRun(
  run: Run,
  workflow: WorkflowSource,
  workflows: ReadonlyMap<string, WorkflowSource>,
  lines: SourceLines,
): Fact[] {
  const chain = run.chain.length > 0 ? run.chain : [workflow.file];
  const holder = chain.at(-1) ?? workflow.file;
  const source = workflows.get(holder);
  const where = whereabouts(
    { calls: run.calls, files: chain, ...(run.role !== undefined && { role: run.role }) },
    lines,
  );
  const environments = environmentsOfRun(run, workflow, lines);
  const calls = run.calls.flatMap((call) => {
    const file = call.file ?? holder;
    if (onEmulator(run, call, lines, file)) return [];
    const inHolder = call.file === undefined || call.file === holder;
    const job = source && inHolder ? jobAt(source, call.line, lines.of(holder).length) : undefined;
    const context: CallContext = {
      lines,
      files: chain,
      through: workflow.file,
      environments,
      ...where,
      onHost: false,
      sort: 'declared',
      ...(job && { job: { file: holder, from: job.from, to: job.to, head: job.head } }),
    };
    return [...callFacts(call, context), ...keyFacts(call, context)];
  });
  return [...calls, ...runFacts(run, workflow, workflows, lines)];
}

function ofScript(run: ScriptRun, lines: SourceLines): Fact[] {
  if (EMULATOR.test(run.file)) return [];
  const given = run.arguments.flatMap((argument) => environmentOf(argument.replace(/^\w+=/, '')) ?? []);
  const environments =
    given.length > 0 ? sortEnvironments(given) : environmentsOf(run.file.replace(/\.\w+$/, ''));
  const context: CallContext = {
    lines,
    files: [run.file],
    through: run.file,
    environments,
    ...whereabouts({ calls: run.calls, files: [run.file] }, lines),
    onHost: true,
    sort: EXAMPLE.test(run.file) ? 'reference' : 'declared',
  };
  return run.calls.flatMap((call) => [...callFacts(call, context), ...keyFacts(call, context)]);
}

/**
 * What workflows and scripts declare: every resource that a call creates, requires or uses, the roles, environments,
 * secrets and variables of the runs, the workflows themselves, then the names found by their key and in small Python.
 * Sorted by file and line.
 */
export function declarations(
  workflows: readonly WorkflowSource[],
  scripts: readonly ScriptRun[],
  tree: Tree,
): Fact[] {
  const lines = new SourceLines(tree);
  const byFile = new Map(workflows.map((workflow) => [workflow.file, workflow]));
  const facts: Fact[] = [];
  const python = pythonFacts(workflows, scripts, tree, lines);
  for (const workflow of workflows) {
    const keys = keyNameFacts(workflow.file, lines);
    const named = surest([
      ...workflow.runs.flatMap((run) => ofRun(run, workflow, byFile, lines)),
      ...keys,
      ...python.filter((fact) => fact.through === workflow.file),
    ]);
    facts.push(...named, workflowFact(workflow, named, lines));
  }
  for (const run of scripts) facts.push(...ofScript(run, lines));
  for (const file of filesWithKeys([], scripts))
    if (!EMULATOR.test(file) && !EXAMPLE.test(file)) facts.push(...keyNameFacts(file, lines));
  facts.push(...python.filter((fact) => !byFile.has(fact.through ?? '')));
  return surest(facts).sort(order);
}

/** Facts merged; a name found by its key says nothing new where a call of the same file names it. */
function surest(facts: readonly Fact[]): Fact[] {
  const id = ({ kind, name, through }: Fact) => [kind, name, through ?? ''].join('\n');
  const sure = facts.filter((fact) => fact.certainty !== 'key-name');
  const called = new Set(sure.map(id));
  const names = Map.groupBy(sure, ({ kind }) => kind);
  return mergeFacts(
    facts.filter(
      (fact) =>
        fact.certainty !== 'key-name' ||
        (!called.has(id(fact)) && !isPartOfOthers(fact, names.get(fact.kind) ?? [])),
    ),
  );
}

/** A name that no call uses and that begins or ends those that calls do use: `shop` beside `shop-prod`. */
function isPartOfOthers({ name }: Fact, called: readonly Fact[]): boolean {
  if (called.some((one) => one.name === name)) return false;
  return called.some(
    (one) =>
      (one.name.startsWith(name) && /^[-_/]./.test(one.name.slice(name.length))) ||
      (one.name.endsWith(name) && /.[-_/]$/.test(one.name.slice(0, -name.length))),
  );
}

const text = (fact: Fact): string => {
  const { evidence } = fact;
  const place = 'file' in evidence ? `${evidence.file} ${String(evidence.line).padStart(8, '0')}` : '';
  return [place, fact.kind, fact.scope ?? '', fact.name, fact.sort, fact.through ?? ''].join('\n');
};

function order(a: Fact, b: Fact): number {
  const [x, y] = [text(a), text(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
