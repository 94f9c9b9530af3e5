/** What one answer holds, as far as the plan reads it. */
type Answer = Record<string, unknown>;
type Parameters = Record<string, unknown>;
/** One call: service, region, operation, parameters. */
export type Send = (
  service: string,
  region: string,
  operation: string,
  parameters: Parameters,
) => Promise<Answer>;

const list = (value: unknown): unknown[] =>
  value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];
const batches = <T>(items: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, i) => items.slice(i * most, i * most + most));
/** The items of a list in XML (`member`, `item`, or the element's own name) or in JSON. */
const items = (answer: Answer, name: string, item?: string): Answer[] => {
  const held = answer[name] as Answer | undefined;
  return list(held?.member ?? held?.item ?? (item ? held?.[item] : undefined)) as Answer[];
};
const texts = (value: unknown): string[] => list(value).map(String);

/**
 * The least calls that tell everything of the synthetic account: lists with the largest pages, details in batches where
 * there are batches, one call for each where there are none. Gives how many resources were seen.
 */
export async function leastCalls(send: Send, region: string): Promise<number> {
  let seen = 0;
  const keep = <T>(found: T[]): T[] => {
    seen += found.length;
    return found;
  };
  const work: Promise<unknown>[] = [];
  const pages = async (
    service: string,
    operation: string,
    parameters: Parameters,
    token: { in: string; out(answer: Answer): unknown },
    each: (answer: Answer) => unknown,
  ): Promise<void> => {
    const jobs: unknown[] = [];
    let next: unknown;
    do {
      const answer = await send(
        service,
        region,
        operation,
        next ? { ...parameters, [token.in]: next } : parameters,
      );
      jobs.push(each(answer));
      next = token.out(answer);
    } while (next);
    await Promise.all(jobs);
  };
  const one = (...call: [service: string, operation: string, parameters: Parameters]) =>
    send(call[0], region, call[1], call[2]);
  const by = (name: string, out = name) => ({ in: name, out: (answer: Answer) => answer[out] });
  const all = <T>(found: T[], look: (item: T) => Promise<unknown>) => Promise.all(found.map(look));
  const start = (...call: Parameters2) => work.push(pages(...call));
  type Parameters2 = globalThis.Parameters<typeof pages>;

  const next = by('NextToken', 'nextToken');
  start('ec2', 'DescribeVpcs', { MaxResults: 1000 }, next, (a) => keep(items(a, 'vpcSet')));
  start('ec2', 'DescribeSubnets', { MaxResults: 1000 }, next, (a) => keep(items(a, 'subnetSet')));
  start('ec2', 'DescribeSecurityGroups', { MaxResults: 1000 }, next, (a) =>
    keep(items(a, 'securityGroupInfo')),
  );
  start('elasticloadbalancing', 'DescribeLoadBalancers', { PageSize: 400 }, by('Marker', 'NextMarker'), (a) =>
    all(keep(items(a, 'LoadBalancers')), ({ LoadBalancerArn }) =>
      pages(
        'elasticloadbalancing',
        'DescribeListeners',
        { LoadBalancerArn, PageSize: 400 },
        by('Marker', 'NextMarker'),
        (b) => keep(items(b, 'Listeners')),
      ),
    ),
  );
  start('elasticloadbalancing', 'DescribeTargetGroups', { PageSize: 400 }, by('Marker', 'NextMarker'), (a) =>
    all(keep(items(a, 'TargetGroups')), ({ TargetGroupArn }) =>
      one('elasticloadbalancing', 'DescribeTargetHealth', { TargetGroupArn }),
    ),
  );
  const described = new Set<string>();
  start('ecs', 'ListClusters', { maxResults: 100 }, by('nextToken'), (a) => {
    const clusters = texts(a.clusterArns);
    return Promise.all([
      ...batches(clusters, 100).map(async (batch) =>
        keep(
          list(
            (await one('ecs', 'DescribeClusters', { clusters: batch, include: ['TAGS', 'SETTINGS'] }))
              .clusters,
          ),
        ),
      ),
      ...clusters.map((cluster) =>
        pages('ecs', 'ListServices', { cluster, maxResults: 100 }, by('nextToken'), (b) =>
          all(batches(texts(b.serviceArns), 10), async (services) => {
            const answer = await one('ecs', 'DescribeServices', { cluster, services, include: ['TAGS'] });
            await all(keep(list(answer.services) as Answer[]), async ({ taskDefinition }) => {
              if (described.has(String(taskDefinition))) return;
              described.add(String(taskDefinition));
              keep([await one('ecs', 'DescribeTaskDefinition', { taskDefinition })]);
            });
          }),
        ),
      ),
    ]);
  });
  start('ecr', 'DescribeRepositories', { maxResults: 1000 }, by('nextToken'), (a) =>
    keep(list(a.repositories)),
  );
  start('lambda', 'ListFunctions', { MaxItems: 50 }, by('Marker', 'NextMarker'), (a) =>
    keep(list(a.Functions)),
  );
  start('sqs', 'ListQueues', { MaxResults: 1000 }, by('NextToken'), (a) =>
    all(keep(texts(a.QueueUrls)), (QueueUrl) =>
      one('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }),
    ),
  );
  start('sns', 'ListTopics', {}, by('NextToken'), (a) =>
    all(keep(items(a, 'Topics')), ({ TopicArn }) => one('sns', 'GetTopicAttributes', { TopicArn })),
  );
  start(
    'dynamodb',
    'ListTables',
    { Limit: 100 },
    by('ExclusiveStartTableName', 'LastEvaluatedTableName'),
    (a) => all(keep(texts(a.TableNames)), (TableName) => one('dynamodb', 'DescribeTable', { TableName })),
  );
  start('rds', 'DescribeDBInstances', { MaxRecords: 100 }, by('Marker'), (a) =>
    keep(items(a, 'DBInstances', 'DBInstance')),
  );
  start(
    'elasticache',
    'DescribeCacheClusters',
    { MaxRecords: 100, ShowCacheNodeInfo: true },
    by('Marker'),
    (a) => keep(items(a, 'CacheClusters', 'CacheCluster')),
  );
  start('logs', 'DescribeLogGroups', { limit: 50 }, by('nextToken'), (a) => keep(list(a.logGroups)));
  start('monitoring', 'DescribeAlarms', { MaxRecords: 100 }, by('NextToken'), (a) =>
    keep(items(a, 'MetricAlarms')),
  );
  start('acm', 'ListCertificates', { MaxItems: 1000 }, by('NextToken'), (a) =>
    all(keep(list(a.CertificateSummaryList) as Answer[]), ({ CertificateArn }) =>
      one('acm', 'DescribeCertificate', { CertificateArn }),
    ),
  );
  start('secretsmanager', 'ListSecrets', { MaxResults: 100 }, by('NextToken'), (a) =>
    keep(list(a.SecretList)),
  );
  work.push(
    one('s3', 'ListBuckets', {}).then((a) =>
      all(keep(items(a, 'Buckets', 'Bucket')), async ({ Name }) =>
        Promise.all(
          ['GetBucketEncryption', 'GetPublicAccessBlock', 'GetBucketVersioning', 'GetBucketPolicyStatus'].map(
            (operation) => one('s3', operation, { Bucket: Name }).catch(() => undefined),
          ),
        ),
      ),
    ),
  );
  start('route53', 'ListHostedZones', { MaxItems: 100 }, by('Marker', 'NextMarker'), (a) =>
    all(keep(items(a, 'HostedZones', 'HostedZone')), async ({ Id }) => {
      const answer = await one('route53', 'ListResourceRecordSets', {
        HostedZoneId: String(Id).replace('/hostedzone/', ''),
        MaxItems: 300,
      });
      keep(items(answer, 'ResourceRecordSets', 'ResourceRecordSet'));
    }),
  );
  start(
    'cloudfront',
    'ListDistributions',
    { MaxItems: 100 },
    { in: 'Marker', out: (a) => (a.IsTruncated === 'true' ? a.NextMarker : undefined) },
    (a) => keep(items(a, 'Items', 'DistributionSummary')),
  );
  start(
    'iam',
    'GetAccountAuthorizationDetails',
    { Filter: ['Role'], MaxItems: 1000 },
    { in: 'Marker', out: (a) => (a.IsTruncated === 'true' ? a.Marker : undefined) },
    (a) => keep(items(a, 'RoleDetailList')),
  );
  await Promise.all(work);
  return seen;
}
