import { expect, test } from 'vitest';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
import { container, hostState } from '../../test-host.ts';
import { hostRule } from '../../test-host-rule.ts';
import { containerPrivilegedRunning } from './container-privileged-running.ts';

const vpn = container('vpn', { isPrivileged: true });
const rootless = [{ product: 'docker' as const, version: '27', isRootless: true }];

hostRule(
  containerPrivilegedRunning,
  'containers',
  [
    ['a privileged container', { containers: [vpn] }, ['vpn high']],
    [
      'capabilities that lead out',
      { containers: [container('vpn', { addedCapabilities: ['CAP_SYS_ADMIN', 'NET_ADMIN'] })] },
      ['vpn medium'],
    ],
  ],
  [
    { containers: [container('vpn', { addedCapabilities: ['NET_ADMIN'] })] },
    { containers: [{ ...vpn, state: 'exited' }] },
    { containers: [vpn], engines: rootless },
  ],
);

test('what its compose file says is told there', () => {
  const own = { ...vpn, compose: { project: 'quay', service: 'vpn', files: [] } };
  const composeFiles = (privileged?: number) => [
    composeFile([service('vpn', privileged === undefined ? {} : { privileged })]),
  ];
  const of = (privileged?: number) =>
    findings(
      containerPrivilegedRunning,
      estate({
        hosts: [hostState({ containers: [own] })],
        artifacts: { composeFiles: composeFiles(privileged) },
      }),
    );
  expect(of()).toHaveLength(1);
  expect(of(5)).toEqual([]);
});
