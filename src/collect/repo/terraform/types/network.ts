import type { SettingMapping, TypeMapping } from './mapping.ts';

const balancer: TypeMapping = {
  kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  name: ['name'],
  prefix: 'name_prefix',
  properties: { type: 'load_balancer_type', idleTimeout: 'idle_timeout' },
  relations: [
    ['subnets', 'runs-in'],
    ['security_groups', 'uses'],
    ['access_logs.bucket', 'logs-to', 'AWS::S3::Bucket'],
  ],
};
const targetGroup: TypeMapping = {
  kind: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  name: ['name'],
  prefix: 'name_prefix',
  properties: {
    port: 'port',
    protocol: 'protocol',
    targetType: 'target_type',
    healthCheckPath: 'health_check.path',
    healthCheckProtocol: 'health_check.protocol',
    healthCheckPort: 'health_check.port',
    healthCheckIntervalSeconds: 'health_check.interval',
  },
  relations: [['vpc_id', 'runs-in']],
};
const listener: TypeMapping = {
  kind: 'AWS::ElasticLoadBalancingV2::Listener',
  named: 'listener',
  properties: { port: 'port', protocol: 'protocol', sslPolicy: 'ssl_policy' },
  relations: [
    ['load_balancer_arn', 'part-of'],
    ['default_action.target_group_arn', 'routes-to'],
    ['default_action.forward.target_group.arn', 'routes-to'],
    ['certificate_arn', 'uses'],
  ],
};
const rule: TypeMapping = {
  kind: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  properties: {
    priority: 'priority',
    hostHeaders: 'condition.host_header.values',
    pathPatterns: 'condition.path_pattern.values',
  },
  relations: [
    ['listener_arn', 'part-of'],
    ['action.target_group_arn', 'routes-to'],
    ['action.forward.target_group.arn', 'routes-to'],
  ],
};

/** Networks and load balancers. Terraform AWS provider documentation, by resource type. */
export const types: Record<string, TypeMapping> = {
  aws_lb: balancer,
  aws_alb: balancer,
  aws_lb_target_group: targetGroup,
  aws_alb_target_group: targetGroup,
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_lb_listener_rule: rule,
  aws_alb_listener_rule: rule,
  aws_elb: {
    kind: 'AWS::ElasticLoadBalancing::LoadBalancer',
    name: ['name'],
    prefix: 'name_prefix',
    idIsName: true,
  },
  aws_vpc: { kind: 'AWS::EC2::VPC', name: ['tags.Name'], properties: { cidrBlock: 'cidr_block' } },
  aws_subnet: {
    kind: 'AWS::EC2::Subnet',
    name: ['tags.Name'],
    properties: {
      cidrBlock: 'cidr_block',
      availabilityZone: 'availability_zone',
      mapPublicIpOnLaunch: 'map_public_ip_on_launch',
    },
    relations: [['vpc_id', 'part-of']],
  },
  aws_security_group: {
    kind: 'AWS::EC2::SecurityGroup',
    name: ['name'],
    prefix: 'name_prefix',
    relations: [['vpc_id', 'part-of']],
  },
  aws_route_table: { kind: 'AWS::EC2::RouteTable', name: ['tags.Name'], relations: [['vpc_id', 'part-of']] },
  aws_nat_gateway: {
    kind: 'AWS::EC2::NatGateway',
    name: ['tags.Name'],
    properties: { connectivityType: 'connectivity_type' },
    relations: [['subnet_id', 'runs-in']],
  },
  aws_internet_gateway: {
    kind: 'AWS::EC2::InternetGateway',
    name: ['tags.Name'],
    relations: [['vpc_id', 'part-of']],
  },
  aws_vpc_endpoint: {
    kind: 'AWS::EC2::VPCEndpoint',
    properties: { serviceName: 'service_name', vpcEndpointType: 'vpc_endpoint_type' },
    relations: [
      ['vpc_id', 'part-of'],
      ['subnet_ids', 'runs-in'],
    ],
  },
  aws_ebs_volume: {
    kind: 'AWS::EC2::Volume',
    name: ['tags.Name'],
    properties: { size: 'size', volumeType: 'type', encrypted: 'encrypted' },
  },
  aws_eip: { kind: 'AWS::EC2::EIP', name: ['tags.Name'] },
  aws_network_acl: {
    kind: 'AWS::EC2::NetworkAcl',
    name: ['tags.Name'],
    relations: [['vpc_id', 'part-of']],
  },
  aws_service_discovery_service: { kind: 'AWS::ServiceDiscovery::Service', name: ['name'] },
};

export const settings: Record<string, SettingMapping> = {
  aws_lb_target_group_attachment: {
    of: 'target_group_arn',
    kind: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    relations: [['target_id', 'routes-to']],
  },
};
