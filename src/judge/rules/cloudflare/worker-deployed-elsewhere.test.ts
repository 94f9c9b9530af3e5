import { expect, test } from 'vitest';
import { cloudflareEstate, fact, findings, seenAtCloudflare } from '../../test-estate.ts';
import { workerDeployedElsewhere } from './worker-deployed-elsewhere.ts';

const found = (deployment: Record<string, string>, facts = [fact('repo')]) =>
  findings(
    workerDeployedElsewhere,
    cloudflareEstate([seenAtCloudflare('Cloudflare::Workers::Script', 'gate', { deployment }, { facts })]),
  );

test('a script of the repository that was last deployed from the dashboard is a gap that says by whom', () => {
  const [finding] = found({ at: '2026-11-20T08:00:00Z', source: 'dash', by: 'ann@quay.example' });
  expect(finding?.message.en).toContain('2026-11-20 by `ann@quay.example`');
});

test('a deployment by a tool, a secret that was set there, and a script of no file are none', () => {
  expect(found({ at: '2026-11-20T08:00:00Z', source: 'wrangler' })).toEqual([]);
  expect(found({ at: '2026-11-20T08:00:00Z', source: 'dash', triggeredBy: 'secret' })).toEqual([]);
  expect(found({ at: '2026-11-20T08:00:00Z', source: 'dash' }, [])).toEqual([]);
});
