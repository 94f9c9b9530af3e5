import { forEachChild, parse, type SyntaxNode, type Word } from 'unbash';

const LONGEST = 20_000;

/** The commands of one line of shell as words, by parsing alone; what the shell would put in stays as written. */
export function shellSplit(line: string): string[][] {
  if (line.length > LONGEST) return [];
  // what stands in a symbol is no shell
  const symbols: string[] = [];
  const source = line.replace(/⟨[^⟩]*⟩/g, (symbol) => `\u0001${symbols.push(symbol) - 1}\u0001`);
  const shown = (word: string) =>
    word.replace(/\u0001(\d+)\u0001/g, (_, index) => symbols[Number(index)] ?? '⟨…⟩');
  let tree: SyntaxNode;
  try {
    tree = parse(source);
  } catch {
    return [];
  }
  const found: string[][] = [];
  const pending: SyntaxNode[] = [tree];
  for (let node = pending.shift(); node; node = pending.shift()) {
    if (node.type === 'Command' && node.name) {
      const words = node.args.filter((arg): arg is Word => arg.type === 'Word');
      found.push([node.name.value, ...words.map(({ value }) => value)].map(shown));
    }
    const children: SyntaxNode[] = [];
    forEachChild(node, (child) => children.push(child));
    pending.unshift(...children);
  }
  return found;
}
