import type { Component } from '#model/component.ts';
import type { Estate, System } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
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

const isDefined = ({ status }: Component): boolean => status !== 'undefined';

/** The incomplete environments of a system, in the order of its component table. */
export function incompleteEnvironments(system: System, estate: Estate): IncompleteEnvironment[] {
  const own = estate.components.filter((row) => row.system === system.id);
  const role = ({ blueprint, component }: Component) => `${blueprint} ${component}`;
  // a domain that no file ties to the system says nothing of what its environments have
  const nobodys = new Set(
    estate.resources.flatMap(({ id, kind, system }) =>
      system === undefined && /::(RecordSet|DNS::Record)$/.test(kind) ? [id] : [],
    ),
  );
  const defined = new Set(own.filter((row) => isDefined(row) && !nobodys.has(row.resource ?? '')).map(role));
  return [...Map.groupBy(own, ({ environment }) => environment)].flatMap(([environment, rows]) => {
    const absent = rows.filter((row) => !isDefined(row));
    if (absent.length === 0) return [];
    const ids = new Set(rows.flatMap(({ resource }) => resource ?? []));
    const declared = estate.resources.flatMap((one) => (ids.has(one.id) ? one.declared.slice(0, 1) : []));
    return [
      {
        environment,
        absent: absent.map(({ component }) => component),
        elsewhere: absent.filter((row) => defined.has(role(row))).map(({ component }) => component),
        resources: [...ids],
        evidence: declared.length ? declared : system.workflows.map((file) => at(file, 1)),
      },
    ];
  });
}
