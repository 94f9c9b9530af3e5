import { hostUnit } from '../../test-host.ts';
import { hostRule } from '../../test-host-rule.ts';
import { hostUnitNeedsReload } from './host-unit-needs-reload.ts';

hostRule(
  hostUnitNeedsReload,
  'units',
  [['changed', { units: [hostUnit('api.service', { needsReload: true })] }, ['api.service low']]],
  [
    { units: [hostUnit('api.service')] },
    { units: [hostUnit('cron.service', { needsReload: true, isVendor: true })] },
  ],
);
