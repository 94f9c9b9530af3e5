import { environmentsOf } from '#lib/environments.ts';
import type { Component } from '#model/component.ts';
import type { Estate, System } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { namedByWorkflows } from './named-by-workflows.ts';
import { at } from './place.ts';

/** An environment of a system for which no source names some of the components that its blueprint needs. */
export interface IncompleteEnvironment {
  environment: string;
  /** Components that no source names. */
  absent: string[];
  /** Those of them that another environment of the system has. */
  elsewhere: string[];
  /** Resources of the components that are named. */
  resources: string[];
  /** Where what is there is declared; the workflows of the system when nothing is. */
  evidence: FileEvidence[];
}

/**
 * What makes a service reachable from outside, which many need not be, and what is most often made outside of what
 * deploys: a listener that forwards by default, a role, a certificate, a log group that comes by itself; a workflow,
 * where people or a service of their own deploy.
 */
const KEPT_APART = new Set([
  'target group',
  'load balancer',
  'listener',
  'listener rule',
  'domain',
  'trigger',
  'role',
  'logs',
  'certificate',
  'workflow',
]);
/** What environments may well have in common, where the name of the one that is known says no environment. */
const SHARED = new Set(['registry', 'image', 'cluster', 'logs', 'role', 'workflow', 'load balancer']);

/** Environments that a compose file may set up on the machine of whoever works there. */
const OF_DEVELOPERS = new Set(['dev', 'test']);

const isDefined = ({ status }: Component): boolean => status !== 'undefined';
const roleOf = ({ blueprint, component }: Component) => `${blueprint} ${component}`;

/** The incomplete environments of a system, in the order of its component table. */
export function incompleteEnvironments(system: System, estate: Estate): IncompleteEnvironment[] {
  const own = estate.components.filter((row) => row.system === system.id);
  const resources = new Map(estate.resources.map((one) => [one.id, one]));
  // a domain that no file ties to the system says nothing of what its environments have
  const isNobodys = ({ resource = '' }: Component) =>
    resources.get(resource)?.system === undefined &&
    /::(RecordSet|DNS::Record)$/.test(resources.get(resource)?.kind ?? '');
  const defined = own.filter((row) => isDefined(row) && !isNobodys(row));
  const isElsewhere = (row: Component) => defined.some((other) => roleOf(other) === roleOf(row));
  const isShared = (row: Component) =>
    SHARED.has(row.component) &&
    defined.some((other) => {
      const name = resources.get(other.resource ?? '')?.name;
      return roleOf(other) === roleOf(row) && name !== undefined && environmentsOf(name).length === 0;
    });
  const onlyComposed = (rows: readonly Component[]) =>
    rows.filter(isDefined).every(({ resource = '' }) => resources.get(resource)?.kind === 'Compose::Service');
  return [...Map.groupBy(own, ({ environment }) => environment)].flatMap(([environment, rows]) => {
    if (OF_DEVELOPERS.has(environment) && onlyComposed(rows)) return [];
    const named = namedByWorkflows(system, environment, rows, estate);
    // what its other environments have of their own, this one is not lent by another system
    const isMissing = (row: Component) =>
      isElsewhere(row) || !(KEPT_APART.has(row.component) || named.forOthers.has(row.component));
    // an image of Docker Hub needs no registry of one's own; one of ECR names it
    const needsNone = (row: Component) =>
      row.component === 'registry' &&
      rows.some(
        (other) => other.component === 'image' && other.blueprint === row.blueprint && isDefined(other),
      );
    const absent = rows.filter(
      (row) =>
        !isDefined(row) &&
        isMissing(row) &&
        !isShared(row) &&
        !needsNone(row) &&
        !named.bySymbol.has(row.component),
    );
    if (absent.length === 0) return [];
    const ids = new Set(rows.flatMap(({ resource }) => resource ?? []));
    const declared = estate.resources.flatMap((one) => (ids.has(one.id) ? one.declared.slice(0, 1) : []));
    return [
      {
        environment,
        absent: absent.map(({ component }) => component),
        elsewhere: absent.filter(isElsewhere).map(({ component }) => component),
        resources: [...ids],
        evidence: declared.length ? declared : system.workflows.map((file) => at(file, 1)),
      },
    ];
  });
}
