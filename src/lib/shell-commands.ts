import {
  type Command,
  type CommandNode,
  type CompoundList,
  type PipelineNode,
  parse,
  type Statement,
} from 'unbash';

/** A command of a shell script, as far as reading it can tell. */
export interface ShellCommand {
  /** Its words, quotes removed; the first is its name. */
  words: string[];
  /** Lines after the first of the script. */
  line: number;
  /** What keeps a failure of this command from stopping the script, as written: `|| true`, `set +e`. */
  masked?: string;
  /** Of commands joined by `&&` and `||` the same. */
  statement: number;
}

const LONGEST_SCRIPT = 200_000;
const WRAPPERS = new Set([
  'sudo',
  'env',
  'time',
  'timeout',
  'nohup',
  'nice',
  'npx',
  'bunx',
  'exec',
  'command',
  'xargs',
]);

/** Why a failure does not stop a script that never says `set -e`. */
export const NO_ERREXIT = 'no `set -e`';

/**
 * The commands of a script in order, those of conditions and of `$( )` left out: there a failure is an answer.
 * A script that does not parse gives the commands read before the fault. `errexit`: it stops at the first failure
 * unless it says otherwise, as the steps of a workflow do.
 */
export function shellCommands(script: string, { errexit = true } = {}): ShellCommand[] {
  if (script.length > LONGEST_SCRIPT) return [];
  const found: ShellCommand[] = [];
  // `${{ }}` is not shell: an operator inside it would be read as one
  const text = script.replace(/\$\{\{[^}]*\}\}/g, (one) => one.replace(/[^\n]/g, '_'));
  const lineOf = lineCounter(text);
  const walker = new Walker(text, (command, masked, statement) => {
    const words = wordsOf(command);
    if (words.length)
      found.push({ words, line: lineOf(command.pos), statement, ...(masked !== undefined && { masked }) });
  });
  const stops = errexit || /^#!.*\s-\w*e/.test(text) || text.includes('$?') || /\btrap\b.*\bERR\b/.test(text);
  walker.statements(parse(text).commands, undefined, stops ? undefined : NO_ERREXIT);
  return found;
}

function wordsOf(command: Command): string[] {
  const words = [
    command.name?.value ?? '',
    ...command.args.map((arg) => (arg.type === 'Word' ? arg.value : arg.text)),
  ];
  let start = 0;
  // `sudo -E env A=b timeout 60 aws …`: what is run is behind the wrappers, their options and their numbers
  while (start < words.length - 1 && WRAPPERS.has(words[start] ?? '')) {
    start += 1;
    while (start < words.length - 1 && /^(-|\w+=|\d+[smh]?$)/.test(words[start] ?? '')) start += 1;
  }
  if (/^(?:npm|pnpm|yarn|bun)$/.test(words[start] ?? '') && /^(?:exec|dlx|x)$/.test(words[start + 1] ?? '')) {
    start += 2;
    while (start < words.length - 1 && /^-/.test(words[start] ?? '')) start += 1;
  }
  const [name = '', ...rest] = words.slice(start);
  // `npx wrangler@4 deploy`
  return [start > 0 ? name.replace(/(?<=[\w/])@[\w.^~-]+$/, '') : name, ...rest].filter(Boolean);
}

function lineCounter(text: string): (offset: number) => number {
  let at = 0;
  let line = 0;
  // commands come in order: each line end is counted once
  return (offset) => {
    if (offset < at) at = line = 0;
    for (let next = text.indexOf('\n', at); next >= 0 && next < offset; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
}

class Walker {
  private readonly text: string;
  private readonly visit: (command: Command, masked: string | undefined, statement: number) => void;
  /** Where a status is last read. */
  private readonly asked: number;
  private current = 0;

  constructor(text: string, visit: Walker['visit']) {
    this.text = text;
    this.visit = visit;
    this.asked = Math.max(text.lastIndexOf('$?'), text.lastIndexOf('${?}'), text.lastIndexOf('PIPESTATUS'));
  }

  statements(list: readonly Statement[], masked: string | undefined, atFirst?: string): void {
    let off = atFirst;
    for (const [index, { command }] of list.entries()) {
      const [name, option = ''] = command.type === 'Command' ? wordsOf(command) : [];
      // a status that is read after `set +e` is not lost
      if (name === 'set' && /^\+\w*e/.test(option) && this.asked < command.end) off = 'set +e';
      else if (name === 'set' && /^-\w*e/.test(option)) off = undefined;
      // the status of the last command is the status of the script, whatever `set` says
      else this.statement(command, masked ?? (index < list.length - 1 ? off : undefined));
    }
  }

  private statement(node: Statement['command'], masked: string | undefined): void {
    this.current = node.pos;
    if (node.type !== 'AndOr') {
      this.pipeline(node, masked);
      return;
    }
    const last = node.operators.lastIndexOf('||');
    const rest = node.commands.slice(last + 1);
    const hides = last >= 0 && rest.every(cannotFail) && !node.commands.some(leaves);
    const how = this.text.slice(node.commands[last]?.end, node.end).trim().split('\n')[0]?.slice(0, 60);
    // `npm test || exit 1` stops without `set -e` too
    const others = last >= 0 && masked === NO_ERREXIT ? undefined : masked;
    for (const [index, command] of node.commands.entries()) {
      this.current = node.pos;
      this.pipeline(command, hides && index <= last ? how : others);
    }
  }

  private pipeline(node: PipelineNode, masked: string | undefined): void {
    for (const command of node.type === 'Pipeline' ? node.commands : [node]) this.command(command, masked);
  }

  private command(node: CommandNode, masked: string | undefined): void {
    if (node.type === 'Command') this.visit(node, masked, this.current);
    else if (node.type === 'Redirected') this.command(node.command, masked);
    else if (node.type === 'Function' && node.body.type !== 'CompoundList') this.command(node.body, masked);
    else for (const list of bodiesOf(node)) this.statements(list.commands, masked);
  }
}

/** What a compound command runs, its conditions left out. */
function bodiesOf(node: Exclude<CommandNode, Command>): CompoundList[] {
  switch (node.type) {
    case 'If':
      return [node.then, ...node.elif.map((one) => one.then), ...(node.else ? [node.else] : [])];
    case 'Case':
      return node.items.map((item) => item.body);
    case 'For':
    case 'While':
    case 'Select':
    case 'ArithmeticFor':
    case 'Subshell':
    case 'BraceGroup':
      return [node.body];
    case 'Function':
      return node.body.type === 'CompoundList' ? [node.body] : [];
    default:
      return [];
  }
}

/** `true`, `:`, a message, or a group of these: after `||` it turns any failure into success. */
function cannotFail(node: PipelineNode): boolean {
  if (node.type === 'Command') {
    const [name, status] = wordsOf(node);
    return (
      name === 'true' ||
      name === ':' ||
      name === 'echo' ||
      name === 'printf' ||
      (name === 'exit' && status === '0')
    );
  }
  if (node.type === 'BraceGroup' || node.type === 'Subshell')
    return node.body.commands.every(({ command }) => command.type !== 'AndOr' && cannotFail(command));
  return false;
}

/** `break`, `continue`, `return`: the chain is a step of a loop or a function that looks at the result. */
const leaves = (node: PipelineNode): boolean =>
  node.type === 'Command' && /^(break|continue|return)$/.test(node.name?.value ?? '');
