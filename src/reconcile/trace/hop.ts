import type { Kind } from '#model/fact.ts';
import type { Check, PathRequest, Side } from '#model/path.ts';
import type { Resource, Status } from '#model/resource.ts';
import type { Graph } from './graph.ts';

/** A request at a resource. */
export interface Arrival {
  resource: Resource;
  request: PathRequest;
  /** Where it comes from; undefined where it comes from the internet. */
  from?: Resource;
  /** What it has passed, first hop first: what comes back to one of them is a loop. */
  passed: readonly Resource[];
  tls?: ServerNames;
}

const RECORDS: ReadonlySet<Kind> = new Set<Kind>(['AWS::Route53::RecordSet', 'Cloudflare::DNS::Record']);

/** What asks: what the request passed last, without the records by which it found its way. */
export const askerOf = ({ passed }: Pick<Arrival, 'passed'>): Resource | undefined =>
  passed.findLast(({ kind }) => !RECORDS.has(kind));

/** Something that the path leads to and that was not seen. */
export interface Absent {
  kind: Kind;
  name: string;
  scope?: string;
  role: string;
  status: Extract<Status, 'missing' | 'unverified'>;
  /** Where it would be. */
  region?: string;
  checks: Check[];
  /** What would tell whose name it is. */
  sought?: Sought;
}

/** What a hop needs beside the path, and of what more would have to be read to tell it. */
export type HopSide = Omit<Side, 'of'> & { sought?: Sought[] };

/** What a request meets at a resource, and where it goes on. */
export interface Passage {
  checks: Check[];
  /** What it needs here, beside the path. */
  side?: HopSide[];
  next?: Next[];
}

export type Next = (
  | {
      resource: Resource;
      request: PathRequest;
      tls?: ServerNames;
      /** How it passes this one, where what leads there knows more of it than its kind tells. */
      model?: HopModel;
    }
  | { absent: Absent; request: PathRequest }
) & {
  /** Nobody knows whether the request goes there: what fails there is not known to matter. */
  isPerhaps?: boolean;
};

/** The names of which a certificate has to cover one, where that is not the host that is asked for. */
export interface ServerNames {
  names: string[];
  /** Names that would do too, as far as nobody read whether they are sent. */
  perhaps: string[];
}

/** How requests pass resources of some kinds. A kind without a model is passed along its `routes-to` relations. */
export interface HopModel {
  kinds: readonly Kind[];
  /** What it is on a path: `cdn`. */
  role: string;
  pass(arrival: Arrival, graph: Graph): Passage;
}

/** Something of which more would have to be read before it can be told how it is. */
export interface Sought {
  kind: Kind;
  name: string;
  region?: string;
}
