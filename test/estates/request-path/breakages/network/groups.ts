import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Estate } from '../../harbour.ts';
import { type Breakage, root } from '../breakage.ts';
import { IMAGE_PULL_TIMED_OUT, NOTHING_RUNS, notStarting, timedOut } from '../faults.ts';
import { ec2, group } from './vpc.ts';

const tcp = (port: number, end: string): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...(end.includes('/') ? { IpRanges: [{ CidrIp: end }] } : { UserIdGroupPairs: [{ GroupId: end }] }),
});
const EVERYTHING: IpPermission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

const closeIn = (estate: Estate, name: string, ...permissions: IpPermission[]) =>
  ec2(estate).send(
    new RevokeSecurityGroupIngressCommand({ GroupId: group(estate, name), IpPermissions: permissions }),
  );
const openIn = (estate: Estate, name: string, ...permissions: IpPermission[]) =>
  ec2(estate).send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: group(estate, name), IpPermissions: permissions }),
  );
const closeOut = (estate: Estate, name: string, ...permissions: IpPermission[]) =>
  ec2(estate).send(
    new RevokeSecurityGroupEgressCommand({ GroupId: group(estate, name), IpPermissions: permissions }),
  );
const openOut = (estate: Estate, name: string, ...permissions: IpPermission[]) =>
  ec2(estate).send(
    new AuthorizeSecurityGroupEgressCommand({ GroupId: group(estate, name), IpPermissions: permissions }),
  );

/** What stands between clients, load balancers and tasks. */
export const groups: Breakage[] = [
  {
    id: 'balancer-ingress-closed',
    what: 'the load balancer’s group lets nothing in on 443',
    way: 'web',
    touches: ['group of the balancer'],
    blamed: [root('security-group-blocks', 'security-group harbour-balancer')],
    break: (estate) => closeIn(estate, 'harbour-balancer', tcp(443, '0.0.0.0/0')),
  },
  {
    id: 'balancer-ingress-from-an-office',
    what: 'the load balancer’s group lets 443 in from one network only',
    way: 'status',
    touches: ['group of the balancer'],
    blamed: [root('security-group-blocks', 'security-group status-balancer')],
    break: async (estate) => {
      await closeIn(estate, 'status-balancer', tcp(443, '0.0.0.0/0'));
      await openIn(estate, 'status-balancer', tcp(443, '198.51.100.0/24'));
    },
  },
  {
    id: 'balancer-egress-closed',
    what: 'the load balancer’s group lets nothing out to the tasks',
    way: 'orders',
    touches: ['group of the balancer', 'health'],
    blamed: [root('security-group-blocks', 'security-group vault-balancer')],
    break: async (estate) => {
      await closeOut(estate, 'vault-balancer', tcp(9000, group(estate, 'vault-orders')));
      timedOut(estate, 'orders');
    },
  },
  {
    id: 'balancer-egress-other-port',
    what: 'the load balancer’s group lets another port out to the tasks',
    way: 'status',
    touches: ['group of the balancer', 'health'],
    blamed: [root('security-group-blocks', 'security-group status-balancer')],
    break: async (estate) => {
      await closeOut(estate, 'status-balancer', tcp(8080, group(estate, 'status-tasks')));
      await openOut(estate, 'status-balancer', tcp(80, group(estate, 'status-tasks')));
      timedOut(estate, 'status');
    },
  },
  {
    id: 'task-ingress-closed',
    what: 'the tasks’ group lets nothing in',
    way: 'web',
    touches: ['group of the tasks', 'health'],
    blamed: [root('security-group-blocks', 'security-group harbour-web')],
    break: async (estate) => {
      await closeIn(estate, 'harbour-web', tcp(3000, group(estate, 'harbour-balancer')));
      timedOut(estate, 'web');
    },
  },
  {
    id: 'task-ingress-from-other-group',
    what: 'the tasks’ group lets the load balancer of another service in',
    way: 'web',
    touches: ['group of the tasks', 'health'],
    blamed: [root('security-group-blocks', 'security-group harbour-web')],
    break: async (estate) => {
      await closeIn(estate, 'harbour-web', tcp(3000, group(estate, 'harbour-balancer')));
      await openIn(estate, 'harbour-web', tcp(3000, group(estate, 'status-balancer')));
      timedOut(estate, 'web');
    },
  },
  {
    id: 'task-ingress-other-port',
    what: 'the tasks’ group lets port 80 in, the container listens on another',
    way: 'status',
    touches: ['group of the tasks', 'health'],
    blamed: [root('security-group-blocks', 'security-group status-tasks')],
    break: async (estate) => {
      await closeIn(estate, 'status-tasks', tcp(8080, group(estate, 'status-balancer')));
      await openIn(estate, 'status-tasks', tcp(80, group(estate, 'status-balancer')));
      timedOut(estate, 'status');
    },
  },
  {
    id: 'task-ingress-closed-unnoticed',
    what: 'the tasks’ group lets nothing in, and nobody has checked their health since',
    way: 'orders',
    touches: ['group of the tasks'],
    blamed: [root('security-group-blocks', 'security-group vault-orders')],
    break: (estate) => closeIn(estate, 'vault-orders', tcp(9000, group(estate, 'vault-balancer'))),
  },
  {
    id: 'task-egress-closed',
    what: 'the tasks’ group lets nothing out: no image comes in',
    way: 'web',
    touches: ['group of the tasks', ...NOTHING_RUNS],
    blamed: [root('security-group-blocks', 'security-group harbour-web')],
    break: async (estate) => {
      await closeOut(estate, 'harbour-web', EVERYTHING);
      notStarting(estate, 'web', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'endpoint-group-closed',
    what: 'the group of the endpoints lets nothing in',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: [root('security-group-blocks', 'security-group vault-endpoints')],
    break: async (estate) => {
      await closeIn(estate, 'vault-endpoints', tcp(443, '10.50.0.0/16'));
      notStarting(estate, 'orders', IMAGE_PULL_TIMED_OUT);
    },
  },
];
