import { expect, test } from 'vitest';
import { Edge } from '../test-edge.ts';
import { requestOf } from '../trace.ts';
import { takes } from './cloudflare-routes.ts';

/** Whether a pattern takes an address. */
const isTaken = (name: string, url: string, scheme?: string) => {
  const [fact] = new Edge().route(name, 'w', scheme).facts.slice(-1);
  return takes({ name, facts: [fact] } as never, requestOf(url));
};

// the examples of “Matching behavior” in Cloudflare's documentation, and what stands next to them
test.each([
  ['quay.example/*', 'https://quay.example/', true],
  ['quay.example/*', 'https://www.quay.example/', false],
  ['*.quay.example/*', 'https://www.quay.example/a', true],
  ['*.quay.example/*', 'https://quay.example/a', false],
  ['*quay.example/*', 'https://quay.example/a', true],
  ['*quay.example/*', 'https://www.quay.example/a', true],
  ['api.quay.example/v1/*', 'https://api.quay.example/health', false],
  ['api.quay.example/v1/*', 'https://api.quay.example/v1/x', true],
  ['api.quay.example/v1/*', 'https://api.quay.example/v1', false],
  ['api.quay.example/v1*', 'https://api.quay.example/v1', true],
  ['quay.example/images', 'https://quay.example/images/a.png', false],
  ['quay.example/Images*', 'https://quay.example/images', false],
  ['QUAY.example/*', 'https://quay.example/', true],
  ['quay.example', 'https://quay.example/', true],
  ['quay.example', 'https://quay.example/a', false],
])('%s, asked for %s: %s', (pattern, url, expected) => {
  expect(isTaken(pattern, url)).toBe(expected);
});

test('a route that is written with a scheme is for that alone', () => {
  expect(isTaken('quay.example/*', 'http://quay.example/', 'http')).toBe(true);
  expect(isTaken('quay.example/*', 'https://quay.example/', 'http')).toBe(false);
});

test.each([
  ['https://www.quay.example/a', 'exact-host'],
  ['https://www.quay.example/a/b', 'deep-path'],
  ['https://other.quay.example/a/b', 'star-host'],
  ['https://www.quay.example/a/c', 'exact-path'],
  ['https://b.quay.example/a/b/c/d', 'short-host'],
])('of several routes the most specific one is followed: %s goes to %s', (url, script) => {
  const edge = new Edge()
    .record('*.quay.example', 'AAAA', '100::')
    .route('*.quay.example/*', 'star-host')
    .route('b.quay.example/*', 'short-host')
    .route('www.quay.example/*', 'exact-host')
    .route('www.quay.example/a/*', 'deep-path')
    .route('www.quay.example/a/c', 'exact-path')
    .route('*.quay.example/a/b/c/*', 'longer-but-star');
  for (const name of ['star-host', 'short-host', 'longer-but-star', 'exact-host', 'deep-path', 'exact-path'])
    edge.worker(name);
  expect(edge.trace(url).hops.at(-1)?.resource).toContain(script);
});
