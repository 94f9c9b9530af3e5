import { expect, test } from 'vitest';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
import { container, hostState, proxyConfig } from '../../test-host.ts';
import { hostRule } from '../../test-host-rule.ts';
import { engineSocketMounted } from './engine-socket-mounted.ts';

const engineSocket = { source: '/var/run/docker.sock', isReadOnly: true };
const agent = container('agent', { image: 'registry.example/agent:1', engineSocket });

hostRule(
  engineSocketMounted,
  'containers',
  [
    ['a program that holds the engine, read-only or not', { containers: [agent] }, ['agent high']],
    [
      'a proxy that reads the list of containers',
      { containers: [{ ...agent, image: 'traefik:v3.5' }] },
      ['agent medium'],
    ],
    [
      'a proxy that was read in it',
      { containers: [agent], proxies: [proxyConfig({ source: 'host', runsIn: { container: 'agent' } })] },
      ['agent medium'],
    ],
  ],
  [
    { containers: [{ ...agent, state: 'exited' }] },
    { containers: [{ ...agent, image: 'tecnativa/docker-socket-proxy:0.3' }] },
    { containers: [container('web')] },
  ],
);

test('it is said that read-only changes nothing, and what its compose file tells is not told again', () => {
  const own = { ...agent, compose: { project: 'quay', service: 'agent', files: [] } };
  const of = (volumes: Parameters<typeof service>[1]) =>
    findings(
      engineSocketMounted,
      estate({
        hosts: [hostState({ containers: [own] })],
        artifacts: { composeFiles: [composeFile([service('agent', volumes)])] },
      }),
    );
  expect(of({})[0]?.message.en).toContain(
    'read-only: it cannot be replaced, and anything can still be asked',
  );
  const source = '/var/run/docker.sock';
  expect(of({ volumes: [{ source, target: source, line: 4 }] })).toEqual([]);
});
