import { patternOf } from '#lib/name-pattern.ts';
import { hasSymbol } from '#lib/symbolic.ts';
import type { Fact, ResourceKey } from '#model/fact.ts';

const SYMBOL = /⟨[^⟨⟩]*⟩/g;

/** What stands for each symbol of an open name in one of these names; undefined where none fits, or one says two things. */
function bindings(open: string, names: readonly string[]): ReadonlyMap<string, string> | undefined {
  const symbols = open.match(SYMBOL) ?? [];
  const pattern = patternOf(open);
  for (const name of names) {
    const parts = pattern?.partsOf(name);
    // other forms of open parts, or two side by side, are not told apart
    if (parts?.length !== symbols.length) continue;
    const bound = new Map(symbols.map((symbol, index) => [symbol, parts[index] ?? '']));
    if (symbols.every((symbol, index) => bound.get(symbol) === parts[index])) return bound;
  }
  return undefined;
}

/**
 * What a declaration under an open name leads to, as one thing that fits the name has it: of `quay-⟨stage⟩-api` and its
 * log group `/aws/lambda/quay-⟨stage⟩-api`, `quay-dev-api` leads to `/aws/lambda/quay-dev-api`.
 */
export function boundTo(
  { name, nameStatus }: Fact,
  names: readonly string[],
  to: ResourceKey,
): ResourceKey | undefined {
  if (nameStatus !== 'template' || !hasSymbol(`${to.name}${to.scope ?? ''}`)) return undefined;
  const bound = bindings(name, names);
  if (!bound) return undefined;
  const closed = (text: string) => text.replace(SYMBOL, (symbol) => bound.get(symbol) ?? symbol);
  return { ...to, name: closed(to.name), ...(to.scope !== undefined && { scope: closed(to.scope) }) };
}
