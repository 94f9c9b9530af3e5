import type { HostSection } from './section.ts';

/** What is read of a host, one line each. */
export const hostSections: readonly HostSection[] = [];
