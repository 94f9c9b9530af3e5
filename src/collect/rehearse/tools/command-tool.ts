import type { Verb } from '#model/fact.ts';
import { type Grammar, parseOptions } from './options.ts';
import type { Named, ParsedCall, Tool } from './tool.ts';

/** A command with subcommands, told by tables. */
export interface CommandTable extends Partial<Pick<Tool, 'record'>> {
  names: Tool['names'];
  grammar: Grammar;
  /** How many of its words are the operation; decided by the words themselves where it depends on them. */
  depth: number | ((words: readonly string[]) => number);
  /** Operations that create, require and delete what they name; every other one uses it. */
  creates?: RegExp;
  requires?: RegExp;
  deletes?: RegExp;
  /** Operations that print something a script goes on with. Default: none. */
  prints?: RegExp;
  named?(call: ParsedCall): Named[];
}

const EVERYTHING_ELSE: Verb = 'uses';

/** Makes a recorder of a {@link CommandTable}. */
export function commandTool({
  names,
  grammar,
  depth,
  creates,
  requires,
  deletes,
  prints,
  named,
  record,
}: CommandTable): Tool {
  const [tool] = names;
  return {
    names,
    parse(argv) {
      const { options, words } = parseOptions(argv.slice(1), grammar);
      const count = typeof depth === 'number' ? depth : depth(words);
      return { tool, operation: words.slice(0, count).join(' '), options, words: words.slice(count) };
    },
    answer: ({ operation, words }, { symbols }) =>
      prints?.test(operation) ? symbols.of([tool, operation, ...words].join(' ').trim().slice(0, 90)) : '',
    verb({ operation }) {
      if (deletes?.test(operation)) return 'deletes';
      if (creates?.test(operation)) return 'creates';
      return requires?.test(operation) ? 'requires' : EVERYTHING_ELSE;
    },
    named: named ?? (() => []),
    ...(record && { record }),
  };
}
