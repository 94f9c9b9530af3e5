import { expect, test } from 'vitest';
import {
  cloudflareEstate,
  findings,
  seenAtCloudflare,
  wranglerConfig,
  wranglerEnvironment,
} from '../../test-estate.ts';
import { workerPublicBesideAccess } from './worker-public-beside-access.ts';

function found(
  properties: Record<string, boolean>,
  domains = ['desk.quay.example'],
  artifacts: Parameters<typeof cloudflareEstate>[2] = {},
) {
  const script = seenAtCloudflare('Cloudflare::Workers::Script', 'desk-api', properties);
  const domain = seenAtCloudflare('Cloudflare::Workers::Domain', 'desk.quay.example');
  const application = seenAtCloudflare('Cloudflare::Access::Application', 'desk', { domains });
  const relations = [{ from: domain.id, to: script.id, type: 'routes-to', evidence: [] }];
  return findings(
    workerPublicBesideAccess,
    cloudflareEstate([script, domain, application], [], { relations, ...artifacts }),
  );
}

test('a Worker behind Access that also answers on workers.dev is a gap with the name that is guarded', () => {
  const [finding] = found({ workersDev: true, previewUrls: false });
  expect(finding?.message.en).toContain('Access guards `desk.quay.example`');
  expect(finding?.message.en).toContain('(`workers.dev`)');
  expect(found({ workersDev: false, previewUrls: true })).toHaveLength(1);
});

test('one that is closed, that Access does not guard, or whose other address it guards too, is none', () => {
  expect(found({ workersDev: false, previewUrls: false })).toEqual([]);
  expect(found({})).toEqual([]);
  expect(found({ workersDev: true }, ['other.quay.example'])).toEqual([]);
  expect(found({ workersDev: true }, ['desk.quay.example', 'desk-api.quay.workers.dev'])).toEqual([]);
});

test('where the configuration says that it is open, that is told of the configuration', () => {
  const open = wranglerEnvironment({
    script: { name: 'desk-api', line: 1 },
    workersDev: { isOn: true, isStated: true, line: 4 },
  });
  const artifacts = { wranglerConfigs: [wranglerConfig({ environments: [open] })] };
  expect(found({ workersDev: true }, ['desk.quay.example'], { artifacts })).toEqual([]);
});
