import type { Json, Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, pass, say, unknown } from './checks.ts';
import { type Graph, type Properties, seenOf } from './graph.ts';
import type { HopSide } from './hop.ts';
import { asNumber, asText, isObject } from './values.ts';

export const LOG_GROUP: Kind = 'AWS::Logs::LogGroup';

/** Where a container writes its lines, where that is CloudWatch Logs. */
export function loggingOf({ logging }: Properties): { group?: string; region?: string; creates: boolean } {
  const options = isObject(logging) && logging.driver === 'awslogs' ? logging : {};
  const [group, region] = [asText(options.group), asText(options.region)];
  return {
    ...(group !== undefined && { group }),
    ...(region !== undefined && { region }),
    creates: options.createGroup === true,
  };
}

/** The log group of a container that writes to CloudWatch Logs; undefined where it writes elsewhere. */
export function logSide(graph: Graph, holder: Resource, container: Properties): HopSide | undefined {
  const { group, region = holder.region, creates } = loggingOf(container);
  return group === undefined ? undefined : logGroupSide(graph, holder, group, region, creates);
}

/** A log group that something writes to: whether it is there, and how long it keeps its lines. */
export function logGroupSide(
  graph: Graph,
  holder: Resource,
  name: string,
  region: string | undefined,
  creates: boolean,
): HopSide {
  const near = {
    ...(region !== undefined && { region }),
    ...(holder.account !== undefined && { account: holder.account }),
  };
  const found = graph.named(LOG_GROUP, name, near);
  const shown = code(name);
  const values: Record<string, Json> = { logGroup: name, ...(region !== undefined && { region }) };
  if (found && (region === undefined || found.region === region)) {
    const retention = asNumber(seenOf(found).retentionInDays);
    return {
      resource: found.id,
      role: 'log-group',
      checks: [
        pass(
          'log-group-missing',
          retention === undefined
            ? say(`${shown}, gardé sans limite`, `${shown}, kept for ever`)
            : say(`${shown}, gardé ${retention} jours`, `${shown}, kept for ${retention} days`),
          { evidence: found.observed, resources: [found.id], values },
        ),
      ],
    };
  }
  const refusal = graph.unseen(LOG_GROUP, near);
  const parts = { evidence: holder.observed, resources: [holder.id], values };
  return {
    resource: `constat:${LOG_GROUP}::${name}`,
    role: 'log-group',
    checks: [
      refusal
        ? unknown('log-group-missing', say(`${shown} non lu`, `${shown} not read`), refusal, parts)
        : creates
          ? pass(
              'log-group-missing',
              say(`${shown} sera créé au premier message`, `${shown} is created with the first line`),
              parts,
            )
          : fail(
              'log-group-missing',
              say(`le groupe de journaux ${shown} n’existe pas`, `the log group ${shown} does not exist`),
              parts,
            ),
    ],
  };
}
