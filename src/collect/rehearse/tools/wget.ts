import { commandTool } from './command-tool.ts';
import { names } from './options.ts';
import { defineTool } from './tool.ts';

const table = commandTool({
  names: ['wget'],
  grammar: {
    valued: names(
      'O output-document o output-file a T timeout t tries P directory-prefix U user-agent e header post-data post-file user password body-data method i input-file retry-on-http-error',
    ),
  },
  depth: 0,
});

/** wget(1): prints what it fetched only when told so. */
export const wget = defineTool({
  ...table,
  answer: ({ options, words }, { symbols }) =>
    /^-$/.test(String(options.O ?? options['output-document'] ?? '')) || options.qO === '-'
      ? symbols.of(`answer of ${words[0] ?? 'wget'}`)
      : '',
});
