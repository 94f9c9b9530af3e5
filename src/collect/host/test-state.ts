import { emptyHostState, type HostState } from '#model/host.ts';

/** A host of which nothing was read yet, by root, for tests of sections. */
export const hostState = (): HostState => ({
  ...emptyHostState('quay-1', 'local', '2026-03-01T08:00:00Z'),
  user: { name: 'root', isRoot: true },
});
