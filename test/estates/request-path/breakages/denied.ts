import type { Way } from '../account.ts';

/** A read that nobody allows, and what of a way can then not be told. */
export interface Denied {
  operation: string;
  way: Way;
  /** Checks that must be unknown, with the permission to ask for. */
  unknown: string[];
}

const of = (way: Way, reads: Record<string, string[]>): Denied[] =>
  Object.entries(reads).map(([operation, unknown]) => ({ operation, way, unknown }));

/** The reads on which something of a path hangs, denied one by one. Others that are asked for change nothing of it. */
export const denied: readonly Denied[] = [
  ...of('web', {
    'route53:ListHostedZones': ['dns-record-missing'],
    'route53:ListResourceRecordSets': ['dns-record-missing'],
    'cloudfront:ListDistributions': ['dns-record-misdirected'],
    'wafv2:ListWebACLs': ['web-acl-missing'],
    'elasticloadbalancing:DescribeLoadBalancers': ['origin-missing'],
    'elasticloadbalancing:DescribeListeners': ['origin-protocol-mismatch', 'listener-missing'],
    'elasticloadbalancing:DescribeTargetGroups': ['listener-wrong-target'],
    'elasticloadbalancing:DescribeTargetHealth': ['targets-unhealthy'],
    'ecs:ListClusters': ['service-missing'],
    'ecs:ListServices': ['service-missing'],
    'ecs:DescribeServices': ['service-missing'],
    'ecs:DescribeTaskDefinition': ['container-port-mismatch'],
    'ecr:DescribeImages': ['image-missing'],
    'ecr:BatchGetImage': ['image-architecture-mismatch'],
    'logs:DescribeLogGroups': ['log-group-missing'],
    'ec2:DescribeSubnets': ['route-missing'],
    'ec2:DescribeRouteTables': ['route-missing'],
    'ec2:DescribeInternetGateways': ['route-missing'],
    'ec2:DescribeNatGateways': ['nat-gateway-unusable'],
    'ec2:DescribeSecurityGroups': ['security-group-blocks'],
    'ec2:DescribeNetworkAcls': ['network-acl-blocks'],
  }),
  ...of('orders', {
    'acm:DescribeCertificate': ['certificate-not-covering'],
    'elasticloadbalancing:DescribeRules': ['listener-rule-shadowed'],
    'ec2:DescribeVpcEndpoints': ['endpoint-unreachable'],
    'ec2:DescribeVpcs': ['endpoint-unreachable'],
    'ec2:DescribeVpcAttribute': ['endpoint-unreachable'],
  }),
  ...of('status', { 'elasticloadbalancing:DescribeLoadBalancers': ['dns-record-misdirected'] }),
];
