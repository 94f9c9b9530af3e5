import { expect, test } from 'vitest';
import { dns } from './dns.ts';
import { collected, ofZone } from './test-api.ts';

test('records of one name and type are one, with where they lead; texts that may be secrets are not told', async () => {
  const tunnel = '0a1b2c3d-0000-4000-8000-000000000000';
  const { facts } = await collected(dns, {
    [ofZone('/dns_records')]: (query: URLSearchParams) =>
      query.get('page') === '1'
        ? [
            { name: 'quay.example', type: 'A', content: '192.0.2.1', proxied: true },
            { name: 'quay.example', type: 'A', content: '192.0.2.2', proxied: true },
            { name: 'nas.quay.example', type: 'CNAME', content: `${tunnel}.cfargotunnel.com` },
            { name: 'docs.quay.example', type: 'CNAME', content: 'docs-1a2.pages.dev' },
            { name: 'quay.example', type: 'TXT', content: '"v=spf1 -all"' },
            { name: '_token.quay.example', type: 'TXT', content: 'canary' },
            { name: 'api.quay.example', type: 'AAAA', content: '100::', meta: { read_only: true } },
          ]
        : [],
  });
  const of = (name: string, scope: string) => facts.find((one) => one.name === name && one.scope === scope);
  expect(of('quay.example', 'A')?.properties?.values).toEqual(['192.0.2.1', '192.0.2.2']);
  expect(of('quay.example', 'TXT')?.properties?.values).toEqual(['"v=spf1 -all"']);
  expect(of('_token.quay.example', 'TXT')?.properties?.values).toEqual([]);
  expect(of('nas.quay.example', 'CNAME')?.relations).toContainEqual({
    type: 'routes-to',
    to: { kind: 'Cloudflare::Tunnel', name: tunnel },
  });
  expect(of('docs.quay.example', 'CNAME')?.relations).toContainEqual({
    type: 'routes-to',
    to: { kind: 'Cloudflare::Pages::Project', name: 'docs-1a2.pages.dev' },
  });
  expect(of('api.quay.example', 'AAAA')?.builtIn).toBe(true);
  expect(JSON.stringify(facts)).not.toContain('canary');
});
