import { aws, lastPart, listing, oneByOne, word } from './aws.ts';
import { anyCase, anyOrder, asText, asWritten } from './compared.ts';

const domainName = (name: string) => name.toLowerCase().replace(/\.$/, '');
const afterSlash = (index: number) => (name: string) =>
  name.startsWith('arn:') ? (name.split(':').slice(5).join(':').split('/')[index] ?? name) : name;

/** An `ec2 describe-…` call filtered by id, or by the Name tag when a name is no id. */
const ec2 =
  (
    operation: string,
    list: string,
    idField: string,
    idFilter: string,
    prefix: string,
    nameFilter = 'tag:Name',
  ) =>
  (names: string[], { region }: { region?: string }) => ({
    command: `aws ec2 ${operation}${region ? ` --region ${region}` : ''} --filters Name=${names.every((n) => n.startsWith(prefix)) ? idFilter : nameFilter},Values=${word(names.join(','))} --query '${list}[].${idField}' --output text`,
    expected: {
      fr: names.length > 1 ? `${names.length} identifiants sont affichés` : 'un identifiant est affiché',
      en: names.length > 1 ? `${names.length} ids are printed` : 'one id is printed',
    },
  });

/** Load balancers, DNS, certificates, CDN and networks. */
export const kinds = [
  aws('AWS::ElasticLoadBalancingV2::LoadBalancer', 'répartiteur de charge', 'load balancer', {
    domain: 'network',
    normalise: afterSlash(2),
    compared: { scheme: anyCase, type: anyCase, ipAddressType: anyCase },
    verify: listing('elbv2 describe-load-balancers', 'LoadBalancers', 'LoadBalancerName', [
      'State.Code',
      'DNSName',
    ]),
  }),
  aws('AWS::ElasticLoadBalancing::LoadBalancer', 'répartiteur de charge classique', 'classic load balancer', {
    domain: 'network',
    verify: listing('elb describe-load-balancers', 'LoadBalancerDescriptions', 'LoadBalancerName'),
  }),
  aws('AWS::ElasticLoadBalancingV2::TargetGroup', 'groupe cible', 'target group', {
    domain: 'network',
    normalise: afterSlash(1),
    compared: {
      port: asText,
      protocol: anyCase,
      targetType: anyCase,
      healthCheckPath: asWritten,
      healthCheckPort: asText,
      healthCheckProtocol: anyCase,
    },
    verify: listing('elbv2 describe-target-groups', 'TargetGroups', 'TargetGroupName', [
      'Port',
      'TargetType',
      'HealthCheckPath',
    ]),
  }),
  aws('AWS::ElasticLoadBalancingV2::Listener', 'écouteur', 'listener', {
    domain: 'network',
    compared: { port: asText, protocol: anyCase, sslPolicy: asWritten },
  }),
  aws('AWS::ElasticLoadBalancingV2::ListenerRule', 'règle d’écouteur', 'listener rule', {
    domain: 'network',
  }),
  aws('AWS::Route53::HostedZone', 'zone Route 53', 'Route 53 hosted zone', {
    domain: 'edge',
    global: true,
    normalise: domainName,
    verify: (names) =>
      listing(
        'route53 list-hosted-zones',
        'HostedZones',
        'Name',
      )(
        names.map((n) => `${n}.`),
        {},
      ),
  }),
  aws('AWS::Route53::RecordSet', 'enregistrement DNS', 'DNS record', {
    domain: 'edge',
    global: true,
    // one name may have an address and a text; what files leave out may be any of its types
    scoped: true,
    normalise: domainName,
    verify: (names, { scope }) => ({
      command: names
        .map((name) => `dig +short ${word(name)}${scope === undefined ? '' : ` ${word(scope)}`}`)
        .join('\n'),
      expected: {
        fr: 'chaque nom donne une adresse ou un alias',
        en: 'each name gives an address or an alias',
      },
    }),
  }),
  aws('AWS::CloudFront::Distribution', 'distribution CloudFront', 'CloudFront distribution', {
    domain: 'edge',
    global: true,
    compared: {
      aliases: anyOrder,
      enabled: asText,
      priceClass: asWritten,
      httpVersion: anyCase,
      minimumProtocolVersion: asWritten,
    },
    verify: listing('cloudfront list-distributions', 'DistributionList.Items', 'Id', [
      'Status',
      'DomainName',
    ]),
  }),
  aws('AWS::CertificateManager::Certificate', 'certificat ACM', 'ACM certificate', {
    domain: 'edge',
    compared: { validationMethod: anyCase, keyAlgorithm: anyCase },
    verify: (names, where) =>
      listing(
        'acm list-certificates',
        'CertificateSummaryList',
        names.every((name) => name.includes('.')) ? 'DomainName' : 'CertificateArn',
      )(names, where),
  }),
  aws('AWS::EC2::VPC', 'VPC', 'VPC', {
    domain: 'network',
    compared: { cidrBlock: asWritten },
    verify: ec2('describe-vpcs', 'Vpcs', 'VpcId', 'vpc-id', 'vpc-'),
  }),
  aws('AWS::EC2::Subnet', 'sous-réseau', 'subnet', {
    domain: 'network',
    compared: { cidrBlock: asWritten, availabilityZone: asWritten, mapPublicIpOnLaunch: asText },
    verify: ec2('describe-subnets', 'Subnets', 'SubnetId', 'subnet-id', 'subnet-'),
  }),
  aws('AWS::EC2::SecurityGroup', 'groupe de sécurité', 'security group', {
    domain: 'network',
    verify: ec2('describe-security-groups', 'SecurityGroups', 'GroupId', 'group-id', 'sg-', 'group-name'),
  }),
  aws('AWS::EC2::RouteTable', 'table de routage', 'route table', {
    domain: 'network',
    verify: ec2('describe-route-tables', 'RouteTables', 'RouteTableId', 'route-table-id', 'rtb-'),
  }),
  aws('AWS::EC2::NatGateway', 'passerelle NAT', 'NAT gateway', {
    domain: 'network',
    compared: { connectivityType: anyCase },
    verify: ec2('describe-nat-gateways', 'NatGateways', 'NatGatewayId', 'nat-gateway-id', 'nat-'),
  }),
  aws('AWS::EC2::InternetGateway', 'passerelle Internet', 'internet gateway', {
    domain: 'network',
    verify: ec2(
      'describe-internet-gateways',
      'InternetGateways',
      'InternetGatewayId',
      'internet-gateway-id',
      'igw-',
    ),
  }),
  aws('AWS::EC2::VPCEndpoint', 'point de terminaison de VPC', 'VPC endpoint', {
    domain: 'network',
    compared: { serviceName: asWritten, vpcEndpointType: anyCase },
    verify: ec2('describe-vpc-endpoints', 'VpcEndpoints', 'VpcEndpointId', 'vpc-endpoint-id', 'vpce-'),
  }),
  aws('AWS::EC2::Volume', 'volume EBS', 'EBS volume', {
    domain: 'data',
    compared: { encrypted: asText, volumeType: anyCase },
    verify: ec2('describe-volumes', 'Volumes', 'VolumeId', 'volume-id', 'vol-'),
  }),
  aws('AWS::EC2::NetworkAcl', 'liste de contrôle réseau', 'network ACL', {
    domain: 'network',
    verify: ec2('describe-network-acls', 'NetworkAcls', 'NetworkAclId', 'network-acl-id', 'acl-'),
  }),
  aws('AWS::EC2::EIP', 'adresse IP Elastic', 'Elastic IP address', {
    domain: 'network',
    verify: ec2('describe-addresses', 'Addresses', 'AllocationId', 'allocation-id', 'eipalloc-'),
  }),
  aws('AWS::ApiGateway::RestApi', 'API REST (API Gateway)', 'REST API (API Gateway)', {
    domain: 'edge',
    verify: listing('apigateway get-rest-apis', 'items', 'id', ['name']),
  }),
  aws('AWS::ApiGateway::DomainName', 'domaine personnalisé d’API Gateway', 'custom domain of API Gateway', {
    domain: 'edge',
    normalise: (name) => domainName(lastPart(name)),
    compared: { securityPolicy: asWritten },
    verify: listing('apigateway get-domain-names', 'items', 'domainName', ['domainNameStatus']),
  }),
  aws('AWS::ApiGatewayV2::DomainName', 'domaine personnalisé d’API Gateway', 'custom domain of API Gateway', {
    domain: 'edge',
    normalise: (name) => domainName(lastPart(name)),
    compared: { securityPolicy: asWritten },
    verify: listing('apigatewayv2 get-domain-names', 'Items', 'DomainName'),
  }),
  aws('AWS::ApiGatewayV2::Api', 'API HTTP (API Gateway)', 'HTTP API (API Gateway)', {
    domain: 'edge',
    compared: { protocolType: anyCase },
    verify: listing('apigatewayv2 get-apis', 'Items', 'ApiId', ['Name']),
  }),
  aws('AWS::WAFv2::WebACL', 'liste de contrôle WAF', 'WAF web ACL', {
    domain: 'edge',
    // the last part of its ARN is an id, the one before it the name
    normalise: (name) => (name.startsWith('arn:') ? (name.split('/').at(-2) ?? name) : name),
    compared: { scope: anyCase },
    verify: listing('wafv2 list-web-acls --scope REGIONAL', 'WebACLs', 'Name'),
  }),
  aws('AWS::ServiceDiscovery::Service', 'service Cloud Map', 'Cloud Map service', {
    domain: 'network',
    verify: listing('servicediscovery list-services', 'Services', 'Name'),
  }),
  aws('AWS::Cognito::UserPool', 'groupe d’utilisateurs Cognito', 'Cognito user pool', {
    domain: 'identity',
    compared: { mfaConfiguration: anyCase, deletionProtection: anyCase },
    verify: oneByOne(
      (name) => `aws cognito-idp describe-user-pool --user-pool-id ${name} --query UserPool.Name`,
    ),
  }),
];
