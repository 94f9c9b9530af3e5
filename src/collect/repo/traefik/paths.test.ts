import { expect, test } from 'vitest';
import { fileSeen, filesSeen } from './paths.ts';

const FILES = [
  'a/traefik/traefik.yml',
  'b/traefik/traefik.yml',
  'a/traefik/dynamic/x.yml',
  'a/traefik/dynamic/deep/y.yml',
  'b/rules/z.yml',
];
const tail = (source: string, target: string) => [{ source, isTail: true, target }];
const own = (source: string, target: string) => [{ source, isTail: false, target }];

test('a mount that is known leads to its own file, the deepest one first', () => {
  const mounts = [...own('a', '/etc'), ...own('b/traefik', '/etc/traefik')];
  expect(fileSeen({ path: '/etc/traefik/traefik.yml', mounts, near: 'a/compose.yml' }, FILES)).toBe(
    'b/traefik/traefik.yml',
  );
  expect(fileSeen({ path: '/etc/traefik/none.yml', mounts, near: 'a/compose.yml' }, FILES)).toBeUndefined();
});

test('of a path whose start is a variable the nearest file that ends so counts, and none where two are as near', () => {
  const mounts = tail('traefik/traefik.yml', '/traefik.yml');
  const seen = (near: string) => fileSeen({ path: '/traefik.yml', mounts, near }, FILES);
  expect(seen('b/compose.yml')).toBe('b/traefik/traefik.yml');
  expect(seen('compose.yml')).toBeUndefined();
});

test('a folder holds what is below it too', () => {
  const seen = {
    path: '/etc/traefik/dynamic',
    mounts: own('a/traefik', '/etc/traefik'),
    near: 'a/compose.yml',
  };
  expect(filesSeen(seen, FILES)).toEqual(['a/traefik/dynamic/x.yml', 'a/traefik/dynamic/deep/y.yml']);
});

test('what no mount brings in is not of the repository', () => {
  const mounts = own('a/traefik', '/etc/traefik');
  expect(filesSeen({ path: '/rules', mounts, near: 'b/compose.yml' }, FILES)).toEqual([]);
  expect(fileSeen({ path: '/other.yml', mounts, near: 'b/compose.yml' }, FILES)).toBeUndefined();
});

test('without mounts, a relative folder is beside the file, and an absolute one is known by its end', () => {
  expect(filesSeen({ path: './dynamic', mounts: [], near: 'a/traefik/traefik.yml' }, FILES)).toHaveLength(2);
  expect(filesSeen({ path: '/etc/traefik/rules', mounts: [], near: 'b/traefik/traefik.yml' }, FILES)).toEqual(
    ['b/rules/z.yml'],
  );
});
