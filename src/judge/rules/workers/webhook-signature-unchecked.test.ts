import { expect, test } from 'vitest';
import type { WorkerCode } from '#model/worker.ts';
import { estate, findings, isUnknown, worker } from '../../test-estate.ts';
import { webhookSignatureUnchecked } from './webhook-signature-unchecked.ts';

const hook = (path: string, isVerified: boolean | 'unknown'): WorkerCode['webhooks'][number] => ({
  path,
  isVerified,
  at: { source: 'repo', file: 'src/hooks.ts', line: 12 },
});
const of = (...webhooks: WorkerCode['webhooks']) =>
  estate({ artifacts: { workers: [worker({ webhooks })] } });
const found = (...webhooks: WorkerCode['webhooks']) => findings(webhookSignatureUnchecked, of(...webhooks));

test('a webhook that nothing checks is told, with its path', () => {
  const [finding] = found(hook('/hooks/form', false), hook('/hooks/pay', true));
  expect(finding).toMatchObject({ severity: 'high', evidence: [{ file: 'src/hooks.ts', line: 12 }] });
  expect(finding?.message.en).toMatch(/^`\/hooks\/form` takes/);
});

test('one that is checked, or that something else may check, is none', () => {
  expect(found(hook('/hooks/pay', true))).toEqual([]);
  expect(found()).toEqual([]);
  expect(isUnknown(webhookSignatureUnchecked, of(hook('/hooks/pay', 'unknown')))).toBe(true);
});
