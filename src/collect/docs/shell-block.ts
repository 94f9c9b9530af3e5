import { type Command, forEachChild, parse, type SyntaxNode, type Word } from 'unbash';

/** A command of a block of shell, as words. What only its reader can fill in stands in `⟨…⟩`. */
export interface ShellCommand {
  argv: string[];
  /** Lines of the block, from 0. */
  line: number;
  endLine: number;
}

const LONGEST = 60_000;
const PROMPT = /^\s*(?:\$|❯|➜|%)\s+/;
/** `<cluster>` would be a redirection, `[ID]` a pattern. */
const PLACEHOLDER =
  /<([A-Za-z][^<>\n|&;]{0,60})>|\[([A-Z][A-Z0-9_ -]{1,60})\]|(?<=[\w/-])[{<[](\w[\w.-]{0,40}(?:\|\w[\w.-]{0,40}){1,6})[\]}>]/g;
const KNOWN_START =
  /^\s*(?:sudo\s+)?(?:aws|docker|wrangler|npx|bunx|(?:pnpm|yarn|bun)\s+(?:(?:exec|dlx|x)\s+)?wrangler|gh|kubectl|helm|systemctl|flyctl|fly|heroku|az|gcloud|eb|sam|vercel|netlify|railway|ssh)\s+\S/;
const SHELLS = new Set([
  'sh',
  'bash',
  'shell',
  'zsh',
  'console',
  'shell-session',
  'shellsession',
  'terminal',
  'ksh',
]);
const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const STARTS = new Set(['exec', 'dlx', 'x']);
const PREFIXES = new Set(['sudo', 'time', 'command', 'exec', 'nohup', 'npx', 'bunx']);

/** Whether a fenced block is shell: said so, or without a language and beginning with a prompt or a known command. */
export function isShell(language: string, text: string): boolean {
  if (SHELLS.has(language)) return true;
  if (language !== '' && language !== 'text') return false;
  const first = text.split('\n', 40).find((line) => line.trim() !== '' && !line.trim().startsWith('#')) ?? '';
  return PROMPT.test(first) || KNOWN_START.test(first);
}

/**
 * The commands of a block of shell in a document, by parsing alone: prompts and the output below them are taken out,
 * simple assignments of the same block are put in, and what is not known stays a placeholder.
 */
export function commandsOf(block: string): ShellCommand[] {
  if (block.length > LONGEST) return [];
  const source = withoutPrompts(block).replace(
    PLACEHOLDER,
    (_, a?: string, b?: string, list?: string) =>
      `⟨${(a ?? b ?? list ?? '').replace(/\s+/g, '_').replaceAll('|', ',')}⟩`,
  );
  let tree: SyntaxNode;
  try {
    tree = parse(source);
  } catch {
    return [];
  }
  const lineOf = lineCounter(source);
  const known = new Map<string, string>();
  const found: ShellCommand[] = [];
  const pending: SyntaxNode[] = [tree];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'Command') {
      const argv = words(node, known);
      if (argv.length > 0) found.push({ argv, line: lineOf(node.pos), endLine: lineOf(node.end) });
    }
    const children: SyntaxNode[] = [];
    forEachChild(node, (child) => children.push(child));
    pending.push(...children.reverse());
  }
  return found.sort((a, b) => a.line - b.line);
}

/** In a session with prompts, only the lines that have one (and their continuations) are commands. */
function withoutPrompts(block: string): string {
  const lines = block.split('\n');
  if (!lines.some((line) => PROMPT.test(line))) return block;
  let continues = false;
  return lines
    .map((line) => {
      const isCommand = continues || PROMPT.test(line);
      const text = isCommand ? line.replace(PROMPT, '').replace(/^\s*>\s/, '') : '';
      continues = isCommand && line.trimEnd().endsWith('\\');
      return text;
    })
    .join('\n');
}

function words(command: Command, known: Map<string, string>): string[] {
  for (const part of [...command.prefix, ...command.args])
    if (part.type === 'Assignment' && part.value.type === 'Word' && !part.append && !command.name?.value)
      known.set(part.name, resolved(part.value, known));
  for (const part of command.args)
    if (part.type === 'Assignment' && part.value.type === 'Word')
      known.set(part.name, resolved(part.value, known));
  if (!command.name) return [];
  const argv = [resolved(command.name, known)];
  for (const part of command.args) if (part.type === 'Word') argv.push(resolved(part, known));
  while (argv.length > 1 && PREFIXES.has(argv[0] ?? '')) {
    argv.shift();
    while (argv[0] === '-y' || argv[0] === '--yes' || argv[0] === '-E') argv.shift();
    argv[0] = argv[0]?.replace(/(?<=\w)@[\w.^~-]+$/, '') ?? '';
  }
  // `pnpm exec wrangler deploy`, `yarn wrangler deploy`
  if (MANAGERS.has(argv[0] ?? '')) {
    if (STARTS.has(argv[1] ?? '') && argv.length > 2) return argv.slice(2);
    if (argv[1] === 'wrangler') return argv.slice(1);
  }
  return argv;
}

type Parts = NonNullable<Word['parts']>;

function resolved(word: Word, known: ReadonlyMap<string, string>): string {
  return word.parts ? word.parts.map((part) => partText(part, known)).join('') : word.value;
}

function partText(part: Parts[number], known: ReadonlyMap<string, string>): string {
  switch (part.type) {
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.map((inner) => partText(inner, known)).join('');
    case 'SimpleExpansion':
      return known.get(part.text.slice(1)) ?? `⟨${part.text}⟩`;
    case 'ParameterExpansion': {
      const value = known.get(part.parameter);
      const { operation } = part;
      if (operation?.type === 'Default' && /[-=]$/.test(operation.operator))
        return value || resolved(operation.operand, known);
      return value !== undefined && !operation ? value : `⟨${part.parameter}⟩`;
    }
    case 'CommandExpansion':
    case 'ArithmeticExpansion':
    case 'ProcessSubstitution':
      return '⟨…⟩';
    default:
      return 'value' in part ? part.value : part.text;
  }
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
}
