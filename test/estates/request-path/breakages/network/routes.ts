import {
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DetachInternetGatewayCommand,
  ReplaceRouteCommand,
} from '@aws-sdk/client-ec2';
import type { Way } from '../../account.ts';
import type { Estate } from '../../harbour.ts';
import { type Breakage, root } from '../breakage.ts';
import { IMAGE_PULL_TIMED_OUT, NOTHING_RUNS, notStarting } from '../faults.ts';
import { ec2, group, table } from './vpc.ts';

const DEFAULT = { DestinationCidrBlock: '0.0.0.0/0' };
const PRIVATE = ['a', 'b'] as const;

/** Routes and what they lead to. */
export const routes: Breakage[] = [
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
