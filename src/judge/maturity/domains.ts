import type { Domain } from '#model/maturity.ts';

/** The domains of the profile `devops`, in the order of the report. */
export const domains: readonly Domain[] = [];
