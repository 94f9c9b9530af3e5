import type { Fact, Kind } from '#model/fact.ts';

/** A fact for tests: declared by a workflow unless told otherwise. */
export const declared = (kind: Kind, name: string, more: Partial<Fact> = {}): Fact => ({
  kind,
  name,
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: '.github/workflows/deploy.yml', line: 10 },
  environments: [],
  ...more,
});

/** The same as a page states it. */
export const documented = (kind: Kind, name: string, more: Partial<Fact> = {}): Fact =>
  declared(kind, name, {
    source: 'docs',
    evidence: { source: 'docs', file: 'docs/ops.md', line: 3 },
    ...more,
  });
