import { expect, test } from 'vitest';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
import { container, hostState, proxyConfig, proxyService } from '../../test-host.ts';
import { hostRule } from '../../test-host-rule.ts';
import { containerWithoutRestartPolicy } from './container-without-restart-policy.ts';

const compose = { project: 'shop', service: 'front', files: [] };
const ports = [{ hostAddress: '0.0.0.0', hostPort: 8002, containerPort: 80, protocol: 'tcp' as const }];
const front = container('shop-front', { restartPolicy: 'no', compose, ports });
const networks = [{ name: 'edge-net', aliases: ['front'] }];
const edge = container('edge', { networks: [{ name: 'edge-net', aliases: [] }] });
const leading = proxyConfig({
  source: 'host',
  runsIn: { container: 'edge' },
  services: [proxyService('x', { servers: [{ scheme: 'http', host: 'front', port: 80, text: '' }] })],
});

hostRule(
  containerWithoutRestartPolicy,
  'containers',
  [
    ['a container that publishes a port', { containers: [front] }, ['shop-front low']],
    [
      'one that a proxy leads to',
      { containers: [{ ...front, ports: [], networks }, edge], proxies: [leading] },
      ['shop-front low'],
    ],
  ],
  [
    { containers: [{ ...front, restartPolicy: 'on-failure' }] },
    { containers: [{ ...front, ports: [] }] },
    { containers: [{ ...front, state: 'exited' }] },
    { containers: [{ ...front, labels: { 'com.docker.compose.oneoff': 'True' } }] },
    { containers: [container('by-hand', { restartPolicy: 'no', ports })] },
  ],
);

test('where its file gives a policy, that what runs differs is told by itself', () => {
  const of = (restart?: string) =>
    findings(
      containerWithoutRestartPolicy,
      estate({
        hosts: [hostState({ containers: [front] })],
        artifacts: {
          composeFiles: [
            composeFile([service('front', restart === undefined ? {} : { restart })], { project: 'shop' }),
          ],
        },
      }),
    );
  expect(of()).toHaveLength(1);
  expect(of('no')).toHaveLength(1);
  expect(of('unless-stopped')).toEqual([]);
});
