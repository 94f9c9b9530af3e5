import { describe, expect, test } from 'vitest';
import { readState } from './state-file.ts';
import { arn, instance, resource, shown, shownOf, stateOf } from './test-state.ts';

const addresses = (text: string) => {
  const state = readState(text);
  return 'why' in state ? state.why.en : state.entries.map(({ address }) => address);
};

describe('what a state holds', () => {
  test('instances of count, for_each and modules have the addresses that Terraform prints', () => {
    const text = stateOf([
      resource('aws_sqs_queue.jobs', [
        instance({ name: 'mail' }, { key: 'mail' }),
        instance({ name: 'print' }, { key: 'print' }),
      ]),
      resource('module.network["a"].aws_subnet.private', [
        instance({}, { key: 0 }),
        instance({}, { key: 1 }),
      ]),
    ]);
    expect(addresses(text)).toEqual([
      'aws_sqs_queue.jobs["mail"]',
      'aws_sqs_queue.jobs["print"]',
      'module.network["a"].aws_subnet.private[0]',
      'module.network["a"].aws_subnet.private[1]',
    ]);
  });

  test('what is to be destroyed and what is only read are left out', () => {
    const text = stateOf([
      resource('aws_sqs_queue.jobs', [instance({ name: 'old' }, { deposed: '0a1b2c3d' }), instance({})]),
      resource('data.aws_vpc.main', [instance({ id: 'vpc-1' })]),
    ]);
    expect(addresses(text)).toEqual(['aws_sqs_queue.jobs']);
  });

  test('an entry has the line of its instance, and only the attributes that facts are made of', () => {
    const text = stateOf([
      resource('aws_db_instance.db', [
        instance({ identifier: 'quay-db', password: 'canary', engine: 'mysql' }, { sensitive: ['engine'] }),
      ]),
    ]);
    const state = readState(text);
    const [entry] = 'entries' in state ? state.entries : [];
    expect(text.split('\n')[(entry?.line ?? 0) - 1]?.trim()).toBe('{');
    expect(text.split('\n').slice(0, entry?.line).join('\n')).toContain('"instances": [');
    expect([...(entry?.attributes ?? [])]).toEqual([['identifier', 'quay-db']]);
  });

  test('what is shown of a state and of a plan is read alike; what apply will tell is not there', () => {
    const queue = shown('aws_sqs_queue', { name: 'jobs' });
    expect(addresses(shownOf([queue]))).toEqual(['module.data.aws_sqs_queue.main']);
    const plan = shownOf([queue, shown('aws_vpc', {}, { mode: 'data' })], 'planned_values', {
      prior_state: { values: { root_module: { resources: [shown('aws_vpc', {})] } } },
    });
    expect(addresses(plan)).toEqual(['module.data.aws_sqs_queue.main']);
    expect(addresses('{"format_version":"1.0"}')).toEqual([]);
  });

  test('what a part of is marked as sensitive in what is shown is left out whole', () => {
    const marks = { tags: { Name: true }, engine: true, identifier: false };
    const database = shown(
      'aws_db_instance',
      { identifier: 'db', engine: 'mysql', tags: { Name: 'canary' } },
      { sensitive_values: marks },
    );
    const state = readState(shownOf([database]));
    expect('entries' in state && [...(state.entries[0]?.attributes.keys() ?? [])]).toEqual(['identifier']);
  });

  test('whether values stand in the clear', () => {
    const queue = [resource('aws_sqs_queue.jobs', [instance({ name: 'jobs' })])];
    expect(readState(stateOf(queue)).holds).toBe('values');
    expect(readState(stateOf([], { outputs: { token: { value: 'x' } } })).holds).toBe('values');
    expect(readState(stateOf([])).holds).toBe('nothing');
  });
});

describe('what cannot be read costs one line that says what to give', () => {
  const refused = (text: string) => {
    const state = readState(text);
    if (!('why' in state)) throw new Error('it was read');
    return [state.why.en, state.line, state.holds];
  };
  const old = (modules: unknown) => JSON.stringify({ version: 3, serial: 1, lineage: 'a', modules });

  test('an old format', () => {
    const module = { path: ['root'], outputs: {}, resources: { 'aws_vpc.main': { type: 'aws_vpc' } } };
    expect(refused(old([module]))).toEqual([
      'state of format 3, which Terraform 0.12 and later replace, not read: give what `terraform show -json` prints',
      undefined,
      'values',
    ]);
    expect(refused(old([{ path: ['root'], outputs: {}, resources: {} }]))[2]).toBe('nothing');
    expect(refused('{"version": 9, "serial": 1, "resources": []}')[0]).toContain('unknown format `9`');
  });

  test('an encrypted one', () => {
    const text = '{"serial":1,"lineage":"a","meta":{},"encrypted_data":"AAAA","encryption_version":"v0"}';
    expect(refused(text)[0]).toContain('encrypted by OpenTofu');
    expect(refused(text)[2]).toBe('nothing');
  });

  test('a broken one, with its line', () => {
    const text = stateOf([resource('aws_vpc.main', [instance({ arn: arn('ec2', 'vpc/vpc-1') })])]);
    const cut = text.slice(0, text.indexOf('vpc/vpc-1'));
    expect(refused(cut)).toEqual(['not whole JSON: state not read', cut.split('\n').length, 'unknown']);
  });

  test('what is no state: where one is kept, a schema, a log of a plan', () => {
    expect(refused('{"version": 3, "serial": 1, "backend": {"type": "s3"}, "modules": []}')[0]).toContain(
      'give what `terraform state pull` prints',
    );
    for (const text of [
      '<html>',
      '{"format_version":"1.0","valid":true}',
      '{"values":{}}',
      '[]',
      '{"version":4}',
    ])
      expect(refused(text)[0]).toContain('neither a state nor');
  });
});
