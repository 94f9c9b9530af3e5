import type { Kind } from '#model/fact.ts';
import type { AwsScope, Seen } from '../aws-collector.ts';
import { tagsOf } from '../parts.ts';

type Tags = Parameters<typeof tagsOf>[0];

/** What is the same for everything of EC2: an id, an ARN made of it, and the `Name` tag as another name. */
export function ofEc2(
  aws: AwsScope,
  kind: Kind,
  type: string,
  id: string,
  tags: Tags,
): Pick<Seen, 'kind' | 'name' | 'arn' | 'otherNames'> & { nameTag: string | undefined } {
  const nameTag = tagsOf(tags).Name || undefined;
  return {
    kind,
    name: id,
    arn: `arn:${aws.partition}:ec2:${aws.region}:${aws.account}:${type}/${id}`,
    otherNames: [nameTag],
    nameTag,
  };
}
