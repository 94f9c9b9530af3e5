import { describe, expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { dockerfile } from './dockerfile.ts';

const read = (text: string, path = 'Dockerfile') => collectFiles(dockerfile, { [path]: text });
const images = (text: string, path?: string) =>
  read(text, path).facts.map(({ kind, name, nameStatus }) => [kind, name, nameStatus]);

describe('a Dockerfile', () => {
  test('gives its stages with lines, and the images they stand on', () => {
    const { facts, artifacts } = read(
      [
        '# syntax=docker/dockerfile:1',
        'ARG NODE=22',
        'FROM --platform=$BUILDPLATFORM node:${NODE}-alpine AS build',
        'RUN npm ci \\',
        '  && npm run build',
        'FROM build AS check',
        'FROM nginx:1.27@sha256:abc',
        'EXPOSE 8080 9000/tcp',
        'USER 101:101',
        'HEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1',
        'ENTRYPOINT ["/entry.sh"]',
        'CMD ["nginx", "-g", "daemon off;"]',
      ].join('\n'),
    );
    expect(artifacts.dockerfiles).toEqual([
      {
        file: 'Dockerfile',
        stages: [
          { name: 'build', line: 3, base: 'node:22-alpine', fromStage: false, ports: [] },
          { name: 'check', line: 6, base: 'build', fromStage: true, ports: [] },
          {
            line: 7,
            base: 'nginx:1.27@sha256:abc',
            fromStage: false,
            ports: [
              { port: '8080', line: 8 },
              { port: '9000/tcp', line: 8 },
            ],
            user: { name: '101:101', line: 9 },
            healthcheck: { command: 'curl -f http://localhost/ || exit 1', line: 10 },
            start: { text: '["/entry.sh"]', line: 11 },
          },
        ],
      },
    ]);
    expect(facts).toMatchObject([
      {
        name: 'node:22-alpine',
        nameStatus: 'resolved',
        verb: 'uses',
        sort: 'declared',
        evidence: { line: 3 },
      },
      {
        name: 'nginx:1.27',
        nameStatus: 'literal',
        properties: { digest: 'sha256:abc' },
        evidence: { line: 7 },
      },
    ]);
  });

  test('without a default, an argument stays a placeholder, and a name of nothing else is no image', () => {
    expect(
      images('ARG REGISTRY\nARG BASE\nFROM ${REGISTRY}/app:1 AS a\nFROM ${BASE}\nFROM $BASE:latest\n'),
    ).toEqual([['Docker::Image', '${REGISTRY}/app:1', 'template']]);
  });

  test('a tag that stands for one makes a template of the image', () => {
    expect(images('FROM registry.example.net/app:placeholder\n')).toEqual([
      ['Docker::Image', 'registry.example.net/app:placeholder', 'template'],
    ]);
  });

  test('scratch, comments and heredocs declare nothing', () => {
    expect(images('FROM scratch\n# FROM ubuntu\nRUN <<EOF\nFROM debian\nEOF\n')).toEqual([]);
  });

  test('COPY --from uses an image, unless it names a stage', () => {
    expect(
      images(
        'FROM debian:12 AS base\nCOPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/\nCOPY --from=base /a /b\nCOPY --from=0 /a /b\n',
      ),
    ).toEqual([
      ['Docker::Image', 'debian:12', 'literal'],
      ['Docker::Image', 'ghcr.io/astral-sh/uv:0.5', 'literal'],
    ]);
  });

  test('an image in Amazon ECR is stored in a repository of that account and region', () => {
    expect(read('FROM 123456789012.dkr.ecr.eu-west-3.amazonaws.com/team/base:1\n').facts).toMatchObject([
      {
        kind: 'Docker::Image',
        relations: [{ type: 'stored-in', to: { kind: 'AWS::ECR::Repository', name: 'team/base' } }],
      },
      { kind: 'AWS::ECR::Repository', name: 'team/base', account: '123456789012', region: 'eu-west-3' },
    ]);
  });

  test('a known repository behind an unknown account is a literal repository and a template image', () => {
    expect(images('ARG ACCOUNT\nFROM ${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/team/base:1\n')).toEqual([
      ['Docker::Image', '${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/team/base:1', 'template'],
      ['AWS::ECR::Repository', 'team/base', 'literal'],
    ]);
  });

  test.each(['<image>', 'YOUR_REGISTRY/IMAGE', '{{ base }}', 'not an image', '"', ':::', 'Has Space'])(
    'FROM %s declares nothing',
    (written) => {
      expect(images(`FROM ${written}\n`)).toEqual([]);
    },
  );

  test('its path tells the environment, and whether it is still in use', () => {
    expect(read('FROM a:1', 'deploy/staging/api.Dockerfile').facts[0]).toMatchObject({
      environments: ['staging'],
    });
    expect(read('FROM a:1', '.devcontainer/Dockerfile').facts[0]).toMatchObject({ environments: ['dev'] });
    expect(read('FROM a:1', 'Dockerfile.prod').facts[0]).toMatchObject({ environments: ['prod'] });
    expect(read('FROM a:1', 'old/Dockerfile').facts[0]).toMatchObject({ sort: 'retired' });
    expect(read('FROM a:1', 'Dockerfile.bak').facts[0]).toMatchObject({ sort: 'retired' });
  });

  test('what is no Dockerfile is not read', () => {
    const { facts } = collectFiles(dockerfile, {
      'Dockerfile.dockerignore': 'FROM a',
      'docs/dockerfile.md': 'FROM a',
      'src/dockerfile.ts': 'FROM a',
      Containerfile: 'FROM b:1',
    });
    expect(facts.map(({ name }) => name)).toEqual(['b:1']);
  });

  test('users and ports come from the stage’s variables, also those of the stage below', () => {
    const { stages } = read(
      [
        'ARG ID=1001',
        'FROM debian:12 AS base',
        'ARG ID',
        'ENV PORT=8080 \\',
        '    RUNNER="app"',
        'FROM base',
        'USER ${RUNNER}',
        'EXPOSE $PORT $OTHER',
        'FROM base',
        'USER ${ID:-0}',
      ].join('\n'),
    ).artifacts.dockerfiles[0] ?? { stages: [] };
    expect(stages.map(({ user, ports }) => [user?.name, ports.map(({ port }) => port)])).toEqual([
      [undefined, []],
      ['app', ['8080', '$OTHER']],
      ['1001', []],
    ]);
  });

  test('a health check switched off says so', () => {
    expect(read('FROM a:1\nHEALTHCHECK NONE\n').artifacts.dockerfiles[0]?.stages[0]?.healthcheck).toEqual({
      command: 'none',
      line: 2,
    });
  });

  test('hostile texts cost little', () => {
    const started = performance.now();
    expect(read('FROM a\n'.repeat(20_000)).unread).toHaveLength(1);
    read(`FROM a\n${'ENV A=$A\n'.repeat(4_000)}${'USER $A\n'.repeat(900)}`);
    read(`FROM a\nENV ${'A=${B} '.repeat(50_000)}`);
    read(`FROM ${'${'.repeat(50_000)}`);
    read(`FROM a\nENV x="${'\\'.repeat(100_000)}`);
    read(`FROM a\n${'RUN <<EOF\n'.repeat(3000)}`);
    expect(read('x'.repeat(1_000_000)).unread).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
