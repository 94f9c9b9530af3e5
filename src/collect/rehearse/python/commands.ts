import { shellSplit } from './shell-split.ts';
import { argumentsOf, type Bindings, NO_BINDINGS, type Node, PythonText, type Value } from './values.ts';

/** A command line that a Python program starts. */
export interface PythonCommand {
  argv: string[];
  /** The folder in which it is started, where the program says it. */
  folder?: string;
  /** From 1: where the program asks for it, behind its own helpers. */
  line: number;
  /** Nothing looks at whether it failed: neither `check=True`, nor its result. */
  isFailureIgnored: boolean;
}

const STARTS =
  /^(?:subprocess|sp)\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)$|^os\.(?:system|popen)$|^asyncio\.create_subprocess_(?:exec|shell)$/;
const IMPORTED = /^(?:run|call|check_call|check_output|Popen)$/;
const FAILS = /(?:check_call|check_output)$/;
const DEEPEST_CALLERS = 3;
const MOST_COMMANDS = 200;
const MOST_CALLERS = 40;

/**
 * The command lines that a Python text starts through `subprocess` and `os`, its own helper functions followed to those
 * who call them. By parsing alone: what is not known is `⟨…⟩`. Python documentation, “subprocess”.
 */
export function pythonCommands(source: string, file: string): PythonCommand[] {
  const text = new PythonText(source, file);
  const calls = text.all('CallExpression');
  const imported = importedStarters(text);
  const found = new Map<string, PythonCommand>();
  for (const call of calls) {
    const callee = call.firstChild;
    const name = callee ? text.slice(callee) : '';
    if (!STARTS.test(name) && !imported.has(name)) continue;
    for (const { bindings, outer } of callersOf(text, call, calls, 0)) {
      const isFailureIgnored =
        !FAILS.test(name) &&
        isIgnored(text, call, bindings) &&
        (isDropped(call) || (call.parent?.name === 'ReturnStatement' && outer !== call && isDropped(outer)));
      for (const command of commandsAt(text, call, name, bindings)) {
        const line = text.lineAt(outer.from);
        const key = `${line} ${JSON.stringify(command)}`;
        if (found.size < MOST_COMMANDS && !found.has(key))
          found.set(key, { ...command, line, isFailureIgnored });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.line - b.line);
}

/** `from subprocess import run`, under the names that it gives them. */
function importedStarters(text: PythonText): ReadonlySet<string> {
  return new Set(
    text.all('ImportStatement').flatMap((node) => {
      const words = /^from\s+subprocess\s+import\s+\(?([\s\S]+?)\)?$/.exec(text.slice(node))?.[1] ?? '';
      return words.split(',').flatMap((one) => {
        const [name = '', , as] = one.trim().split(/\s+/);
        return IMPORTED.test(name) ? [as ?? name] : [];
      });
    }),
  );
}

/** Who asks for a call: the callers of the function that it stands in, with what they give; itself where nobody does. */
function callersOf(
  text: PythonText,
  call: Node,
  calls: readonly Node[],
  depth: number,
): { bindings: Bindings; outer: Node }[] {
  const around = text.functionAround(call);
  const name = around?.getChild('VariableName');
  if (!around || !name || depth >= DEEPEST_CALLERS) return [{ bindings: NO_BINDINGS, outer: call }];
  const parameters = parametersOf(text, around);
  const usesParameters = parameters.length > 0;
  const written = text.slice(name);
  const callers = calls.filter((one) => {
    const callee = one.firstChild;
    return callee && [written, `self.${written}`, `cls.${written}`].includes(text.slice(callee));
  });
  if (callers.length === 0 || callers.length > MOST_CALLERS || !usesParameters)
    return [{ bindings: NO_BINDINGS, outer: call }];
  return callers.flatMap((caller) =>
    callersOf(text, caller, calls, depth + 1).map(({ bindings, outer }) => ({
      bindings: bound(text, parameters, caller, bindings),
      outer: usesOwnText(text, call, parameters) ? outer : call,
    })),
  );
}

/** Whether what is started depends on what the function is called with. */
const usesOwnText = (text: PythonText, call: Node, parameters: readonly Parameter[]): boolean => {
  const [first] = argumentsOf(text, call).plain;
  const written = first ? text.slice(first) : '';
  return parameters.some(({ name, rest }) => rest || new RegExp(`\\b${name}\\b`).test(written));
};

interface Parameter {
  name: string;
  rest: boolean;
  default?: Node;
}

function parametersOf(text: PythonText, definition: Node): Parameter[] {
  const found: Parameter[] = [];
  let isRest = false;
  for (let child = definition.getChild('ParamList')?.firstChild; child; child = child.nextSibling) {
    if (child.name === '*') isRest = true;
    if (child.name === '**') break;
    if (child.name === 'VariableName') {
      const name = text.slice(child);
      if (name !== 'self' && name !== 'cls') found.push({ name, rest: isRest });
      isRest = false;
    }
    const value = child.name === 'AssignOp' ? child.nextSibling : undefined;
    const last = found.at(-1);
    if (value && last) {
      last.default = value;
      child = value;
    }
  }
  return found;
}

function bound(text: PythonText, parameters: readonly Parameter[], caller: Node, outer: Bindings): Bindings {
  const { plain, named } = argumentsOf(text, caller);
  const bindings = new Map<string, readonly Value[]>();
  for (const [index, { name, rest, default: byDefault }] of parameters.entries()) {
    if (rest) {
      const words = plain.slice(index).map((node) => text.values(node, outer)[0] ?? '');
      bindings.set(name, [words.flat()]);
      continue;
    }
    // what comes after `*args` is given by name alone
    const isKeyword = parameters.slice(0, index).some((one) => one.rest);
    const given = named.get(name) ?? (isKeyword ? undefined : plain[index]);
    if (given) bindings.set(name, text.values(given, outer));
    else if (byDefault) bindings.set(name, text.values(byDefault, outer));
  }
  return bindings;
}

function commandsAt(
  text: PythonText,
  call: Node,
  name: string,
  bindings: Bindings,
): Pick<PythonCommand, 'argv' | 'folder'>[] {
  const { plain, named } = argumentsOf(text, call);
  const first = named.get('args') ?? plain[0];
  if (!first) return [];
  const folders = named.has('cwd') ? text.values(named.get('cwd') ?? first, bindings) : [];
  const folder = folders.length === 1 && typeof folders[0] === 'string' ? folders[0] : undefined;
  const isWhole = name === 'asyncio.create_subprocess_exec';
  const values: Value[] = isWhole
    ? [plain.map((node) => String(text.values(node, bindings)[0] ?? ''))]
    : text.values(first, bindings);
  return values.flatMap((value) =>
    (typeof value === 'string' ? shellSplit(value) : [value]).map((argv) => ({
      argv,
      ...(folder !== undefined && !folder.includes('⟨') && { folder }),
    })),
  );
}

/** Whether a call says nothing about failures, or that they do not matter. */
function isIgnored(text: PythonText, call: Node, bindings: Bindings): boolean {
  const check = argumentsOf(text, call).named.get('check');
  if (!check) return true;
  const written = text.slice(check);
  if (written === 'False') return true;
  const [value] = check.name === 'VariableName' ? text.values(check, bindings) : [];
  return value === '⟨False⟩';
}

/** Whether the result of a call is thrown away where it stands. */
const isDropped = (call: Node): boolean => call.parent?.name === 'ExpressionStatement';
