import { hostUnit } from '../../test-host.ts';
import { hostRule } from '../../test-host-rule.ts';
import { hostUnitNotRunning } from './host-unit-not-running.ts';

hostRule(
  hostUnitNotRunning,
  'units',
  [
    [
      'stopped',
      { units: [hostUnit('api.service', { active: 'inactive', sub: 'dead' })] },
      ['api.service high'],
    ],
    ['not enabled', { units: [hostUnit('api.service', { enabled: 'disabled' })] }, ['api.service medium']],
  ],
  [
    { units: [hostUnit('api.service')] },
    {
      units: [
        hostUnit('api.service', { active: 'inactive', enabled: 'disabled' }),
        hostUnit('api.socket', { triggers: ['api.service'] }),
      ],
    },
  ],
);
