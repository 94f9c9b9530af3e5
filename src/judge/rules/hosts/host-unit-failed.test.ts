import { hostUnit } from '../../test-host.ts';
import { hostRule } from '../../test-host-rule.ts';
import { hostUnitFailed } from './host-unit-failed.ts';

hostRule(
  hostUnitFailed,
  'units',
  [
    [
      'failed',
      { units: [hostUnit('api.service', { active: 'failed', sub: 'failed', result: 'exit-code' })] },
      ['api.service medium'],
    ],
    [
      'restarted over and over',
      { units: [hostUnit('api.service', { active: 'activating', sub: 'auto-restart', restarts: 9 })] },
      ['api.service high'],
    ],
  ],
  [
    { units: [hostUnit('api.service')] },
    // one restart after an update is nothing
    { units: [hostUnit('api.service', { active: 'activating', sub: 'auto-restart', restarts: 1 })] },
  ],
);
