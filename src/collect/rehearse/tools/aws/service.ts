import type { Kind, Verb } from '#model/fact.ts';
import type { Named, ParsedCall } from '../tool.ts';

/** What an option of one operation, or of several, names. */
export type Meaning = Kind | readonly (readonly [operation: RegExp, kind: Kind])[];

/** One service of the AWS CLI: which options name what. AWS CLI v2 reference. */
export interface Service {
  options?: Readonly<Record<string, Meaning>>;
  /** Operations whose object is no word of a kind: `put-metric-alarm` makes an alarm. */
  subjects?: Readonly<Record<string, Kind>>;
  /** Operations that do something else than their first word says. */
  verbs?: Readonly<Record<string, Verb>>;
  /** The kinds whose names are part of another's identity, and the option that gives that other: a service's cluster. */
  scopes?: Readonly<Partial<Record<Kind, string>>>;
  /** What a table cannot say: relations, names made of two options, words without an option. */
  named?(call: ParsedCall, found: Named[]): Named[];
}

/** Services by their word on the command line. */
export type Services = Readonly<Record<string, Service>>;

/** The operation without its service: `update-service`, `wait services-stable`. */
export const operationOf = (call: ParsedCall): string => call.operation.replace(/^\S+ ?/, '');

/** Adds a relation from each thing of one kind to each of another kind in the same call. */
export function relate(found: Named[], from: Kind, type: string, to: Kind): Named[] {
  const targets = found.filter((named) => named.kind === to);
  if (targets.length === 0) return found;
  return found.map((named) =>
    named.kind === from
      ? {
          ...named,
          relations: [
            ...(named.relations ?? []),
            ...targets.map(({ kind, name, scope }) => ({
              type,
              to: { kind, name, ...(scope !== undefined && { scope }) },
            })),
          ],
        }
      : named,
  );
}
