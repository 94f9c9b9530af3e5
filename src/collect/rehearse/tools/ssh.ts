import { hostNamed } from './host-names.ts';
import { names, parseOptions } from './options.ts';
import { defineTool } from './tool.ts';

/** OpenSSH's ssh(1): the first word is the host, the rest is what runs there. */
export const ssh = defineTool({
  names: ['ssh', 'autossh'],
  parse(argv) {
    const { options, words } = parseOptions(argv.slice(1), {
      valued: names('B b c D E e F I i J L l m O o P p Q R S W w'),
      mostWords: 1,
    });
    return { tool: 'ssh', operation: '', options, words };
  },
  answer: () => '',
  verb: () => 'requires',
  // a model of an action gives its host by name
  named: ({ words, options }) =>
    hostNamed(words[0] ?? (typeof options.host === 'string' ? options.host : '')),
});
