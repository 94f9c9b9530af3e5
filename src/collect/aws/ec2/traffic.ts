import {
  type IpPermission,
  type NetworkAclEntry,
  paginateDescribeNetworkAcls,
  paginateDescribeSecurityGroups,
} from '@aws-sdk/client-ec2';
import type { Json } from '#model/fact.ts';
import type { AwsScope } from '../aws-collector.ts';
import { relation } from '../parts.ts';
import { stated } from '../stated.ts';
import { PAGE, seeTagged } from './tagged.ts';

const GROUP = 'AWS::EC2::SecurityGroup';
const ACL = 'AWS::EC2::NetworkAcl';
const VPC = 'AWS::EC2::VPC';

type Side = 'source' | 'destination';

/** One entry for each other end, as CloudFormation writes the rules of a group; an API answer has many in one. */
function rulesOf(permissions: readonly IpPermission[] | undefined, side: Side): Json[] {
  return (permissions ?? []).flatMap(({ IpProtocol, FromPort, ToPort, ...to }) => {
    const ends: Record<string, Json | undefined>[] = [
      ...(to.IpRanges ?? []).map((one) => ({ cidrIp: one.CidrIp, description: one.Description })),
      ...(to.Ipv6Ranges ?? []).map((one) => ({ cidrIpv6: one.CidrIpv6, description: one.Description })),
      ...(to.UserIdGroupPairs ?? []).map((one) => ({
        [`${side}SecurityGroupId`]: one.GroupId,
        description: one.Description,
      })),
      ...(to.PrefixListIds ?? []).map((one) => ({
        [`${side}PrefixListId`]: one.PrefixListId,
        description: one.Description,
      })),
    ];
    return ends.map((end) => stated({ ipProtocol: IpProtocol, fromPort: FromPort, toPort: ToPort, ...end }));
  });
}

/** Every VPC has a group called `default` that AWS made, and no other may bear that name. */
export async function securityGroups(aws: AwsScope): Promise<void> {
  await aws.list([GROUP], async () => {
    for await (const { SecurityGroups = [] } of aws.pages(paginateDescribeSecurityGroups, PAGE))
      for (const { GroupId = '', GroupName, VpcId, ...group } of SecurityGroups)
        seeTagged(aws, {
          kind: GROUP,
          name: GroupId,
          type: 'security-group',
          owner: group.OwnerId,
          tags: group.Tags,
          operation: 'DescribeSecurityGroups',
          otherNames: [GroupName],
          properties: {
            groupName: GroupName,
            groupDescription: group.Description,
            vpcId: VpcId,
            securityGroupIngress: rulesOf(group.IpPermissions, 'source'),
            securityGroupEgress: rulesOf(group.IpPermissionsEgress, 'destination'),
          },
          relations: [VpcId ? relation('in-vpc', VPC, VpcId) : undefined],
          builtIn: GroupName === 'default',
        });
  });
}

export async function networkAcls(aws: AwsScope): Promise<void> {
  await aws.list([ACL], async () => {
    for await (const { NetworkAcls = [] } of aws.pages(paginateDescribeNetworkAcls, PAGE))
      for (const { NetworkAclId = '', VpcId, Associations = [], ...acl } of NetworkAcls)
        seeTagged(aws, {
          kind: ACL,
          name: NetworkAclId,
          type: 'network-acl',
          owner: acl.OwnerId,
          tags: acl.Tags,
          operation: 'DescribeNetworkAcls',
          properties: {
            vpcId: VpcId,
            isDefault: acl.IsDefault,
            subnets: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
            entries: acl.Entries?.map(entryOf),
          },
          relations: [VpcId ? relation('in-vpc', VPC, VpcId) : undefined],
          builtIn: acl.IsDefault === true,
        });
  });
}

/** As `AWS::EC2::NetworkAclEntry` writes it. */
const entryOf = (entry: NetworkAclEntry): Json =>
  stated({
    ruleNumber: entry.RuleNumber,
    egress: entry.Egress,
    ruleAction: entry.RuleAction,
    protocol: entry.Protocol,
    cidrBlock: entry.CidrBlock,
    ipv6CidrBlock: entry.Ipv6CidrBlock,
    fromPort: entry.PortRange?.From,
    toPort: entry.PortRange?.To,
  });
