import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { AwsClient, AwsClientClass, AwsSession, Identity } from '../readers/aws/session.ts';
import { homeRegion } from '../readers/aws/session.ts';
import { GLOBAL } from './aws-collector.ts';

/** What telling the regions needs to be allowed. */
export const REGION_PERMISSIONS = { DescribeRegions: 'ec2:DescribeRegions' } as const;

/**
 * The regions that are switched on for an account, and those asked for besides. Amazon EC2 API Reference,
 * DescribeRegions: without `AllRegions` it gives the enabled ones.
 * @throws Refused when they cannot be told
 */
export async function enabledRegions(
  session: AwsSession,
  { partition }: Identity,
  also: readonly string[],
): Promise<string[]> {
  const service = { service: 'ec2', permissions: REGION_PERMISSIONS };
  const Client = EC2Client as never as AwsClientClass<AwsClient>;
  const client = session.client(Client, service, homeRegion(partition), GLOBAL);
  const { Regions = [] } = await (client as never as EC2Client).send(new DescribeRegionsCommand({}));
  return [...new Set([...Regions.flatMap(({ RegionName }) => RegionName ?? []), ...also])].sort();
}
