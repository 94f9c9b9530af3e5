import { describe, expect, test } from 'vitest';
import { interpolate } from './interpolation.ts';

const values = new Map([
  ['TAG', '1.27'],
  ['EMPTY', ''],
]);
const read = (text: string) => interpolate(text, (name) => values.get(name));

describe('interpolate', () => {
  test.each([
    ['nginx:alpine', 'nginx:alpine', 'literal'],
    ['nginx:${TAG}', 'nginx:1.27', 'resolved'],
    ['nginx:$TAG', 'nginx:1.27', 'resolved'],
    ['nginx:${TAG:-2}', 'nginx:1.27', 'resolved'],
    ['nginx:${ABSENT:-2}', 'nginx:2', 'resolved'],
    ['nginx:${ABSENT-2}', 'nginx:2', 'resolved'],
    ['nginx:${EMPTY:-2}', 'nginx:2', 'resolved'],
    ['nginx:${EMPTY-2}', 'nginx:', 'resolved'],
    ['${ABSENT:-${ALSO:-app}}:1', 'app:1', 'resolved'],
    ['${REGISTRY}/app:${TAG}', '${REGISTRY}/app:1.27', 'template'],
    ['app:${ABSENT:?set the tag}', 'app:${ABSENT}', 'template'],
    ['app:${TAG:+pinned}', 'app:pinned', 'resolved'],
    ['app:${ABSENT:-${ALSO}}', 'app:${ALSO}', 'template'],
    ['costs $$5', 'costs $5', 'literal'],
    ['app:${TAG', 'app:${TAG', 'template'],
    ['app:${1BAD}', 'app:${1BAD}', 'template'],
    ['5$', '5$', 'literal'],
  ])('%s gives %s, %s', (written, text, status) => {
    expect(read(written)).toEqual({ text, status });
  });

  test('a hundred thousand open braces cost little', () => {
    const started = performance.now();
    read('${A:-'.repeat(100_000));
    read('${'.repeat(100_000));
    read(`\${A:-${'$B}'.repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
