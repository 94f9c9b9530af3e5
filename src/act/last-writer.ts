import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { serviceOf } from '#collect/readers/aws/services.ts';
import {
  type AwsClient,
  type AwsClientClass,
  type AwsSession,
  homeRegion,
} from '#collect/readers/aws/session.ts';
import type { Json } from '#model/fact.ts';
import type { AwsRead } from '#model/step.ts';
import type { Writer } from './account.ts';

/** CloudTrail answers two look-ups a second and region. */
const MOST_NAMES = 3;
const LONGEST_NAME = 200;
/** Ids of access keys are nobody's name. */
const KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/;

/**
 * Who last changed what a read asks about, since a moment. AWS CloudTrail API Reference, LookupEvents: management events
 * of 90 days, newest first, by the name or ARN of a resource; an event may take a quarter of an hour to be told. Where
 * the trail is refused or tells nothing, undefined. Never throws.
 */
export async function lastWriter(
  session: AwsSession,
  { service, region, input }: AwsRead,
  since: string,
  place: { partition: string; region: string },
): Promise<Writer | undefined> {
  try {
    const where = serviceOf(service).global ? homeRegion(place.partition) : (region ?? place.region);
    const Client = CloudTrailClient as never as AwsClientClass<AwsClient>;
    const client = session.client(Client, { service: 'cloudtrail', permissions: {} }, where, where);
    for (const name of namesIn(input).slice(0, MOST_NAMES)) {
      const { Events = [] } = await (client as never as CloudTrailClient).send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: name }],
          StartTime: new Date(since),
          MaxResults: 50,
        }),
      );
      const event = Events.find(({ ReadOnly, EventName }) => ReadOnly === 'false' && EventName);
      if (event?.EventName && event.EventTime) {
        const by = event.Username;
        return {
          event: event.EventName,
          at: event.EventTime.toISOString(),
          ...(by && !KEY.test(by) && { by: by.slice(0, LONGEST_NAME) }),
        };
      }
    }
  } catch {
    // it only says more of a refusal that stands without it
  }
  return undefined;
}

/** The texts of an input, ARNs first: the trail knows most resources by them. */
function namesIn(input: Json): string[] {
  const texts: string[] = [];
  const walk = (value: Json): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(input);
  const isArn = (text: string) => text.startsWith('arn:');
  return [...new Set([...texts.filter(isArn), ...texts.filter((text) => !isArn(text))])];
}
