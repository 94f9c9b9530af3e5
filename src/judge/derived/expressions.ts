import { Lexer, Parser } from '@actions/expressions';
import {
  ContextAccess,
  type Expr,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
} from '@actions/expressions/ast';

const CONTEXTS = [
  'github',
  'env',
  'vars',
  'job',
  'jobs',
  'steps',
  'runner',
  'secrets',
  'strategy',
  'matrix',
  'needs',
  'inputs',
];
const STATUS = ['hashFiles', 'always', 'success', 'failure', 'cancelled'].map((name) => ({
  name,
  minArgs: 0,
  maxArgs: 255,
}));
/** Functions that hand on what they are given; the others answer with a boolean or a hash. */
const HANDS_ON = new Set(['format', 'join', 'tojson', 'fromjson']);
const LONGEST = 4000;

/** An expression between `${{` and `}}`, and the lines of the text before it. */
export interface Embedded {
  expression: string;
  line: number;
}

/** The expressions written in a text, in order. */
export function embeddedExpressions(text: string): Embedded[] {
  const found: Embedded[] = [];
  let line = 0;
  let counted = 0;
  for (let start = text.indexOf('${{'); start >= 0; ) {
    const end = text.indexOf('}}', start);
    if (end < 0) break;
    for (
      let next = text.indexOf('\n', counted);
      next >= 0 && next < start;
      next = text.indexOf('\n', counted)
    ) {
      line += 1;
      counted = next + 1;
    }
    found.push({ expression: text.slice(start + 3, end).trim(), line });
    start = text.indexOf('${{', end);
  }
  return found;
}

/**
 * The contexts whose value can become the value of an expression, in lower case (`github.event.issue.title`, with
 * `*` for an index that is not a name). What is only compared or tested is not among them: it cannot get out.
 */
export function flowingContexts(expression: string): string[] {
  if (expression.length > LONGEST) return [];
  let tree: Expr;
  try {
    tree = new Parser(new Lexer(expression).lex().tokens, CONTEXTS, STATUS).parse();
  } catch {
    return [];
  }
  return tree ? [...new Set(flowing(tree))] : [];
}

function flowing(node: Expr): string[] {
  if (node instanceof Grouping) return flowing(node.group);
  if (node instanceof FunctionCall)
    return HANDS_ON.has(node.functionName.lexeme.toLowerCase()) ? node.args.flatMap(flowing) : [];
  if (node instanceof Logical) {
    // of `a && b` only `b` comes out when `a` holds; a false `a` that comes out is empty
    const out = node.operator.lexeme === '&&' ? node.args.slice(-1) : node.args;
    return out.flatMap(flowing);
  }
  const path = pathOf(node);
  return path === undefined ? [] : [path];
}

function pathOf(node: Expr): string | undefined {
  if (node instanceof ContextAccess) return node.name.lexeme.toLowerCase();
  if (!(node instanceof IndexAccess)) return undefined;
  const base = pathOf(node.expr);
  if (base === undefined) return undefined;
  const { index } = node;
  const name = index instanceof Literal ? index.literal.coerceString().toLowerCase() : '*';
  return `${base}.${index instanceof Star || /^\d+$/.test(name) ? '*' : name}`;
}
