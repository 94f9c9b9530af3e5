import { expect, test } from 'vitest';
import { estate, findings } from '../../test-estate.ts';
import { proxyConfig, router } from '../../test-host.ts';
import { nginxLocationShadowed } from './nginx-location-shadowed.ts';

const location = (rule: string, how: 'prefix' | 'exact' | 'regex', value: string) =>
  router(`a ${rule}`, {
    rule: `location ${rule}`,
    site: 'a',
    match: { hosts: [], paths: [{ how, value }], other: [] },
  });
const found = (...routers: ReturnType<typeof router>[]) =>
  findings(
    nginxLocationShadowed,
    estate({ artifacts: { proxies: [proxyConfig({ product: 'nginx', routers })] } }),
  );

test('after an expression that takes every path no prefix and no later expression is reached', () => {
  const dead = found(
    location('/api/', 'prefix', '/api/'),
    location('~ \\.php$', 'regex', '\\.php$'),
    location('~ ^/(.*)$', 'regex', '^/(.*)$'),
    location('~ \\.css$', 'regex', '\\.css$'),
    location('= /x', 'exact', '/x'),
    location('^~ /static/', 'prefix', '/static/'),
  );
  expect(dead.map(({ title }) => title.en).sort()).toEqual([
    '`a /api/`: never reached',
    '`a ~ \\.css$`: never reached',
  ]);
  expect(dead.map(({ message }) => message.en)).toContain(
    '`location ~ ^/(.*)$` takes every path and is asked before `location /api/`.',
  );
});

test('an expression that some paths do not fit shadows nothing, and `location /` neither', () => {
  expect(
    found(location('/', 'prefix', '/'), location('~ ^/a', 'regex', '^/a'), location('/b', 'prefix', '/b')),
  ).toEqual([]);
});
