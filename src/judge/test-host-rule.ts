import { describe, expect, test } from 'vitest';
import type { Artifacts, EnvironmentFile } from '#model/artifacts.ts';
import type { GivenValue, HostPart, HostState } from '#model/host.ts';
import type { Rule } from '#model/rule.ts';
import { estate } from './test-estate.ts';
import { hostState, unitFile } from './test-host.ts';

/** A secret variable; equal digests stand for equal values. */
export const secret = (name: string, digest: string, worth: GivenValue['class'] = 'strong'): GivenValue => ({
  name,
  secret: true,
  class: worth,
  digest,
});

const example: EnvironmentFile = {
  file: 'backend/.env.example',
  example: true,
  tracked: true,
  variables: [{ name: 'APP_SECRET', line: 3, secret: true, class: 'placeholder', digest: 'same' }],
};
const api = unitFile({
  name: 'api.service',
  wantedBy: ['multi-user.target'],
  execStart: [{ text: '/opt/api', file: 'deploy/api.service', line: 5 }],
});

/** What the files beside the hosts of these tests say: one unit, and an example with a secret. */
export const besideHosts: Partial<Artifacts> = { unitFiles: [api], environmentFiles: [example] };

const refusal = {
  sort: 'denied' as const,
  operation: 'x',
  permission: 'root',
  why: { fr: 'refusé', en: 'refused' },
};

/** What is told of a host: the key of each gap with its severity, or the verdict. */
export function judged(rule: Rule<'host'>, host: Partial<HostState>): string | string[] {
  const state = hostState(host);
  const verdict = rule.evaluate(state, estate({ hosts: [state], artifacts: besideHosts }));
  return verdict.is === 'gap'
    ? verdict.gaps.map(({ key, severity }) => `${key ?? ''} ${severity ?? rule.severity}`.trim())
    : verdict.is;
}

/**
 * Tests of a rule on a host: what is wrong and what is told of it (the key of each gap with its severity), hosts that are
 * sound, and that a refusal of the part that it needs is unknown.
 */
export function hostRule(
  rule: Rule<'host'>,
  part: HostPart,
  wrong: readonly [string, Partial<HostState>, string[]][],
  sound: readonly Partial<HostState>[],
): void {
  describe(rule.id, () => {
    test.each(wrong)('%s', (_, host, told) => {
      expect(judged(rule, host)).toEqual(told);
    });
    test.each(sound.map((host, index) => [index + 1, host] as const))('sound host %i', (_, host) => {
      expect(['ok', 'not-applicable']).toContain(judged(rule, host));
    });
    test('what was refused is unknown', () => {
      expect(judged(rule, { refusals: { [part]: refusal } })).toBe('unknown');
    });
    test('a plain host has no gap', () => {
      expect(['ok', 'not-applicable']).toContain(judged(rule, {}));
    });
  });
}
