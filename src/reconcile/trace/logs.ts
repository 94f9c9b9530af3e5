import type { Json, Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code, type Text } from '#model/text.ts';
import { fail, pass, say, unknown } from './checks.ts';
import { type Graph, type Properties, refusedDetail, seenOf } from './graph.ts';
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

/** How long a group keeps its lines, and when the last one came. */
function keepingOf(shown: string, { retentionInDays, hasLines, lastLineAt }: Properties): Text {
  const days = asNumber(retentionInDays);
  const last = asText(lastLineAt)?.slice(0, 10);
  const kept =
    days === undefined
      ? say(`${shown}, gardé sans limite`, `${shown}, kept for ever`)
      : say(`${shown}, gardé ${days} jours`, `${shown}, kept for ${days} days`);
  if (last !== undefined)
    return say(`${kept.fr}, dernière ligne le ${last}`, `${kept.en}, last line on ${last}`);
  return hasLines === false ? say(`${kept.fr}, sans aucune ligne`, `${kept.en}, without a line`) : kept;
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
    const parts = { evidence: found.observed, resources: [found.id], values };
    const refusal = refusedDetail(found);
    return {
      resource: found.id,
      role: 'log-group',
      checks: [
        pass('log-group-missing', keepingOf(shown, seenOf(found)), parts),
        ...(refusal
          ? [
              unknown(
                'log-lines-unread',
                say('date de la dernière ligne non lue', 'date of the last line not read'),
                refusal,
                parts,
              ),
            ]
          : []),
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
