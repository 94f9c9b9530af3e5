import { matcher } from '#lib/globs.ts';
import type { Config } from '#model/config.ts';

/** What `constat.yaml` says of a system; see docs/configuration.md. */
export interface SystemDeclaration {
  id: string;
  title?: string;
  environments?: string[];
  /** Tests on the name of a resource, the path of a file or the file of a workflow. */
  matches(candidate: string): boolean;
}

/** The systems that `constat.yaml` names; without `match` a system has what bears its id in its name. */
export const declaredSystems = (config: Config): SystemDeclaration[] =>
  Object.entries(config.systems ?? {}).map(([id, { title, environments, match }]) => ({
    id,
    ...(title !== undefined && { title }),
    ...(environments !== undefined && { environments }),
    matches: matcher(match ?? [id, `*${id}*`]),
  }));
