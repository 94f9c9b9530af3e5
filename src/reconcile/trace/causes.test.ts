import { expect, test } from 'vitest';
import type { Hop, Side } from '#model/path.ts';
import { causesOf, faultyPlaces } from './causes.ts';
import { fail, pass, say, unknown } from './checks.ts';

const hop = (resource: string, from: string | undefined, ...ids: string[]): Hop => ({
  resource,
  role: 'server',
  status: 'verified',
  ...(from !== undefined && { from }),
  checks: ids.map((id) => fail(id, say(`${id} fr`, `${id} en`))),
});

const side = (resource: string, of: string, ...ids: string[]): Side => ({
  resource,
  role: 'image',
  of,
  checks: ids.map((id) => fail(id, say(`${id} fr`, `${id} en`))),
});

test('what follows from a root and is no link of its longest chain is told beside it', () => {
  const hops = [
    hop('group', undefined, 'targets-unhealthy'),
    hop('service', 'group', 'image-pull-failing', 'service-short-of-tasks', 'deployment-failed'),
    hop('definition', 'service'),
  ];
  expect(causesOf(hops, [side('image', 'definition', 'image-missing')])).toMatchObject([
    {
      checks: ['image-missing', 'image-pull-failing', 'service-short-of-tasks', 'targets-unhealthy'],
      hops: ['image', 'service', 'service', 'group'],
      beside: [{ check: 'deployment-failed', hop: 'service' }],
    },
  ]);
});

test('a chain that holds all that follows has nothing beside it', () => {
  const [cause] = causesOf(
    [hop('cdn', undefined, 'origin-protocol-mismatch'), hop('balancer', 'cdn', 'listener-missing')],
    [],
  );
  expect(cause).toMatchObject({ checks: ['listener-missing', 'origin-protocol-mismatch'] });
  expect(cause).not.toHaveProperty('beside');
});

const chains = (hops: Hop[], sides: Side[] = []) => causesOf(hops, sides).map(({ checks }) => checks);

test('what a request passes all the same is no cause', () => {
  for (const id of [
    'viewer-http-allowed',
    'listener-forwards-http',
    'dns-www-missing',
    'dns-records-disagree',
  ])
    expect(chains([hop('a', undefined, id)])).toEqual([]);
});

test('some targets that are ill keep nothing from being answered; all of them do', () => {
  const group = (healthy: number): Hop => ({
    ...hop('group', undefined),
    checks: [fail('targets-unhealthy', say('a', 'b'), { values: { healthy } })],
  });
  expect(chains([group(1)])).toEqual([]);
  expect(chains([group(0)])).toEqual([['targets-unhealthy']]);
});

test('only failures are causes', () => {
  const checks = [pass('listener-missing', say('a', 'b')), unknown('cdn-disabled', say('a', 'b'), undefined)];
  expect(causesOf([{ ...hop('a', undefined), checks }], [])).toEqual([]);
});

test('what fails on another branch explains nothing here', () => {
  const hops = [
    hop('balancer', undefined),
    hop('one', 'balancer', 'targets-unhealthy'),
    hop('service-one', 'one'),
    hop('two', 'balancer'),
    hop('service-two', 'two', 'service-short-of-tasks'),
  ];
  expect(chains(hops)).toEqual([['targets-unhealthy'], ['service-short-of-tasks']]);
});

test('the network explains what is on its own way alone', () => {
  const network = (way: string): Side => ({
    role: 'network',
    of: 'service',
    checks: [fail('route-missing', say('a', 'b'), { values: { ways: [way] } })],
  });
  const hops = [hop('service', undefined, 'image-pull-failing')];
  expect(chains(hops, [network('task-to-registry')])).toEqual([['route-missing', 'image-pull-failing']]);
  expect(chains(hops, [network('task-to-logs')])).toEqual([['image-pull-failing'], ['route-missing']]);
});

test('a chain is as sure as the least of its links', () => {
  const sure = causesOf(
    [hop('cdn', undefined, 'origin-protocol-mismatch'), hop('lb', 'cdn', 'listener-missing')],
    [],
  );
  expect(sure[0]?.certainty).toBe('established');
  const unsure = [
    {
      ...hop('cdn', undefined),
      checks: [fail('origin-protocol-mismatch', say('a', 'b'), { certainty: 'probable' as const })],
    },
    hop('lb', 'cdn', 'listener-missing'),
  ];
  expect(causesOf(unsure, [])[0]?.certainty).toBe('probable');
});

test('hops that lead to each other end', () => {
  const hops = [hop('a', 'b', 'targets-unhealthy'), hop('b', 'a', 'service-short-of-tasks')];
  expect(chains(hops)).toEqual([['service-short-of-tasks', 'targets-unhealthy']]);
});

test('a hundred failures on one path are told in a moment', () => {
  const hops = Array.from({ length: 60 }, (_, index) =>
    hop(
      `h${index}`,
      index === 0 ? undefined : `h${index - 1}`,
      'targets-unhealthy',
      'tasks-stopped-by-health-check',
      'service-short-of-tasks',
      'image-pull-failing',
      'container-crashing',
    ),
  );
  const started = performance.now();
  causesOf(hops, []);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('places to be changed are those of roots', () => {
  const hops = [hop('group', undefined, 'targets-unhealthy'), hop('service', 'group', 'image-pull-failing')];
  expect(faultyPlaces(hops, [side('image', 'service', 'image-missing')])).toEqual([
    { place: 'group', hop: 'group', check: 'targets-unhealthy' },
    { place: 'image', hop: 'service', check: 'image-missing' },
  ]);
});
