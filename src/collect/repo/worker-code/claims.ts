import type { Analysed } from './analysis.ts';
import { isCall, isMember, type Node, propertyOf } from './syntax.ts';

export type Claim = 'iss' | 'aud' | 'exp';

const DECIDES =
  /^(?:includes|some|every|has|indexOf|find|test|match|equals?|startsWith|endsWith|isArray|is\w+|check\w*|assert\w*|verify\w*|validate\w*)$/i;
const WRAPS =
  /^(?:TSAsExpression|TSNonNullExpression|ParenthesizedExpression|UnaryExpression|BinaryExpression|LogicalExpression|ArrayExpression|SpreadElement|ConditionalExpression|OptionalMemberExpression|MemberExpression)$/;

/** Claims of a token on which the code of a module decides: compared, tested, looked for in a list. */
export function claimsDecidedIn(module: Analysed): { claim: Claim; node: Node }[] {
  const { syntax, scopes } = module;
  const found: { claim: Claim; node: Node }[] = [];
  for (const node of [...syntax.of('MemberExpression'), ...syntax.of('OptionalMemberExpression')]) {
    const name = propertyOf(node);
    if (isClaim(name) && decides(module, node)) found.push({ claim: name, node });
  }
  // `const { aud, exp } = payload`
  for (const node of syntax.of('Identifier')) {
    const binding = scopes.resolve(node.name, node);
    const path = binding?.is === 'variable' || binding?.is === 'parameter' ? binding.path : undefined;
    const name = path?.at(-1);
    if (isClaim(name) && decides(module, node)) found.push({ claim: name, node });
  }
  return found;
}

const isClaim = (name: string | undefined): name is Claim =>
  name === 'iss' || name === 'aud' || name === 'exp';

function decides(module: Analysed, claim: Node): boolean {
  let at = claim;
  for (let hops = 0; hops < 8; hops += 1) {
    const parent = module.syntax.parentOf(at);
    if (!parent) return false;
    if (parent.type === 'BinaryExpression' && /^(?:[!=]==?|[<>]=?|in)$/.test(parent.operator)) return true;
    if (/^(?:IfStatement|ConditionalExpression|WhileStatement)$/.test(parent.type))
      return 'test' in parent && parent.test === at;
    if (isCall(parent)) {
      const callee = parent.callee as Node;
      const name = isMember(callee)
        ? propertyOf(callee)
        : callee.type === 'Identifier'
          ? callee.name
          : undefined;
      return name !== undefined && DECIDES.test(name);
    }
    if (!WRAPS.test(parent.type)) return false;
    at = parent;
  }
  return false;
}
