import { expect, test } from 'vitest';
import { portsOf } from './container-ports.ts';

test('ports bear the name of their container, in one order', () => {
  expect(
    portsOf([
      { name: 'web', ports: ['8080', 443] },
      { name: 'api', ports: [80] },
      { name: 'sidecar', ports: [] },
    ]),
  ).toEqual(['api:80', 'web:443', 'web:8080']);
});

test.each([
  [[]],
  [[{ name: 'web', ports: [] }]],
  [[{ name: 'web', ports: ['⟨var.port⟩'] }]],
  [[{ name: 'web', ports: undefined }]],
  [[{ name: '', ports: [80] }]],
  [
    [
      { name: 'web', ports: [80] },
      { name: undefined, ports: [80] },
    ],
  ],
])('nothing is told of %j', (containers) => {
  expect(portsOf(containers)).toBeUndefined();
});
