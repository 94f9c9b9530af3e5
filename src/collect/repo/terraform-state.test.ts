import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { ACCOUNT, arn, instance, resource, stateOf } from './terraform/state/test-state.ts';
import { terraformState } from './terraform-state.ts';

const collector = terraformState(new Set());
const database = (parts = {}) =>
  instance({
    identifier: 'quay-db',
    password: 'canary',
    arn: arn('rds', 'db:quay-db'),
    engine: 'mysql',
    ...parts,
  });

test('a state that lies in the repository refers to what there was, by name alone', () => {
  const text = stateOf([
    resource('aws_db_instance.db', [database()]),
    resource('aws_lb_listener.https', [instance({ port: 443 })]),
    resource('data.aws_sqs_queue.read', [instance({ name: 'read' })]),
  ]);
  const { facts, artifacts } = collectFiles(collector, { 'infra/terraform.tfstate': text });
  expect(facts).toEqual([
    {
      kind: 'AWS::RDS::DBInstance',
      name: 'quay-db',
      nameStatus: 'resolved',
      source: 'repo',
      sort: 'reference',
      certainty: 'static',
      evidence: { source: 'repo', file: 'infra/terraform.tfstate', line: 14 },
      environments: [],
      account: ACCOUNT,
      region: 'eu-west-3',
    },
  ]);
  expect(artifacts.terraformStates).toMatchObject([{ file: 'infra/terraform.tfstate', holds: 'values' }]);
});

test('backups are states too; other files of such names are not, and neither is one that was given', () => {
  const text = stateOf([resource('aws_db_instance.db', [database()])]);
  const files = [
    'a.tfstate.backup',
    'a.tfstate.1732789000.backup',
    'b.tfstate',
    'c.tfstate.md',
    'tfstate.json',
  ];
  const { facts } = collectFiles(
    terraformState(new Set(['b.tfstate'])),
    Object.fromEntries(files.map((one) => [one, text])),
  );
  expect(facts.map(({ evidence }) => 'file' in evidence && evidence.file)).toEqual([
    'a.tfstate.1732789000.backup',
    'a.tfstate.backup',
  ]);
});

test('a broken one is told of, and is no failure of the audit', () => {
  const { unread, artifacts } = collectFiles(collector, { 'terraform.tfstate': '{"version": 4,' });
  expect(unread).toMatchObject([{ file: 'terraform.tfstate', line: 1, asked: false }]);
  expect(artifacts.terraformStates).toMatchObject([{ holds: 'unknown' }]);
});
