import { expect, test } from 'vitest';
import type { Effect, WhatIf } from '#model/what-if.ts';
import { estate, findings } from '../../test-estate.ts';
import { whatIf } from '../../test-host.ts';
import { retiredComposeTouchesRunning } from './retired-compose-touches-running.ts';

const effect = (id: Effect['id'], severity: Effect['severity']): Effect => ({
  id,
  fails: false,
  severity,
  text: { fr: `Ce que ferait \`${id}\`.`, en: `What \`${id}\` would do.` },
  evidence: [{ source: 'repo', file: 'compose.yml.OBSOLETE', line: 5 }],
  affects: [],
});
const found = (...whatIfs: WhatIf[]) =>
  findings(retiredComposeTouchesRunning, estate({ sources: new Set(['repo', 'host']), whatIfs }));

test('data first, then routes, and how many more there are', () => {
  const [finding] = found(
    whatIf([
      effect('route-taken-over', 'high'),
      effect('alias-collision', 'high'),
      effect('volume-shared', 'critical'),
      effect('project-taken-over', 'high'),
      effect('container-started', 'low'),
    ]),
  );
  expect(finding?.severity).toBe('high');
  expect(finding?.message.en).toBe(
    'What `volume-shared` would do. What `route-taken-over` would do. What `alias-collision` would do. And 1 more effect.',
  );
});

test('what is only started, or of a file in use, is no gap', () => {
  expect(found(whatIf([effect('container-started', 'low'), effect('volume-shared', 'low')]))).toEqual([]);
  expect(found(whatIf([effect('volume-shared', 'critical')], { isRetired: false }))).toEqual([]);
  expect(found(whatIf([effect('port-collision', 'high')]))).toEqual([]);
});
