import { commandTool } from './command-tool.ts';
import { names } from './options.ts';
import { units } from './systemctl.ts';
import { defineTool } from './tool.ts';

const table = commandTool({
  names: ['service'],
  grammar: { valued: names('') },
  depth: 0,
  requires: /^(?:start|stop|restart|reload|force-reload)$/,
  prints: /^status$/,
  named: (call) => (call.operation ? units(call.words.slice(0, 1), false) : []),
});

/** service(8): the unit comes before what is done to it. */
export const service = defineTool({
  ...table,
  parse(argv) {
    const call = table.parse(argv);
    const [unit, operation = '', ...rest] = call.words;
    return { ...call, operation, words: unit === undefined ? [] : [unit, ...rest] };
  },
});
