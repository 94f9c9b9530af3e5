import { container, proxyConfig, proxyService } from '../../test-host.ts';
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
