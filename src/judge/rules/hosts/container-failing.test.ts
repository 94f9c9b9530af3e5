import { container } from '../../test-host.ts';
import { hostRule } from '../../test-host-rule.ts';
import { containerFailing } from './container-failing.ts';

hostRule(
  containerFailing,
  'containers',
  [
    [
      'crash loop',
      { containers: [container('web', { state: 'restarting', restartCount: 12, exitCode: 3 })] },
      ['web high'],
    ],
    [
      'restarted just now, again',
      { containers: [container('web', { restartCount: 40, startedAt: '2026-03-01T07:59:00Z' })] },
      ['web high'],
    ],
    [
      'restarted twice, the last a moment ago',
      { containers: [container('web', { restartCount: 2, startedAt: '2026-03-01T07:59:40Z' })] },
      ['web medium'],
    ],
    ['unhealthy', { containers: [container('web', { health: 'unhealthy' })] }, ['web high']],
    [
      'stopped',
      { containers: [container('web', { state: 'exited', exitCode: 137, wasKilledForMemory: true })] },
      ['web medium'],
    ],
  ],
  [
    {
      containers: [
        container('web', { health: 'healthy', restartCount: 40, startedAt: '2026-02-01T00:00:00Z' }),
      ],
    },
    { containers: [container('migrate', { state: 'exited', exitCode: 0, restartPolicy: 'no' })] },
    { containers: [container('web', { restartCount: 2, startedAt: '2026-03-01T07:50:00Z' })] },
    { containers: [container('web', { restartCount: 1, startedAt: '2026-03-01T07:59:40Z' })] },
    // somebody stopped it
    { containers: [container('web', { state: 'exited', exitCode: 0 })] },
  ],
);
