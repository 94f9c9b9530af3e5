import { type Call, type Code, type Expression, option } from './code.ts';
import type { Spot } from './meaning.ts';
import type { Resolver } from './resolve.ts';

/** A call that starts a program of the machine. */
export interface CommandCall {
  call: string;
  usesShell: boolean;
  /** What is started: the text of a shell, or a program. */
  command: Expression | undefined;
  /** What the program is given. */
  rest: readonly Expression[];
  from: number;
}

type Form = 'shell' | 'list' | 'program';

const FORMS: readonly [RegExp, Form][] = [
  [/^subprocess\.(?:run|call|check_call|check_output|Popen)$/, 'list'],
  [/^subprocess\.(?:getoutput|getstatusoutput)$/, 'shell'],
  [/^os\.(?:system|popen)$/, 'shell'],
  [/^os\.(?:exec|spawn)[lv]p?e?$/, 'program'],
  [/^asyncio\.(?:subprocess\.)?create_subprocess_shell$/, 'shell'],
  [/^asyncio\.(?:subprocess\.)?create_subprocess_exec$/, 'program'],
  [/^(?:anyio|trio)\.(?:run_process|open_process)$/, 'list'],
  [/^pexpect\.(?:spawn|run|spawnu)$/, 'shell'],
  [/^child_process\.(?:exec|execSync)$/, 'shell'],
  [/^child_process\.(?:spawn|spawnSync|execFile|execFileSync)$/, 'program'],
  [/^execa\.(?:execa|execaSync)$|^execa$/, 'program'],
  [/^execa\.(?:execaCommand|execaCommandSync|command|commandSync)$/, 'shell'],
  [/^shelljs\.exec$/, 'shell'],
  [/^Bun\.(?:spawn|spawnSync)$/, 'list'],
  [/^os\/exec\.Command$/, 'program'],
  [/^os\/exec\.CommandContext$/, 'program'],
];
/** The last part of what such calls are called, to look no further at the others. */
const LIKELY =
  /(?:^|\.)(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput|system|popen|(?:exec|spawn)[lv]p?e?|create_subprocess_(?:shell|exec)|run_process|open_process|spawnu?|spawnSync|exec(?:Sync|File|FileSync|Async|Promise|P)?|execa(?:Sync|Command|CommandSync)?|command(?:Sync)?|Command(?:Context)?|\w*[eE]xec\w*|\w*[sS]pawn\w*)$/;
const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh$|^(?:cmd|powershell|pwsh)(?:\.exe)?$/;

/** What a call starts; undefined where it is no call that is known to start anything. */
export function commandOf(call: Call, spot: Spot, resolver: Resolver): CommandCall | undefined {
  if (!LIKELY.test(call.path)) return undefined;
  const meaning = resolver.meaning(call.callee, spot);
  const path = meaning?.is === 'external' ? meaning.path : undefined;
  const form = path === undefined ? undefined : FORMS.find(([pattern]) => pattern.test(path))?.[1];
  if (path === undefined || form === undefined) return undefined;
  const args = path.endsWith('CommandContext') ? call.args.slice(1) : call.args;
  const [given, ...others] = args;
  const first = given ?? call.keywords.get('args') ?? call.keywords.get('cmd');
  const own = { call: path.replace('os/exec', 'exec'), from: call.from };
  const switched = option(call, 'shell');
  const isSwitched =
    switched !== undefined &&
    !(switched.is === 'value' && switched.value === false) &&
    !(switched.is === 'value' && switched.value === null);
  if (form === 'shell') return { ...own, usesShell: true, command: first, rest: [] };
  const parts = partsOfCommand(first, others, form, spot, resolver);
  if (isSwitched) return { ...own, usesShell: true, command: first, rest: others.slice(0, 1) };
  const program = parts ? parts[0] : first;
  const rest = parts ? parts.slice(1) : others.filter(({ is }) => is !== 'object');
  const name = resolver.constant(program, spot);
  const flag = rest[0] && resolver.constant(rest[0], spot);
  if (
    name?.is === 'text' &&
    SHELL.test(name.text) &&
    flag?.is === 'text' &&
    /^(?:-\w*c|\/[cC]|-Command)$/.test(flag.text)
  )
    return { ...own, usesShell: true, command: rest[1], rest: [] };
  return { ...own, usesShell: false, command: program, rest };
}

/** The parts of a list that is written out, here or where its name is given its value. */
function partsOfCommand(
  first: Expression | undefined,
  others: readonly Expression[],
  form: Form,
  spot: Spot,
  resolver: Resolver,
): readonly Expression[] | undefined {
  if (!first) return undefined;
  const listOf = (one: Expression | undefined): readonly Expression[] | undefined => {
    if (one?.is === 'list') return one.items;
    // `[…] + rest`, `[…, ...rest]`: what stands first is known
    if (one?.is === 'mix' && one.sign === '+' && one.parts[0]?.is === 'list')
      return [...one.parts[0].items, ...one.parts.slice(1)];
    if (one?.is !== 'name') return undefined;
    const values = spot.code.assignments
      .filter(({ fn, target }) => fn === spot.fn && target === one.path)
      .flatMap(({ value }) => value ?? []);
    const lists = values.flatMap((value) => (value.is === 'list' ? [value.items] : []));
    if (lists.length > 0 && lists[0]) return [...lists[0], ...values.filter(({ is }) => is !== 'list')];
    const meaning = resolver.meaning(one, spot);
    return meaning?.is === 'value' && meaning.value.is === 'list' ? meaning.value.items : undefined;
  };
  if (form === 'list') return listOf(first);
  // `spawn(program, [arguments])`
  const list = listOf(others[0]);
  return list ? [first, ...list] : undefined;
}

/** The calls of a file, by the function that they stand in. */
export function callsWithin(code: Code, fn: number): { call: Call; fn: number }[] {
  const inside = functionsWithin(code, fn);
  return code.calls.flatMap(({ call, fn: own }) =>
    own !== undefined && inside.has(own) ? [{ call, fn: own }] : [],
  );
}

/** A function and those that are written in its body. */
export function functionsWithin(code: Code, fn: number): Set<number> {
  const inside = new Set([fn]);
  for (const one of code.functions)
    if (one?.within !== undefined && inside.has(one.within)) inside.add(one.index);
  return inside;
}
