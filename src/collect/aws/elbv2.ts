import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
  type TargetGroup,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { maskSecrets } from '#lib/mask.ts';
import type { RelationFact } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { detail } from './elbv2/details.ts';
import { BALANCER, LISTENER, TARGET_GROUP } from './elbv2/kinds.ts';
import { listenersOf } from './elbv2/listeners.ts';
import { lastPart, relation } from './parts.ts';
import { count, moment, stated } from './stated.ts';
import { whileListing } from './while-listing.ts';

/**
 * Application, network and gateway load balancers with their listeners, and target groups with the health of their
 * targets. Elastic Load Balancing API Reference, version 2015-12-01. Rules are seen of the load balancers that a file
 * names or that are on a path; nothing is said of others, so their kind is not among those that are listed.
 */
export const elbv2 = defineAwsCollector({
  id: 'elbv2',
  title: { fr: 'Elastic Load Balancing', en: 'Elastic Load Balancing' },
  service: 'elasticloadbalancing',
  where: 'regions',
  Client: ElasticLoadBalancingV2Client,
  kinds: [BALANCER, LISTENER, TARGET_GROUP],
  permissions: {
    DescribeLoadBalancers: 'elasticloadbalancing:DescribeLoadBalancers',
    DescribeListeners: 'elasticloadbalancing:DescribeListeners',
    DescribeRules: 'elasticloadbalancing:DescribeRules',
    DescribeTargetGroups: 'elasticloadbalancing:DescribeTargetGroups',
    DescribeTargetHealth: 'elasticloadbalancing:DescribeTargetHealth',
    DescribeLoadBalancerAttributes: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
    DescribeListenerCertificates: 'elasticloadbalancing:DescribeListenerCertificates',
    DescribeTargetGroupAttributes: 'elasticloadbalancing:DescribeTargetGroupAttributes',
  },
  detailed: [BALANCER, LISTENER, TARGET_GROUP],
  detail,
  async collect(aws) {
    await Promise.all([
      aws.list([BALANCER, LISTENER], () =>
        whileListing(async (begin) => {
          for await (const page of aws.pages(paginateDescribeLoadBalancers, { PageSize: 400 }))
            for (const balancer of page.LoadBalancers ?? []) {
              seeBalancer(aws, balancer);
              begin(listenersOf(aws, balancer));
            }
        }),
      ),
      aws.list([TARGET_GROUP], () =>
        whileListing(async (begin) => {
          for await (const page of aws.pages(paginateDescribeTargetGroups, { PageSize: 400 }))
            for (const group of page.TargetGroups ?? []) begin(seeTargetGroup(aws, group));
        }),
      ),
    ]);
  },
});

function seeBalancer(aws: AwsScope, balancer: LoadBalancer): void {
  const { LoadBalancerName = '', LoadBalancerArn, DNSName, AvailabilityZones = [], VpcId } = balancer;
  const subnets = AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? []);
  aws.see({
    kind: BALANCER,
    name: LoadBalancerName,
    ...(LoadBalancerArn && { arn: LoadBalancerArn }),
    operation: 'DescribeLoadBalancers',
    otherNames: [DNSName, DNSName?.toLowerCase()],
    properties: {
      type: balancer.Type,
      scheme: balancer.Scheme,
      state: balancer.State?.Code,
      stateReason: balancer.State?.Reason,
      ipAddressType: balancer.IpAddressType,
      dnsName: DNSName,
      canonicalHostedZoneId: balancer.CanonicalHostedZoneId,
      vpcId: VpcId,
      subnets,
      availabilityZones: AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []),
      securityGroups: balancer.SecurityGroups,
      createdTime: moment(balancer.CreatedTime),
    },
    relations: [
      VpcId ? relation('in-vpc', 'AWS::EC2::VPC', VpcId) : undefined,
      ...subnets.map((subnet) => relation('in-subnet', 'AWS::EC2::Subnet', subnet)),
      ...(balancer.SecurityGroups ?? []).map((group) =>
        relation('protected-by', 'AWS::EC2::SecurityGroup', group),
      ),
    ],
  });
}

async function seeTargetGroup(aws: AwsScope, group: TargetGroup): Promise<void> {
  const { TargetGroupArn, TargetGroupName = '', VpcId, LoadBalancerArns = [], TargetType } = group;
  const { output, refusal } = await aws.ask(DescribeTargetHealthCommand, { TargetGroupArn });
  const targets = output && (output.TargetHealthDescriptions ?? []);
  aws.see({
    kind: TARGET_GROUP,
    name: TargetGroupName,
    ...(TargetGroupArn && { arn: TargetGroupArn }),
    operation: 'DescribeTargetGroups',
    properties: {
      port: group.Port,
      protocol: group.Protocol,
      protocolVersion: group.ProtocolVersion,
      targetType: TargetType,
      ipAddressType: group.IpAddressType,
      healthCheckEnabled: group.HealthCheckEnabled,
      healthCheckProtocol: group.HealthCheckProtocol,
      healthCheckPath: group.HealthCheckPath,
      // a number, or `traffic-port`
      healthCheckPort: count(group.HealthCheckPort) ?? group.HealthCheckPort,
      healthCheckIntervalSeconds: group.HealthCheckIntervalSeconds,
      healthCheckTimeoutSeconds: group.HealthCheckTimeoutSeconds,
      healthyThresholdCount: group.HealthyThresholdCount,
      unhealthyThresholdCount: group.UnhealthyThresholdCount,
      matcher: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode,
      vpcId: VpcId,
      loadBalancers: [...new Set(LoadBalancerArns.map(balancerName))],
      targets: targets?.map(targetOf),
    },
    relations: [
      VpcId ? relation('in-vpc', 'AWS::EC2::VPC', VpcId) : undefined,
      ...LoadBalancerArns.map((arn) => relation('part-of', BALANCER, arn)),
      ...(targets ?? []).map(({ Target }) => routeToTarget(TargetType, Target?.Id)),
    ],
    refusals: [refusal],
  });
}

/** The name that stands before the id in a load balancer's ARN: `loadbalancer/app/shop/50dc6c495c0c9188`. */
const balancerName = (arn: string): string => arn.split('/').at(-2) ?? lastPart(arn);

const targetOf = ({ Target, TargetHealth, HealthCheckPort }: TargetHealthDescription) =>
  stated({
    id: Target?.Id,
    port: Target?.Port,
    state: TargetHealth?.State,
    reason: TargetHealth?.Reason,
    description: TargetHealth?.Description && maskSecrets(TargetHealth.Description),
    healthCheckPort: count(HealthCheckPort) ?? HealthCheckPort,
    zone: Target?.AvailabilityZone,
  });

/** Targets that are addresses are of no resource that is read. */
function routeToTarget(type: string | undefined, id: string | undefined): RelationFact | undefined {
  if (id === undefined) return undefined;
  if (type === 'instance') return relation('routes-to', 'AWS::EC2::Instance', id);
  if (type === 'lambda') return relation('routes-to', 'AWS::Lambda::Function', id);
  return type === 'alb' ? relation('routes-to', BALANCER, id) : undefined;
}
