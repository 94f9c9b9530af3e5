import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclEntryCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkAclsCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  type IpPermission,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  ReplaceRouteCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Way } from '../account.ts';
import { withElement } from '../answers.ts';
import type { Estate } from '../harbour.ts';
import { type Breakage, root } from './breakage.ts';
import {
  IMAGE_LAYERS_TIMED_OUT,
  IMAGE_PULL_TIMED_OUT,
  LOGS_TIMED_OUT,
  NOTHING_RUNS,
  notStarting,
  SECRET_TIMED_OUT,
  timedOut,
} from './faults.ts';

const ec2 = ({ client }: Estate) => client(EC2Client);
const group = ({ id }: Estate, name: string) => id(`security-group ${name}`);
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
const groups: Breakage[] = [
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

const DEFAULT = { DestinationCidrBlock: '0.0.0.0/0' };
const PRIVATE = ['a', 'b'] as const;
const table = ({ id }: Estate, name: string) => id(`route-table ${name}`);

/** Routes and what they lead to. */
const routes: Breakage[] = [
  {
    id: 'route-to-nat-missing',
    what: 'the private subnets have no route out',
    way: 'web',
    touches: ['way out', ...NOTHING_RUNS],
    blamed: PRIVATE.map((zone) => root('route-missing', `route-table harbour-private-${zone}`)),
    break: async (estate) => {
      for (const zone of PRIVATE)
        await ec2(estate).send(
          new DeleteRouteCommand({ RouteTableId: table(estate, `harbour-private-${zone}`), ...DEFAULT }),
        );
      notStarting(estate, 'web', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'route-to-nat-missing-in-one-zone',
    what: 'one of two private subnets has no route out',
    way: 'web',
    touches: ['way out', 'tasks'],
    blamed: [root('route-missing', 'route-table harbour-private-b')],
    break: (estate) =>
      ec2(estate).send(
        new DeleteRouteCommand({ RouteTableId: table(estate, 'harbour-private-b'), ...DEFAULT }),
      ),
  },
  {
    id: 'nat-deleted',
    what: 'the NAT gateways are deleted, and the routes to them are black holes',
    way: 'web',
    touches: ['way out', ...NOTHING_RUNS],
    blamed: PRIVATE.map((zone) => root('nat-gateway-unusable', `route-table harbour-private-${zone}`)),
    break: async (estate) => {
      for (const zone of PRIVATE)
        await ec2(estate).send(
          new DeleteNatGatewayCommand({ NatGatewayId: estate.id(`nat harbour-${zone}`) }),
        );
      // moto leaves the state of the routes as it was
      estate.answers.patch('ec2:DescribeRouteTables', (xml: string) =>
        xml.replace(
          /(<natGatewayId>nat-[0-9a-f]+<\/natGatewayId>(?:(?!<\/item>)[\s\S])*<state>)active(<\/state>)/g,
          '$1blackhole$2',
        ),
      );
      notStarting(estate, 'web', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'nat-failed',
    what: 'the NAT gateways could not be set up',
    way: 'web',
    touches: ['way out', ...NOTHING_RUNS],
    blamed: PRIVATE.map((zone) => root('nat-gateway-unusable', `nat harbour-${zone}`)),
    break: (estate) => {
      estate.answers.patch('ec2:DescribeNatGateways', (xml: string) =>
        xml.replaceAll('<state>available</state>', '<state>failed</state>'),
      );
      notStarting(estate, 'web', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'nat-in-private-subnet',
    what: 'the NAT gateway of one zone stands in a private subnet',
    way: 'web',
    touches: ['way out', ...NOTHING_RUNS],
    blamed: [root('nat-gateway-unusable', 'natgateway')],
    break: async (estate) => {
      const { NatGateway } = await ec2(estate).send(
        new CreateNatGatewayCommand({
          SubnetId: estate.id('subnet harbour-private-a'),
          ConnectivityType: 'public',
        }),
      );
      for (const zone of PRIVATE)
        await ec2(estate).send(
          new ReplaceRouteCommand({
            RouteTableId: table(estate, `harbour-private-${zone}`),
            ...DEFAULT,
            NatGatewayId: NatGateway?.NatGatewayId,
          }),
        );
      notStarting(estate, 'web', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'nat-subnet-without-gateway',
    what: 'the public subnets, in which the NAT gateways are, have no route to the internet gateway',
    way: 'web',
    touches: ['public routes', 'way out', ...NOTHING_RUNS],
    blamed: [root('route-missing', 'route-table harbour-public')],
    break: async (estate) => {
      await ec2(estate).send(
        new DeleteRouteCommand({ RouteTableId: table(estate, 'harbour-public'), ...DEFAULT }),
      );
      notStarting(estate, 'web', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'internet-gateway-detached',
    what: 'the internet gateway is detached from the VPC',
    way: 'status',
    touches: ['public routes', 'tasks'],
    blamed: [root('route-missing', 'route-table harbour-public')],
    break: async (estate) => {
      await ec2(estate).send(
        new DetachInternetGatewayCommand({
          InternetGatewayId: estate.id('internet-gateway harbour'),
          VpcId: estate.id('vpc harbour'),
        }),
      );
      estate.answers.patch('ec2:DescribeRouteTables', (xml: string) =>
        xml.replace(
          /(<gatewayId>igw-[0-9a-f]+<\/gatewayId>(?:(?!<\/item>)[\s\S])*<state>)active(<\/state>)/g,
          '$1blackhole$2',
        ),
      );
    },
  },
  {
    id: 'public-ip-off',
    what: 'tasks in public subnets get no address of the internet',
    way: 'status',
    touches: ['addresses', ...NOTHING_RUNS],
    blamed: [root('public-ip-missing', 'subnet')],
    break: (estate) => {
      withPublicIp(estate, 'status', 'DISABLED');
      notStarting(estate, 'status', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'balancer-in-private-subnet',
    what: 'the load balancer’s subnets lead out by a NAT gateway',
    way: 'orders',
    touches: ['public routes'],
    blamed: [root('route-missing', 'route-table vault-public')],
    break: (estate) =>
      ec2(estate).send(new DeleteRouteCommand({ RouteTableId: table(estate, 'vault-public'), ...DEFAULT })),
  },
];

/** Whether the tasks of a service get an address of the internet. */
function withPublicIp(estate: Estate, way: Way, assignPublicIp: 'ENABLED' | 'DISABLED'): void {
  const subnets = ['harbour-public-a', 'harbour-public-b'].map((name) => estate.id(`subnet ${name}`));
  estate.answers.patch('ecs:DescribeServices', (answer: { services: { serviceName: string }[] }) => ({
    ...answer,
    services: answer.services.map((service) =>
      service.serviceName === way
        ? {
            ...service,
            networkConfiguration: {
              awsvpcConfiguration: {
                subnets,
                securityGroups: [group(estate, 'status-tasks')],
                assignPublicIp,
              },
            },
          }
        : service,
    ),
  }));
}

const endpoint = ({ id }: Estate, service: string) => id(`endpoint vault-${service}`);
const remove = (estate: Estate, ...services: string[]) =>
  ec2(estate).send(
    new DeleteVpcEndpointsCommand({ VpcEndpointIds: services.map((service) => endpoint(estate, service)) }),
  );

/** Ways to services of AWS that stay in the VPC. */
const endpoints: Breakage[] = [
  {
    id: 'endpoint-missing-of-registry',
    what: 'a VPC without a way out has no endpoint for the registry',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: [root('endpoint-unreachable', 'network')],
    break: async (estate) => {
      await remove(estate, 'ecr.dkr');
      notStarting(estate, 'orders', IMAGE_LAYERS_TIMED_OUT);
    },
  },
  {
    id: 'endpoint-missing-of-layers',
    what: 'a VPC without a way out has no endpoint for S3, where the layers of images are',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: [root('endpoint-unreachable', 'network')],
    break: async (estate) => {
      await remove(estate, 's3');
      notStarting(estate, 'orders', IMAGE_LAYERS_TIMED_OUT);
    },
  },
  {
    id: 'endpoint-missing-of-logs',
    what: 'a VPC without a way out has no endpoint for the logs',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: [root('endpoint-unreachable', 'network')],
    break: async (estate) => {
      await remove(estate, 'logs');
      notStarting(estate, 'orders', LOGS_TIMED_OUT);
    },
  },
  {
    id: 'endpoint-missing-of-secrets',
    what: 'a VPC without a way out has no endpoint for the secrets',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: [root('endpoint-unreachable', 'network')],
    break: async (estate) => {
      await remove(estate, 'secretsmanager');
      notStarting(estate, 'orders', SECRET_TIMED_OUT);
    },
  },
  {
    id: 'endpoint-private-dns-off',
    what: 'the name of the registry does not lead to its endpoint',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: [root('endpoint-unreachable', 'endpoint vault-ecr.api')],
    break: (estate) => {
      const own = endpoint(estate, 'ecr.api');
      estate.answers.patch('ec2:DescribeVpcEndpoints', (xml: string) =>
        eachItem(xml, own, (item) => withElement(item, 'privateDnsEnabled', 'false')),
      );
      notStarting(estate, 'orders', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'vpc-dns-off',
    what: 'the VPC answers no names: no endpoint is found by the name of its service',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'].map((service) =>
      root('endpoint-unreachable', `endpoint vault-${service}`),
    ),
    break: async (estate) => {
      await ec2(estate).send(
        new ModifyVpcAttributeCommand({
          VpcId: estate.id('vpc vault'),
          EnableDnsHostnames: { Value: false },
        }),
      );
      notStarting(estate, 'orders', IMAGE_PULL_TIMED_OUT);
    },
  },
  {
    id: 'endpoint-policy-denies',
    what: 'the policy of the registry’s endpoint lets another account’s images through only',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: [root('endpoint-policy-denies', 'endpoint vault-ecr.dkr')],
    break: async (estate) => {
      await ec2(estate).send(
        new ModifyVpcEndpointCommand({
          VpcEndpointId: endpoint(estate, 'ecr.dkr'),
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: '*',
                Action: 'ecr:*',
                Resource: 'arn:aws:ecr:eu-west-3:999999999999:repository/*',
              },
            ],
          }),
        }),
      );
      notStarting(estate, 'orders', {
        stopCode: 'TaskFailedToStart',
        stoppedReason:
          'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref: pulling from host failed with status code [manifests 2.4.0]: 403 Forbidden',
      });
    },
  },
  {
    id: 'endpoint-in-other-subnets',
    what: 'the gateway endpoint of S3 is not in the table of the tasks’ subnets',
    way: 'orders',
    touches: ['endpoints', ...NOTHING_RUNS],
    blamed: [root('endpoint-unreachable', 'endpoint vault-s3')],
    break: async (estate) => {
      await ec2(estate).send(
        new ModifyVpcEndpointCommand({
          VpcEndpointId: endpoint(estate, 's3'),
          RemoveRouteTableIds: [table(estate, 'vault-closed')],
          AddRouteTableIds: [table(estate, 'vault-public')],
        }),
      );
      // moto leaves the routes as they were
      const own = endpoint(estate, 's3');
      estate.answers.patch('ec2:DescribeRouteTables', (xml: string) =>
        xml.replace(new RegExp(`<item>(?:(?!<item>)[\\s\\S])*?${own}[\\s\\S]*?</item>`), ''),
      );
      notStarting(estate, 'orders', IMAGE_LAYERS_TIMED_OUT);
    },
  },
];

/** Changes the items of a list of EC2 that hold an id. */
function eachItem(xml: string, id: string, change: (item: string) => string): string {
  const at = xml.indexOf(id);
  if (at < 0) return xml;
  const begin = xml.lastIndexOf('<item>', at) + '<item>'.length;
  const end = closing(xml, begin);
  return `${xml.slice(0, begin)}${change(xml.slice(begin, end))}${xml.slice(end)}`;
}

/** Where the item that begins before a place ends. */
function closing(xml: string, from: number): number {
  let depth = 0;
  for (const { 0: tag, index } of xml.slice(from).matchAll(/<(\/?)item>/g)) {
    if (tag === '<item>') depth += 1;
    else if (depth === 0) return from + index;
    else depth -= 1;
  }
  throw new Error('the item does not end');
}

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
const lists: Breakage[] = [
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

/** What is wrong with the network. */
export const network: Breakage[] = [...groups, ...routes, ...endpoints, ...lists];
