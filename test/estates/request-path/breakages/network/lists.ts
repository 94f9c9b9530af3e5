import { CreateNetworkAclEntryCommand, DescribeNetworkAclsCommand } from '@aws-sdk/client-ec2';
import type { Estate } from '../../harbour.ts';
import { type Breakage, root } from '../breakage.ts';
import { IMAGE_PULL_TIMED_OUT, NOTHING_RUNS, notStarting } from '../faults.ts';
import { ec2 } from './vpc.ts';

/** An entry that comes before those that let everything through. */
async function refuse(
  estate: Estate,
  vpc: string,
  { Egress, from, to }: { Egress: boolean; from: number; to: number },
): Promise<void> {
  const { NetworkAcls } = await ec2(estate).send(
    new DescribeNetworkAclsCommand({
      Filters: [{ Name: 'vpc-id', Values: [estate.id(`vpc ${vpc}`)] }],
    }),
  );
  await ec2(estate).send(
    new CreateNetworkAclEntryCommand({
      NetworkAclId: NetworkAcls?.[0]?.NetworkAclId,
      RuleNumber: 50,
      Protocol: '6',
      RuleAction: 'deny',
      Egress,
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: from, To: to },
    }),
  );
}

/** Network ACLs. */
export const lists: Breakage[] = [
  {
    id: 'acl-denies-in',
    what: 'the network ACL refuses 443 from everywhere',
    way: 'status',
    touches: ['network ACL'],
    blamed: [root('network-acl-blocks', 'network')],
    break: (estate) => refuse(estate, 'harbour', { Egress: false, from: 443, to: 443 }),
  },
  {
    id: 'acl-denies-answers-out',
    what: 'the network ACL refuses the ports to which answers go back',
    way: 'orders',
    touches: ['network ACL'],
    blamed: [root('network-acl-blocks', 'network')],
    break: (estate) => refuse(estate, 'vault', { Egress: true, from: 1024, to: 65_535 }),
  },
  {
    id: 'acl-denies-requests-out',
    what: 'the network ACL refuses requests to 443 that go out',
    way: 'web',
    touches: ['network ACL', ...NOTHING_RUNS],
    blamed: [root('network-acl-blocks', 'network')],
    break: async (estate) => {
      await refuse(estate, 'harbour', { Egress: true, from: 443, to: 443 });
      notStarting(estate, 'web', IMAGE_PULL_TIMED_OUT);
    },
  },
];
