import { expect, test } from 'vitest';
import { estate, resource, wranglerConfig } from '../test-estate.ts';
import { viewOf } from './view.ts';

const manifest = (file: string) => ({ file, ecosystem: 'npm' as const, packages: [] });
const asked = (artifacts: Parameters<typeof estate>[0]) =>
  viewOf(estate(artifacts), [], new Set(), () => ({})).estate.artifacts;

test('what examples and tests configure is not asked about: none of it is put into service', () => {
  const { wranglerConfigs, manifests } = asked({
    artifacts: {
      wranglerConfigs: [
        wranglerConfig({ file: 'examples/react/start/wrangler.jsonc' }),
        wranglerConfig({ file: 'apps/api/wrangler.toml' }),
      ],
      manifests: [manifest('package.json'), manifest('e2e/sentry-integration/package.json')],
    },
  });
  expect(wranglerConfigs.map(({ file }) => file)).toEqual(['apps/api/wrangler.toml']);
  expect(manifests.map(({ file }) => file)).toEqual(['package.json']);
});

test('what only an example declares is no part of what runs', () => {
  const declared = (file: string) => [{ source: 'repo' as const, file, line: 3 }];
  const view = viewOf(
    estate({
      artifacts: { wranglerConfigs: [wranglerConfig({ file: 'e2e/basic/wrangler.jsonc' })] },
      resources: [
        resource('Cloudflare::Workers::Script', 'basic', [], {
          declared: declared('e2e/basic/wrangler.jsonc'),
        }),
        resource('Cloudflare::Workers::Script', 'api', [], { declared: declared('apps/api/wrangler.toml') }),
      ],
    }),
    [],
    new Set(),
    () => ({}),
  );
  expect(view.estate.resources.map(({ name }) => name)).toEqual(['api']);
});
