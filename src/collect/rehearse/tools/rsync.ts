import { commandTool } from './command-tool.ts';
import { hostNamed, hostsOfPaths } from './host-names.ts';
import { names, valuesOf } from './options.ts';

/** rsync(1). */
export const rsync = commandTool({
  names: ['rsync'],
  grammar: {
    valued:
      names(`e rsh rsync-path exclude include exclude-from include-from files-from f filter B block-size T temp-dir
      compare-dest copy-dest link-dest backup-dir suffix timeout contimeout port log-file password-file bwlimit chmod chown usermap groupmap
      max-size min-size max-delete modify-window out-format M remote-option info debug skip-compress partial-dir`),
  },
  depth: 0,
  requires: /^/,
  named: (call) => [...hostsOfPaths(call.words), ...valuesOf(call, 'host').flatMap(hostNamed)],
});
