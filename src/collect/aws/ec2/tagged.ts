import type { Tag } from '@aws-sdk/client-ec2';
import { environmentsOf } from '#lib/environments.ts';
import type { AwsScope, Seen } from '../aws-collector.ts';
import { tagsOf } from '../parts.ts';

/** The greatest page of most lists of EC2. */
export const PAGE = { MaxResults: 1000 } as const;

interface Tagged extends Seen {
  /** Of the ARN's resource: `security-group`. */
  type: string;
  /** The account that owns it, when it is shared. */
  owner?: string | undefined;
  tags: readonly Tag[] | undefined;
}

/** Sees something of EC2: named by its id, with its `Name` tag as another name, and the ARN that no answer holds. */
export function seeTagged(aws: AwsScope, { type, owner, tags, ...seen }: Tagged): void {
  const { Name: nameTag } = tagsOf(tags);
  aws.see({
    arn: `arn:${aws.partition}:ec2:${aws.region}:${owner ?? aws.account}:${type}/${seen.name}`,
    ...seen,
    otherNames: [nameTag, ...(seen.otherNames ?? [])],
    properties: { ...(nameTag && { nameTag }), ...seen.properties },
    environments: [...(nameTag ? environmentsOf(nameTag) : []), ...(seen.environments ?? [])],
  });
}
