/** A list that grows with the account, and how its pages are asked for. */
export interface GrowingList {
  /** The member that holds its items. */
  items: string;
  /** The parameter of a page's token, and the member that gives the next; the same name for both where one is given. */
  token: readonly [parameter: string, member?: string];
  /** The parameter of the size of a page, or the size where the service knows only one. */
  size: string | number;
  /** A member that says whether there is a next page. */
  truncated?: string;
}

const EC2 = { token: ['NextToken', 'nextToken'], size: 'MaxResults' } as const;
const ELB = { token: ['Marker', 'NextMarker'], size: 'PageSize' } as const;
const ECS = { token: ['nextToken'], size: 'maxResults' } as const;

/** The lists of the account, as the SDK's own models of each service have them. */
export const LISTS: Readonly<Record<string, GrowingList>> = {
  'acm:ListCertificates': { items: 'CertificateSummaryList', token: ['NextToken'], size: 'MaxItems' },
  'cloudfront:ListDistributions': {
    items: 'Items',
    token: ['Marker', 'NextMarker'],
    size: 'MaxItems',
    truncated: 'IsTruncated',
  },
  'cloudwatch:DescribeAlarms': { items: 'MetricAlarms', token: ['NextToken'], size: 'MaxRecords' },
  'dynamodb:ListTables': {
    items: 'TableNames',
    token: ['ExclusiveStartTableName', 'LastEvaluatedTableName'],
    size: 'Limit',
  },
  'ec2:DescribeNetworkAcls': { items: 'networkAclSet', ...EC2 },
  'ec2:DescribeRouteTables': { items: 'routeTableSet', ...EC2 },
  'ec2:DescribeSecurityGroups': { items: 'securityGroupInfo', ...EC2 },
  'ec2:DescribeSubnets': { items: 'subnetSet', ...EC2 },
  'ec2:DescribeVpcs': { items: 'vpcSet', ...EC2 },
  'ecr:DescribeRepositories': { items: 'repositories', ...ECS },
  'ecs:ListClusters': { items: 'clusterArns', ...ECS },
  'ecs:ListTaskDefinitionFamilies': { items: 'families', ...ECS },
  'elasticache:DescribeCacheClusters': { items: 'CacheClusters', token: ['Marker'], size: 'MaxRecords' },
  'elasticloadbalancing:DescribeLoadBalancers': { items: 'LoadBalancers', ...ELB },
  'elasticloadbalancing:DescribeTargetGroups': { items: 'TargetGroups', ...ELB },
  'iam:GetAccountAuthorizationDetails': {
    items: 'RoleDetailList',
    token: ['Marker'],
    size: 'MaxItems',
    truncated: 'IsTruncated',
  },
  'lambda:ListFunctions': { items: 'Functions', token: ['Marker', 'NextMarker'], size: 'MaxItems' },
  'logs:DescribeLogGroups': { items: 'logGroups', token: ['nextToken'], size: 'limit' },
  'rds:DescribeDBInstances': { items: 'DBInstances', token: ['Marker'], size: 'MaxRecords' },
  'route53:ListHostedZones': {
    items: 'HostedZones',
    token: ['marker', 'NextMarker'],
    size: 'maxitems',
    truncated: 'IsTruncated',
  },
  's3:ListBuckets': {
    items: 'Buckets',
    token: ['continuation-token', 'ContinuationToken'],
    size: 'max-buckets',
  },
  'secretsmanager:ListSecrets': { items: 'SecretList', token: ['NextToken'], size: 'MaxResults' },
  'sns:ListTopics': { items: 'Topics', token: ['NextToken'], size: 100 },
  'sqs:ListQueues': { items: 'QueueUrls', token: ['NextToken'], size: 'MaxResults' },
  'tag:GetResources': {
    items: 'ResourceTagMappingList',
    token: ['PaginationToken'],
    size: 'ResourcesPerPage',
  },
};

/** Reads of several things at once, which may be of several copies. */
export const BATCHES: Readonly<Record<string, { asked: string; items: string; by: string }>> = {
  'ecs:DescribeClusters': { asked: 'clusters', items: 'clusters', by: 'clusterArn' },
};
