import { expect, test } from 'vitest';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
import { container, hostState } from '../../test-host.ts';
import { composeMountsDockerSocket } from './compose-mounts-docker-socket.ts';

const socket = [{ source: '/var/run/docker.sock', target: '/var/run/docker.sock', line: 8 }];
const found = (name: string, reference?: string, file = 'compose.yaml', restart = 'always') =>
  findings(
    composeMountsDockerSocket,
    estate({
      artifacts: {
        composeFiles: [
          composeFile(
            [
              service(name, {
                volumes: socket,
                restart,
                ...(reference && { image: { reference, line: 3 } }),
              }),
            ],
            { file },
          ),
        ],
      },
    }),
  );

test('a service of the estate that holds the socket is a medium finding at the mount', () => {
  expect(found('runner', 'acme/runner:2')[0]).toMatchObject({ severity: 'medium', evidence: [{ line: 8 }] });
});

test('a reverse proxy that reads the list of containers is a low one', () => {
  expect(found('edge', 'traefik:v3.6')[0]?.severity).toBe('low');
});

test('a filtering proxy is the remedy, not the fault', () => {
  expect(found('guard', 'tecnativa/docker-socket-proxy:0.4')).toEqual([]);
  expect(found('socket-proxy')).toEqual([]);
});

test('a file for a workstation is not judged', () => {
  expect(found('runner', 'acme/runner:2', 'docker-compose.local.yml')).toEqual([]);
});

test('where nothing says that a server runs the file, it is low', () => {
  expect(found('runner', 'acme/runner:2', 'compose.yaml', 'no')[0]?.severity).toBe('low');
});

test('where a host runs it with the socket it weighs more, and read-only is told for what it is', () => {
  const one = container('quay-edge-1', {
    image: 'traefik:v3.6',
    compose: { project: 'quay', service: 'edge', files: [] },
    engineSocket: { source: '/var/run/docker.sock', isReadOnly: true },
  });
  const of = (reference: string, running = one) =>
    findings(
      composeMountsDockerSocket,
      estate({
        hosts: [hostState({ containers: [running] })],
        artifacts: {
          composeFiles: [composeFile([service('edge', { volumes: socket, image: { reference, line: 3 } })])],
        },
      }),
    )[0];
  expect(of('traefik:v3.6')).toMatchObject({
    severity: 'medium',
    evidence: [{ line: 8 }, { source: 'host', excerpt: 'quay-edge-1: /var/run/docker.sock' }],
  });
  expect(of('traefik:v3.6')?.message.en).toContain('read-only, which keeps nothing from being asked');
  expect(of('acme/runner:2')?.severity).toBe('high');
  expect(of('traefik:v3.6', { ...one, state: 'exited' })?.severity).toBe('low');
});
