import type { FileEvidence } from '#model/evidence.ts';
import type { CommandRoute } from '#model/settings.ts';
import type { Call, Code, Expression, FunctionOfCode } from './code.ts';
import { callsWithin, commandOf, functionsWithin } from './commands.ts';
import type { Spot } from './meaning.ts';
import type { Resolver } from './resolve.ts';
import type { Sources } from './sources.ts';
import { type Taint, Taints } from './taint.ts';

/** A command that a route leads to. */
export interface Reached {
  runs: CommandRoute['runs'];
  through: FileEvidence[];
  /** The functions on the way, the handler first. */
  functions: { code: Code; fn: FunctionOfCode }[];
}

const MOST_FUNCTIONS = 300;
const DEEPEST_CALL = 12;
/** Calls that start a function that they are given: which argument it is. */
const STARTERS: readonly [RegExp, number][] = [
  [
    /(?:^|\.)(?:to_thread|run_in_threadpool|run_sync|add_task|call_soon|submit|setTimeout|setImmediate|nextTick)$/,
    0,
  ],
  [/(?:^|\.)run_in_executor$/, 1],
];
/** Names that are looked for among those that are let through. */
const CHECKED = /^(?:in|not in)$/;

interface Step {
  code: Code;
  fn: FunctionOfCode;
  given: ReadonlyMap<string, Taint>;
  through: FileEvidence[];
  functions: Reached['functions'];
  isChecked: boolean;
}

/** The commands that a function starts, itself or through those that it calls. */
export function reachedFrom(
  code: Code,
  fn: FunctionOfCode,
  given: ReadonlyMap<string, Taint>,
  sources: Sources,
  resolver: Resolver,
): Reached[] {
  const found: Reached[] = [];
  const queue: Step[] = [{ code, fn, given, through: [], functions: [{ code, fn }], isChecked: false }];
  const seen = new Set<string>();
  for (let step = queue.shift(); step && seen.size < MOST_FUNCTIONS; step = queue.shift()) {
    const key = `${step.code.path}\n${step.fn.index}\n${[...step.given].join(' ')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const taints = new Taints(step.code, step.fn, step.given, (path) =>
      isRequest(path, { code: step.code, fn: step.fn.index }, resolver),
    );
    const isChecked = step.isChecked || checks(step.code, step.fn, taints);
    for (const { call, fn: own } of callsWithin(step.code, step.fn.index)) {
      const spot: Spot = { code: step.code, fn: own };
      const command = commandOf(call, spot, resolver);
      if (command) {
        found.push({
          runs: {
            call: command.call,
            usesShell: command.usesShell,
            chosen: chosenOf(command, taints, isChecked),
            at: sources.at(step.code, command.from),
          },
          through: step.through,
          functions: step.functions,
        });
        continue;
      }
      if (step.functions.length >= DEEPEST_CALL) continue;
      const target = targetOf(call, spot, resolver);
      if (!target) continue;
      queue.push({
        code: target.code,
        fn: target.fn,
        given: passed(target, taints),
        through: [...step.through, sources.at(step.code, call.from)],
        functions: [...step.functions, { code: target.code, fn: target.fn }],
        isChecked,
      });
    }
  }
  return found;
}

function chosenOf(
  command: NonNullable<ReturnType<typeof commandOf>>,
  taints: Taints,
  isChecked: boolean,
): CommandRoute['runs']['chosen'] {
  const own = command.command ? taints.of(command.command) : 0;
  const rest = taints.most(command.rest);
  if (own === 0 && rest === 0) return 'nothing';
  if (isChecked || own === 1) return 'unknown';
  if (own === 2) return 'command';
  return rest === 2 ? 'arguments' : 'unknown';
}

/** A global that stands for the request, as Flask has it. */
function isRequest(path: string, spot: Spot, resolver: Resolver): boolean {
  if (!/^(?:\w+\.)?request\b/.test(path)) return false;
  const meaning = resolver.name(path, spot);
  return meaning?.is === 'external' && /^(?:flask|quart|bottle|sanic)\.request\b/.test(meaning.path);
}

/** What is looked for in a list, or matched, may not be everything that a request can ask for. */
function checks(code: Code, fn: FunctionOfCode, taints: Taints): boolean {
  const inside = functionsWithin(code, fn.index);
  return (
    code.comparisons.some(
      (one) =>
        one.fn !== undefined && inside.has(one.fn) && CHECKED.test(one.sign) && taints.of(one.left) > 0,
    ) ||
    callsWithin(code, fn.index).some(
      ({ call }) =>
        (/\.(?:includes|has|indexOf|some|find|test|match|fullmatch|search|Contains|MatchString)$/.test(
          call.path,
        ) &&
          taints.most(call.args) > 0) ||
        (/(?:valid|saniti|allow|whitelist|check|is_?safe|escape|filter|guard|confirm|approve)/i.test(
          call.path,
        ) &&
          taints.most([...call.args, ...call.keywords.values()]) > 0),
    )
  );
}

interface Target {
  code: Code;
  fn: FunctionOfCode;
  args: readonly Expression[];
  keywords: ReadonlyMap<string, Expression>;
  /** Parameters that the call does not give: `self`. */
  skipped: number;
}

function targetOf(call: Call, spot: Spot, resolver: Resolver): Target | undefined {
  const starter = STARTERS.find(([pattern]) => pattern.test(call.path));
  const target = starter
    ? call.args[starter[1]]
    : /(?:^|\.)Thread$/.test(call.path)
      ? call.keywords.get('target')
      : undefined;
  const listed = call.keywords.get('args');
  const args = starter
    ? call.args.slice(starter[1] + 1)
    : target && listed?.is === 'list'
      ? listed.items
      : call.args;
  const meaning = resolver.meaning(target ?? call.callee, spot);
  if (meaning?.is === 'class' && !target) {
    const made = meaning.code.functions.find(
      (one) => one?.owner === meaning.cls.path && /^(?:__init__|constructor)$/.test(one.name),
    );
    return (
      made && {
        code: meaning.code,
        fn: made,
        args,
        keywords: call.keywords,
        skipped: made.name === '__init__' ? 1 : 0,
      }
    );
  }
  if (meaning?.is !== 'function') return undefined;
  const { code, fn } = meaning;
  const isMethod =
    fn.owner !== undefined && (code.language === 'go' || /^(?:self|cls)$/.test(fn.parameters[0]?.name ?? ''));
  return {
    code,
    fn,
    args,
    keywords: call.keywords,
    skipped: isMethod && (target ?? call.callee).is !== 'function' ? 1 : 0,
  };
}

function passed({ fn, args, keywords, skipped }: Target, taints: Taints): Map<string, Taint> {
  const given = new Map<string, Taint>();
  for (const [at, parameter] of fn.parameters.entries()) {
    const value = keywords.get(parameter.name) ?? args[at - skipped];
    const level = value && at >= skipped ? taints.of(value) : 0;
    if (level > 0) for (const name of parameter.parts ?? [parameter.name]) given.set(name, level);
  }
  return given;
}
