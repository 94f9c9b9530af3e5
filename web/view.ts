import type { Report } from '#model/report.ts';
import type { Text } from '#model/text.ts';
import { builtInNote } from './built-in.ts';
import { type HostShown, hostsShown } from './hosts.ts';
import type { Finding, Resource, Status, System } from './vocabulary.ts';

/** What the pages need to know of a kind of resource, and the report does not hold. */
export interface KindView {
  title: Text;
  domain: string;
}

/** One picture, its boxes placed: points from the top left, the middle of each box. */
export interface Drawing {
  title: string;
  width: number;
  height: number;
  box: { width: number; height: number };
  nodes: { x: number; y: number; kind: Text; name: string; status: Status }[];
  /** A start point, then three for each piece of a Bézier curve. */
  lines: [x: number, y: number][][];
  /** Resources that are not drawn. */
  left: number;
}

/** A report with the indexes that its pages read, made once. */
export interface View {
  /** What the provider makes in every account is left out of its resources: it is no news. */
  report: Report;
  /** How many resources are left out for that, and who brings them. */
  builtIn: Text | undefined;
  /** What was seen to run on hosts, those that are left out of the inventory too. */
  hosts: readonly HostShown[];
  kindOf(kind: string): KindView;
  resources: ReadonlyMap<string, Resource>;
  systems: ReadonlyMap<string, System>;
  /** Findings that count; the muted ones stand apart. */
  findings: readonly Finding[];
  muted: readonly Finding[];
  statuses: Readonly<Record<Status, number>>;
  /** Whether anything but files was read. Without it nothing can be verified. */
  observed: boolean;
  drawings: readonly Drawing[];
  /** Where the report was written to; undefined where it is only shown. */
  folder: string | undefined;
}

const OBSERVING: ReadonlySet<string> = new Set(['aws', 'cloudflare', 'host', 'github', 'azure']);

/** Indexes a report. */
export function viewOf(
  report: Report,
  kindOf: View['kindOf'],
  drawings: readonly Drawing[] = [],
  folder?: string,
): View {
  const statuses: Record<Status, number> = {
    verified: 0,
    drifted: 0,
    missing: 0,
    unverified: 0,
    undocumented: 0,
  };
  const own = report.resources.filter(({ properties }) => properties.builtIn !== true);
  for (const { status } of own) statuses[status] += 1;
  return {
    report: { ...report, resources: own },
    hosts: hostsShown(report),
    builtIn: builtInNote(report.resources),
    kindOf,
    drawings,
    folder,
    resources: new Map(report.resources.map((resource) => [resource.id, resource])),
    systems: new Map(report.systems.map((system) => [system.id, system])),
    findings: report.findings.filter((finding) => !finding.muted),
    muted: report.findings.filter((finding) => finding.muted),
    statuses,
    observed: report.coverage.some(({ source, state }) => OBSERVING.has(source) && state !== 'skipped'),
  };
}

/** A system's title; the id where the report has none. */
export const systemTitle = (view: View, id: string): string => view.systems.get(id)?.title ?? id;

/** Items grouped by a key, in the order in which the keys first come. */
export function grouped<K, T>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
