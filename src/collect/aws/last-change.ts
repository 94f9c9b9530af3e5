import {
  CloudTrailClient,
  type Event,
  type LookupEventsCommandOutput,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import { parseArn } from '#lib/arn.ts';
import type { Json, ResourceKey } from '#model/fact.ts';
import { identity, kindOf } from '#model/kinds/kinds.ts';
import type { ResourceChange } from '#model/resource.ts';
import { Refused } from '../readers/aws/refusal.ts';
import { type AwsClient, type AwsClientClass, type AwsSession, homeRegion } from '../readers/aws/session.ts';
import { GLOBAL, type Place } from './aws-collector.ts';

/** As the ledger counts it. */
export const LOOKUP_EVENTS = 'cloudtrail:LookupEvents';
/** What telling the last changes needs to be allowed. */
export const LAST_CHANGE_PERMISSIONS = { LookupEvents: LOOKUP_EVENTS } as const;

/** A resource whose last change is asked for. */
export interface ChangedResource extends ResourceKey {
  arn?: string;
  /** Where it is; the place's own region when absent. */
  region?: string;
}

/** CloudTrail answers two look-ups a second and region. */
const MOST_RESOURCES = 20;
/** Reads are recorded among the changes; of what is read all day the change is not looked for further back. */
const MOST_PAGES = 3;
const LONGEST_RECORD = 300_000;

/**
 * The last change of each of some resources (20 at most), by their ARN, else their name. AWS CloudTrail API Reference,
 * LookupEvents: management events of 90 days, newest first. Where it is refused nothing is known, and the ledger of the
 * place says so. Never throws.
 */
export async function lastChanges(
  session: AwsSession,
  place: Pick<Place, 'identity' | 'region'>,
  resources: readonly ChangedResource[],
): Promise<Map<string, ResourceChange>> {
  const changes = new Map<string, ResourceChange>();
  const home = homeRegion(place.identity.partition);
  const regionOf = ({ kind, region }: ChangedResource) =>
    kindOf(kind).global ? home : (region ?? place.region);
  const byRegion = Map.groupBy(resources.slice(0, MOST_RESOURCES), regionOf);
  await Promise.all(
    [...byRegion].map(async ([region, list]) => {
      const trail = new Trail(session, region, region === home && region !== place.region ? GLOBAL : region);
      // one after the other: more at once would only be refused
      for (const resource of list) {
        const change = await trail.changeOf(resource);
        if (change === 'refused') return;
        if (change) changes.set(resource.arn ?? resource.name, change);
      }
    }),
  );
  return changes;
}

/** The records of one region. */
class Trail {
  readonly #session: AwsSession;
  readonly #place: string;
  readonly #client: CloudTrailClient;

  constructor(session: AwsSession, region: string, place: string) {
    this.#session = session;
    this.#place = place;
    const Client = CloudTrailClient as never as AwsClientClass<AwsClient>;
    const service = { service: 'cloudtrail', permissions: LAST_CHANGE_PERMISSIONS };
    this.#client = session.client(Client, service, region, place) as never as CloudTrailClient;
  }

  /** Services record a resource by its name or by its ARN. */
  async changeOf(resource: ChangedResource): Promise<ResourceChange | 'refused' | undefined> {
    const names = new Set([identity(resource).name, ...(resource.arn ? [resource.arn] : [])]);
    try {
      for (const name of names) {
        const change = await this.#newest(name, resource);
        if (change) return change;
      }
      return undefined;
    } catch (error) {
      const { refusal } = Refused.of(error, { operation: LOOKUP_EVENTS });
      // the client may be the one that lists trails, which knows nothing of this permission
      this.#session
        .ledger(this.#place)
        .refused({ ...refusal, permission: LAST_CHANGE_PERMISSIONS.LookupEvents });
      return 'refused';
    }
  }

  async #newest(name: string, resource: ChangedResource): Promise<ResourceChange | undefined> {
    const pages: AsyncIterable<LookupEventsCommandOutput> = paginateLookupEvents(
      { client: this.#client, stopOnSameToken: true },
      { LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: name }], MaxResults: 50 },
    );
    let page = 0;
    for await (const { Events = [] } of pages) {
      for (const event of Events) {
        const change = changeIn(event, resource);
        if (change) return change;
      }
      page += 1;
      if (page === MOST_PAGES) return undefined;
    }
    return undefined;
  }
}

/** What a record tells, when it is of a change of this resource that was made. */
function changeIn(event: Event, resource: ChangedResource): ResourceChange | undefined {
  if (event.ReadOnly !== 'false' || !event.EventName || !event.EventTime) return undefined;
  if (!concerns(event, resource)) return undefined;
  const record = recordOf(event.CloudTrailEvent);
  // what was refused or failed changed nothing
  if (record?.errorCode !== undefined) return undefined;
  const by = actorOf(record?.userIdentity) ?? withoutKey(event.Username);
  return { event: event.EventName, at: event.EventTime.toISOString(), ...(by !== undefined && { by }) };
}

const lastWord = (type: string): string => type.slice(type.lastIndexOf(':') + 1);

/**
 * Things of several services, and several things of one, may share a name: the record must be of this one's service and
 * speak of nothing but its kind under that name, or say its kind where its service is not known.
 */
function concerns(event: Event, { arn, scope, ...key }: ChangedResource): boolean {
  const { kind, name } = identity(key);
  const service = arn === undefined ? undefined : parseArn(arn)?.service;
  const source = service && `${service === 'cloudwatch' ? 'monitoring' : service}.amazonaws.com`;
  if (source !== undefined && event.EventSource !== source) return false;
  const types = (event.Resources ?? []).flatMap(({ ResourceName, ResourceType }) =>
    (ResourceName === name || ResourceName === arn) && ResourceType ? [lastWord(ResourceType)] : [],
  );
  if (types.length > 0 ? !types.includes(lastWord(kind)) : source === undefined) return false;
  return scope === undefined || (event.CloudTrailEvent ?? '').split(/[^\w.-]+/).includes(scope);
}

type JsonObject = { [key: string]: Json };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function recordOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined || text.length > LONGEST_RECORD) return undefined;
  try {
    const record: unknown = JSON.parse(text);
    return isObject(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** AWS CloudTrail User Guide, “CloudTrail userIdentity element”. Never the id of an access key. */
function actorOf(identityOf: Json | undefined): string | undefined {
  if (!isObject(identityOf)) return undefined;
  const { type, arn, userName, invokedBy } = identityOf;
  if (type === 'Root') return 'root';
  const session = typeof arn === 'string' ? /:assumed-role\/(.+)$/.exec(arn)?.[1] : undefined;
  for (const one of [session, userName, invokedBy]) if (typeof one === 'string') return withoutKey(one);
  return undefined;
}

const withoutKey = (name: string | undefined): string | undefined =>
  name === undefined || name === '' || /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/.test(name)
    ? undefined
    : name.slice(0, 200);
