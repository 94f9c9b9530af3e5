import {
  DeleteVpcEndpointsCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
} from '@aws-sdk/client-ec2';
import { withElement } from '../../answers.ts';
import type { Estate } from '../../harbour.ts';
import { type Breakage, root } from '../breakage.ts';
import {
  IMAGE_LAYERS_TIMED_OUT,
  IMAGE_PULL_TIMED_OUT,
  LOGS_TIMED_OUT,
  NOTHING_RUNS,
  notStarting,
  SECRET_TIMED_OUT,
} from '../faults.ts';
import { ec2, table } from './vpc.ts';

const endpoint = ({ id }: Estate, service: string) => id(`endpoint vault-${service}`);
const remove = (estate: Estate, ...services: string[]) =>
  ec2(estate).send(
    new DeleteVpcEndpointsCommand({ VpcEndpointIds: services.map((service) => endpoint(estate, service)) }),
  );

/** Ways to services of AWS that stay in the VPC. */
export const endpoints: Breakage[] = [
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
