import { commandTool } from './command-tool.ts';
import { hostNamed, hostsOfPaths } from './host-names.ts';
import { names, valuesOf } from './options.ts';

/** OpenSSH's scp(1) and sftp(1). */
export const scp = commandTool({
  names: ['scp', 'sftp'],
  grammar: { valued: names('c D F i J l o P S X b') },
  depth: 0,
  requires: /^/,
  named: (call) => [...hostsOfPaths(call.words), ...valuesOf(call, 'host').flatMap(hostNamed)],
});
