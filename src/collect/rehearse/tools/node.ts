import { names, parseOptions } from './options.ts';
import { defineTool } from './tool.ts';

/** Node and the runtimes that take its place; what they run is not followed. */
export const node = defineTool({
  names: ['node', 'tsx', 'ts-node', 'deno'],
  parse(argv) {
    const { options, words } = parseOptions(argv.slice(1), {
      valued: names('e eval p print r require import loader conditions C env-file run'),
      mostWords: 1,
    });
    return { tool: 'node', operation: '', options, words };
  },
  answer: ({ words }, { symbols }) => symbols.of(`output of node ${words[0] ?? ''}`.trim()),
  verb: () => 'uses',
  named: () => [],
});
