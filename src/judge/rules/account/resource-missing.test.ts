import { expect, test } from 'vitest';
import type { Resource } from '#model/resource.ts';
import { estate, fact, findings, resource } from '../../test-estate.ts';
import { resourceMissing } from './resource-missing.ts';

const missing: Partial<Resource> = {
  status: 'missing',
  reason: { fr: 'cherché dans `123456789012 eu-west-3`', en: 'looked for in `123456789012 eu-west-3`' },
};
const found = (...resources: Resource[]) => findings(resourceMissing, estate({ resources }));

test('what a workflow requires and the account does not hold is a high finding where it is named', () => {
  const one = resource('AWS::ECR::Repository', 'orders', [fact('repo', { verb: 'requires' })], missing);
  const [finding] = found(one);
  expect(finding).toMatchObject({ severity: 'high', resources: [one.id] });
  expect(finding?.message.en).toContain('looked for in `123456789012 eu-west-3`');
});

test('what only a page names is a low one', () => {
  const one = resource('AWS::ECR::Repository', 'orders', [fact('docs')], missing);
  expect(found(one)).toMatchObject([{ severity: 'low' }]);
});

test('a missing cluster speaks for the services in it', () => {
  const cluster = resource('AWS::ECS::Cluster', 'prod', [fact('repo', { verb: 'requires' })], missing);
  const service = resource('AWS::ECS::Service', 'api', [fact('repo', { verb: 'requires' })], {
    ...missing,
    scope: 'prod',
  });
  const list = found(cluster, service);
  expect(list).toHaveLength(1);
  expect(list[0]?.resources).toEqual([cluster.id, service.id].sort());
});

test('what a run creates itself, and what nobody could look for, is no finding', () => {
  const made = resource('AWS::ECS::TaskDefinition', 'api', [fact('repo', { verb: 'creates' })], missing);
  const unseen = resource('AWS::ECR::Repository', 'orders', [fact('repo', { verb: 'requires' })]);
  expect(found(made, unseen)).toEqual([]);
});

test('what a configuration declares is a finding where others of its folder and environment are there', () => {
  const inTerraform = (name: string, environments: string[], parts: Partial<Resource>) =>
    resource(
      'AWS::SQS::Queue',
      name,
      [
        fact('repo', {
          verb: 'creates',
          terraform: { address: `aws_sqs_queue.${name}`, root: 'infra' },
          evidence: { source: 'repo', file: 'infra/queues.tf', line: 3 },
        }),
      ],
      { environments, ...parts },
    );
  const lost = inTerraform('orders', ['prod'], missing);
  const there = inTerraform('mails', ['prod'], { status: 'verified' });
  const elsewhere = inTerraform('mails-dev', ['dev'], { status: 'verified' });
  expect(found(lost, there)).toMatchObject([{ resources: [lost.id], severity: 'medium' }]);
  expect(found(lost, elsewhere)).toEqual([]);
  expect(found(lost)).toEqual([]);
});

test('what a stack makes is a finding where others of that stack are there, not of another of its environment', () => {
  const inStack = (name: string, stacks: string[], parts: Partial<Resource>) =>
    resource(
      'AWS::SQS::Queue',
      name,
      [
        fact('repo', {
          verb: 'creates',
          stackResource: { id: 'Jobs', stacks },
          evidence: { source: 'repo', file: 'infra/template.yaml', line: 3 },
        }),
      ],
      { environments: ['dev'], ...parts },
    );
  const lost = inStack('orders-ann', ['shop-ann'], missing);
  const there = (...stacks: string[]) => inStack('mails', stacks, { status: 'verified' });
  expect(found(lost, there('shop-ann'))).toMatchObject([{ resources: [lost.id] }]);
  expect(found(lost, there('shop-bob'))).toEqual([]);
  expect(found(lost, there('shop-ann', 'shop-bob'))).toEqual([]);
  expect(found(lost, { ...there('shop-ann'), nameStatus: 'template' })).toEqual([]);
});

test('what a template needs is a finding where something that the template makes is there', () => {
  const at = { evidence: { source: 'repo', file: 'infra/template.yaml', line: 9 } } as const;
  const needed = resource(
    'AWS::SSM::Parameter',
    '/shop/key',
    [fact('repo', { verb: 'requires', ...at })],
    missing,
  );
  const made = (parts: Partial<Resource>) =>
    resource(
      'AWS::SQS::Queue',
      'mails',
      [fact('repo', { verb: 'creates', stackResource: { id: 'Mails', stacks: ['shop'] }, ...at })],
      parts,
    );
  expect(found(needed, made(missing))).toEqual([]);
  expect(found(needed, made({ status: 'verified' }))).toMatchObject([{ resources: [needed.id] }]);
  expect(found(needed)).toHaveLength(1);
});

test('what is set in a Worker that is not there is told with the Worker', () => {
  const script = resource(
    'Cloudflare::Workers::Script',
    'gate',
    [fact('repo', { verb: 'creates' })],
    missing,
  );
  const secret = resource(
    'Cloudflare::Workers::Secret',
    'gate/KEY',
    [fact('repo', { verb: 'requires' })],
    missing,
  );
  const relations = [{ from: secret.id, to: script.id, type: 'part-of', evidence: [] }];
  const of = (worker: Resource) =>
    findings(resourceMissing, estate({ resources: [worker, secret], relations }));
  expect(of(script)).toEqual([]);
  expect(of({ ...script, status: 'verified' })).toMatchObject([{ resources: [secret.id], severity: 'high' }]);
});

test('a unit, a service or a route that is expected on a host is a finding although its file makes it', () => {
  const of = (kind: Resource['kind'], name: string) =>
    found(
      resource(kind, name, [fact('repo', { verb: 'creates' })], {
        ...missing,
        reason: { fr: 'cherché dans `quay-1`', en: 'looked for in `quay-1`' },
      }),
    );
  for (const kind of ['Systemd::Unit', 'Compose::Service', 'Traefik::Router'] as const)
    expect(of(kind, 'front')[0]?.title.en).toMatch(/not on the host$/);
  // they are told with what uses them
  for (const kind of ['Docker::Network', 'Docker::Volume', 'Traefik::Middleware'] as const)
    expect(of(kind, 'front')).toEqual([]);
});
