import {
  type Listener,
  type LoadBalancer,
  paginateDescribeListeners,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsScope } from '../aws-collector.ts';
import { relation } from '../parts.ts';
import { whileListing } from '../while-listing.ts';
import { actionOf, routesOf } from './actions.ts';
import { BALANCER, CERTIFICATE, LISTENER } from './kinds.ts';
import { rulesOf } from './rules.ts';

/** The listeners of a load balancer, named by it and by their port; with their rules where a file names it. */
export async function listenersOf(
  aws: AwsScope,
  { LoadBalancerArn, LoadBalancerName = '' }: LoadBalancer,
): Promise<void> {
  const isDeclared = aws.isDeclared(BALANCER, LoadBalancerName);
  await aws.list(
    [LISTENER],
    () =>
      whileListing(async (begin) => {
        const input = { LoadBalancerArn, PageSize: 400 };
        for await (const { Listeners = [] } of aws.pages(paginateDescribeListeners, input))
          for (const listener of Listeners) {
            const name = nameOf(LoadBalancerName, listener);
            seeListener(aws, LoadBalancerName, name, listener);
            if (isDeclared) begin(rulesOf(aws, name, listener.ListenerArn));
          }
      }),
    LoadBalancerName,
  );
}

/** The listener of a gateway load balancer has no port. */
const nameOf = (balancer: string, { Port }: Listener): string =>
  Port === undefined ? balancer : `${balancer}:${Port}`;

function seeListener(aws: AwsScope, balancer: string, name: string, listener: Listener): void {
  const { ListenerArn, Port, Certificates = [], DefaultActions = [] } = listener;
  aws.see({
    kind: LISTENER,
    name,
    ...(ListenerArn && { arn: ListenerArn }),
    operation: 'DescribeListeners',
    properties: {
      port: Port,
      protocol: listener.Protocol,
      sslPolicy: listener.SslPolicy,
      mutualAuthentication: listener.MutualAuthentication?.Mode,
      certificates: Certificates.flatMap(({ CertificateArn }) => CertificateArn ?? []),
      defaultActions: DefaultActions.map(actionOf),
    },
    relations: [
      relation('part-of', BALANCER, balancer),
      ...Certificates.flatMap(({ CertificateArn }) =>
        CertificateArn ? relation('uses-certificate', CERTIFICATE, CertificateArn) : [],
      ),
      ...routesOf(DefaultActions),
    ],
  });
}
