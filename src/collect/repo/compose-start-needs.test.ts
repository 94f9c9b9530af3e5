import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { compose } from './compose.ts';

const read = (lines: string[], more: Record<string, string> = {}) =>
  collectFiles(compose, { 'app/compose.yml': ['services:', ...lines].join('\n'), ...more }).artifacts
    .composeFiles[0];

test('what a service waits for, how many of it there are, and what it cannot change', () => {
  const [web] =
    read([
      '  web:',
      '    image: a:1',
      '    deploy: {replicas: 3}',
      '    depends_on:',
      '      db: {condition: service_healthy}',
      '      cache: {condition: service_started}',
      '    env_file:',
      '      - path: ./a.env',
      '        required: false',
      '      - b.env',
      '    volumes:',
      '      - /etc/a:/a:ro',
      '      - /etc/ro:/ro',
      '      - data:/b:z,ro',
      '      - {type: bind, source: /c, target: /c, read_only: true}',
      '      - /d:/d',
    ])?.services ?? [];
  expect(web).toMatchObject({
    awaitsHealthOf: ['db'],
    replicas: 3,
    environmentFiles: [{ path: './a.env', isOptional: true }, { path: 'b.env' }],
  });
  expect(web?.environmentFiles[1]).not.toHaveProperty('isOptional');
  expect(web?.volumes.map(({ target, isReadOnly }) => [target, isReadOnly])).toEqual([
    ['/a', true],
    ['/ro', undefined],
    ['/b', true],
    ['/c', true],
    ['/d', undefined],
  ]);
});

test('variables without which the file is refused, but those that the committed file beside it gives', () => {
  const lines = [
    '  web:',
    '    image: "a:${TAG:?give a tag}"',
    '    command: ["--host", "${HOST?}", "$${NOT:?}", "${OTHER:-x?}"]',
    '    environment: {A: "${TAG:?}", B: "${GIVEN:?}"}',
  ];
  expect(read(lines, { 'app/.env': 'GIVEN=1\n' })?.requiredVariables).toEqual([
    { name: 'TAG', line: 3 },
    { name: 'HOST', line: 4 },
  ]);
  expect(read(['  web:', '    image: a:1'])).not.toHaveProperty('requiredVariables');
});
