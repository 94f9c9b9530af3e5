import { expect } from 'vitest';
import { noArtifacts } from '#model/artifacts.ts';
import type { Json } from '#model/fact.ts';
import type { Finding } from '#model/finding.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { hostQuestion } from '#model/host-question.ts';
import type { DraftStep } from '../draft.ts';
import { Problem } from '../problem.ts';
import type { Remedy } from '../remedy.ts';

/** A host with one container of Compose and one unit, for tests of remedies. */
export const front = {
  engine: 'docker',
  name: 'shop-front',
  state: 'running',
  restartPolicy: 'no',
  compose: { project: 'shop', service: 'front', files: ['/srv/shop/compose.yaml'], folder: '/srv/shop' },
} as HostContainer;
export const host = (parts: Partial<HostState> = {}) =>
  ({
    name: 'quay-1',
    address: 'ssh://root@quay-1',
    user: { name: 'root', isRoot: true },
    system: { title: 'Debian', id: 'debian' },
    containers: [front],
    units: [{ name: 'api.service', active: 'active' }],
    ...parts,
  }) as HostState;

/** The one step of a remedy; its questions are those that a proof may ask. */
export function planned(
  remedy: Remedy,
  id: string,
  values: Record<string, Json>,
  state = host(),
): DraftStep | undefined {
  const finding = {
    rule: id,
    gap: 'GAP-01',
    resources: [],
    evidence: [],
    values: { host: 'quay-1', ...values },
  };
  const steps = remedy.plan(
    new Problem({
      id,
      finding: finding as unknown as Finding,
      gaps: ['GAP-01'],
      resources: new Map(),
      artifacts: noArtifacts(),
      hosts: [state],
    }),
  );
  for (const { check } of steps.flatMap(({ proofs }) => proofs))
    if (check.type === 'host') expect(hostQuestion.safeParse(check.question).error).toBeUndefined();
  expect(steps.length).toBeLessThan(2);
  return steps[0];
}
