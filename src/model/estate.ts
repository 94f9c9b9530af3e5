import type { Artifacts } from './artifacts.ts';
import type { Component } from './component.ts';
import type { Coverage } from './coverage.ts';
import type { Source } from './evidence.ts';
import type { HostState } from './host.ts';
import type { Path } from './path.ts';
import type { Relation, Resource } from './resource.ts';
import type { WhatIf } from './what-if.ts';

/** What is judged: everything that was read, reconciled. Immutable. */
export interface Estate {
  name: string;
  /** The commit that is checked out, in full; undefined where there is none. */
  commit?: string;
  resources: readonly Resource[];
  relations: readonly Relation[];
  components: readonly Component[];
  systems: readonly System[];
  /** The URLs that were asked to be followed. */
  paths: readonly Path[];
  artifacts: Artifacts;
  /** The hosts that were read. */
  hosts: readonly HostState[];
  /** What starting retired and running files would do on them. */
  whatIfs: readonly WhatIf[];
  coverage: readonly Coverage[];
  /** The sources that were asked for. */
  sources: ReadonlySet<Source>;
  /** Every tracked or walked path of the repository. */
  files: ReadonlySet<string>;
  /** The day of the audit, YYYY-MM-DD, where it is known: what is old is so on that day. */
  day?: string;
}

/** A brand or product in the estate, with the environments it is declared for. */
export interface System {
  /** Stable, kebab-case: `orders-api`. */
  id: string;
  /** As a person would write it; from constat.yaml, else the id. */
  title: string;
  environments: string[];
  /** The workflow files that deploy it. */
  workflows: string[];
}
