import { expect, test } from 'vitest';
import { parseImageReference, pulledReference, withoutDigest } from './image-reference.ts';

test('a registry is told from a namespace by its dot, its port or the name localhost', () => {
  expect(parseImageReference('nginx:1.27-alpine')).toEqual({ repository: 'nginx', tag: '1.27-alpine' });
  expect(parseImageReference('grafana/loki')).toEqual({ repository: 'grafana/loki' });
  expect(parseImageReference('localhost:5000/a/b:1')).toEqual({
    registry: 'localhost:5000',
    repository: 'a/b',
    tag: '1',
  });
  expect(parseImageReference('ghcr.io/acme/api')).toEqual({ registry: 'ghcr.io', repository: 'acme/api' });
});

test('an Amazon ECR registry gives its account and region', () => {
  expect(parseImageReference('210123456780.dkr.ecr.eu-west-3.amazonaws.com/team/api:v1@sha256:ab')).toEqual({
    registry: '210123456780.dkr.ecr.eu-west-3.amazonaws.com',
    repository: 'team/api',
    tag: 'v1',
    digest: 'sha256:ab',
    ecr: { account: '210123456780', region: 'eu-west-3' },
  });
});

test('symbols keep their place, whatever is written in them', () => {
  expect(parseImageReference('⟨aws account⟩.dkr.ecr.⟨env.REGION:-x⟩.amazonaws.com/api:⟨github.sha⟩')).toEqual(
    {
      registry: '⟨aws account⟩.dkr.ecr.⟨env.REGION:-x⟩.amazonaws.com',
      repository: 'api',
      tag: '⟨github.sha⟩',
      ecr: { account: '⟨aws account⟩', region: '⟨env.REGION:-x⟩' },
    },
  );
  expect(withoutDigest('api:⟨user@host⟩@sha256:ab')).toBe('api:⟨user@host⟩');
});

test('a text with spaces or without a repository is no reference', () => {
  expect(parseImageReference('two words')).toBeUndefined();
  expect(parseImageReference('')).toBeUndefined();
  expect(parseImageReference('ghcr.io/')).toBeUndefined();
});

test('an image is pulled by its digest, else by its tag, which is `latest` where none is written', () => {
  expect(pulledReference('registry.example.com:5000/shop/api:v1@sha256:ab')).toBe(
    'registry.example.com:5000/shop/api@sha256:ab',
  );
  expect(pulledReference('shop/api:v1')).toBe('shop/api:v1');
  expect(pulledReference('nginx')).toBe('nginx:latest');
  expect(pulledReference('two words')).toBeUndefined();
});
