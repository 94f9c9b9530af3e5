import type { Json } from '#model/fact.ts';
import type { Call } from '#model/workflow.ts';
import type { ParsedCall } from './tool.ts';

/** Symbols as a name shows them: the other values of an input are that input, and a whole command line says nothing. */
const plainSymbols = (text: string): string =>
  text.replace(/⟨([^⟨⟩]*)⟩/g, (symbol, label: string) => {
    const own = label.replace(/^other /, '');
    return own.length > 60 || /["{}|\n]/.test(own.replace(/^\$\{[^{}]*\}$/, ''))
      ? '⟨…⟩'
      : own === label
        ? symbol
        : `⟨${own}⟩`;
  });

/** A recorded call as its tool parsed it, with what it named in the files that it was given. */
export function parsedCall(call: Pick<Call, 'tool' | 'operation' | 'arguments'>): ParsedCall {
  const options: ParsedCall['options'] = Object.create(null);
  const texts = (value: Json): string[] =>
    (Array.isArray(value) ? value : [value]).flatMap((one) =>
      typeof one === 'string' ? [plainSymbols(one)] : typeof one === 'number' ? [String(one)] : [],
    );
  for (const [key, value] of Object.entries(call.arguments)) {
    if (key === 'words') continue;
    const found = texts(value);
    if (value === true) options[key] = true;
    else if (found.length > 1) options[key] = found;
    else if (found[0] !== undefined) options[key] = found[0];
  }
  return { tool: call.tool, operation: call.operation, options, words: texts(call.arguments.words ?? []) };
}
