import { expect, test } from 'vitest';
import type { Component } from '#model/component.ts';
import { estate } from '../../test-estate.ts';
import { isDeployed } from './platforms.ts';

const having = (resource: string) =>
  isDeployed({ ...estate(), components: [{ resource } as unknown as Component] });

test('a workflow on a clock puts nothing into service; a Worker is', () => {
  expect(having('constat:GitHub::Actions::Workflow::stale.yml')).toBe(false);
  expect(having('constat:Cloudflare::Workers::Script::api')).toBe(true);
});
