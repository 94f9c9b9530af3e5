import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { onHost } from './on-host.ts';

const at = (address: string, isRoot = true) => ({
  address,
  user: { name: isRoot ? 'root' : 'deploy', isRoot },
});
const COMMANDS = ["printf '%s' \"it's\"", 'printf %s ,done'];

test('root changes a host by ssh, others by sudo', () => {
  expect(onHost(at('ssh://root@quay-1'), ['systemctl restart api.service'])).toBe(
    "ssh ssh://root@quay-1 'systemctl restart api.service'",
  );
  expect(onHost(at('ssh://deploy@quay-1', false), ['systemctl restart api.service'])).toMatch(
    /^ssh -t ssh:\/\/deploy@quay-1 'sudo sh -c '/,
  );
});

test('quotes come through ssh and sudo as they are', () => {
  const run = (command: string) =>
    execFileSync('sh', [
      '-c',
      `ssh() { while [ "$1" = -t ] || [ "\${1#ssh:}" != "$1" ]; do shift; done; sh -c "$*"; }; sudo() { "$@"; }; ${command}`,
    ]).toString();
  expect(run(onHost(at('local'), COMMANDS))).toBe("it's,done");
  expect(run(onHost(at('ssh://root@quay-1'), COMMANDS))).toBe("it's,done");
});
