import { expect, test } from 'vitest';
import type { Json, Kind } from '#model/fact.ts';
import { check, estate, fact, findings, onPath, resource } from '../../test-estate.ts';
import { resourceFailed } from './resource-failed.ts';

const found = (kind: Kind, properties: Record<string, Json>, isDeclared = true) =>
  findings(
    resourceFailed,
    estate({
      resources: [
        resource(kind, 'quay', isDeclared ? [fact('repo')] : [], {
          status: isDeclared ? 'verified' : 'undocumented',
          properties,
          observed: [{ source: 'aws', operation: 'any:Read', at: '2026-11-28T00:00:00Z' }],
        }),
      ],
    }),
  );

test.each<[Kind, Record<string, Json>]>([
  ['AWS::CloudFormation::Stack', { stackStatus: 'ROLLBACK_COMPLETE' }],
  ['AWS::CloudFormation::Stack', { stackStatus: 'UPDATE_ROLLBACK_FAILED' }],
  ['AWS::RDS::DBInstance', { status: 'storage-full' }],
  ['AWS::RDS::DBInstance', { status: 'incompatible-parameters' }],
  ['AWS::KMS::Key', { keyState: 'PendingDeletion' }],
  ['AWS::CertificateManager::Certificate', { status: 'EXPIRED' }],
  ['AWS::Lambda::Function', { state: 'Failed' }],
])('%s %j has failed', (kind, properties) => {
  expect(found(kind, properties)).toMatchObject([{ severity: 'high' }]);
});

test.each<[Kind, Record<string, Json>]>([
  ['AWS::CloudFormation::Stack', { stackStatus: 'UPDATE_ROLLBACK_COMPLETE' }],
  ['AWS::RDS::DBInstance', { status: 'stopped' }],
  ['AWS::KMS::Key', { keyState: 'Enabled' }],
  ['AWS::Lambda::Function', { state: 'Inactive' }],
  ['AWS::Lambda::Function', {}],
  ['AWS::SQS::Queue', { status: 'Failed' }],
])('%s %j has not', (kind, properties) => {
  expect(found(kind, properties)).toEqual([]);
});

test('the reason that the service gives is told, and what no file declares weighs less', () => {
  const [finding] = found(
    'AWS::CertificateManager::Certificate',
    { status: 'FAILED', failureReason: 'CAA_ERROR' },
    false,
  );
  expect(finding).toMatchObject({
    severity: 'low',
    message: { en: 'The service says `status=FAILED`: `CAA_ERROR`.' },
  });
});

test('what a path tells is not told twice', () => {
  const of = (...ids: string[]) => {
    const told = onPath('AWS::Lambda::Function', 'quay', ...ids.map((id) => check(id)));
    return {
      ...told,
      resources: told.resources.map((one) => ({ ...one, properties: { state: 'Failed' } })),
    };
  };
  expect(findings(resourceFailed, of('function-inactive'))).toEqual([]);
  expect(findings(resourceFailed, of('function-throttled'))).toMatchObject([{ severity: 'high' }]);
});
