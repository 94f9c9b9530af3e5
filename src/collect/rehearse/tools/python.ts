import { names, parseOptions } from './options.ts';
import { defineTool } from './tool.ts';

/**
 * An interpreter: what it runs is another language, which is read by parsing, where it stands. Its output is one symbol.
 */
export const python = defineTool({
  names: ['python', 'python3'],
  parse(argv) {
    const { options, words } = parseOptions(argv.slice(1), { valued: names('c m W X with'), mostWords: 1 });
    return { tool: 'python', operation: typeof options.m === 'string' ? options.m : '', options, words };
  },
  answer: ({ operation, words, options }, { symbols }) =>
    operation === 'pip' || operation === 'venv'
      ? ''
      : symbols.of(`output of python ${words[0] ?? (options.c ? '-c' : '')}`.trim()),
  verb: () => 'uses',
  named: () => [],
});
