import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  DescribeClustersCommand,
  type DescribeClustersCommandOutput,
  ECSClient,
  ListClustersCommand,
} from '@aws-sdk/client-ecs';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import {
  GetBucketEncryptionCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { cbor } from '@smithy/core/cbor';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, test } from 'vitest';
import { awsForTests } from './aws-for-tests.ts';
import { Recording } from './proxy/recording.ts';
import { type AwsProxy, type ProxyOptions, startProxy } from './proxy.ts';

const started: AwsProxy[] = [];
afterEach(async () => {
  for (const proxy of started.splice(0)) await proxy.stop();
});

/** A proxy without anything behind: what is not told is not recorded. */
async function alone(options: ProxyOptions = {}): Promise<AwsProxy> {
  const proxy = await startProxy(options);
  started.push(proxy);
  return proxy;
}

/** What a client waits for, in milliseconds. */
const PATIENCE = 5000;

const settings = ({ url }: { url: string }, region = 'eu-west-3', maxAttempts = 1, patience = PATIENCE) => ({
  endpoint: url,
  region,
  maxAttempts,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: new NodeHttpHandler({ requestTimeout: patience, throwOnRequestTimeout: true }),
});

/** Asks each service once, as the SDK does; a bucket and a zone are named. */
const ASK = {
  'ecs:ListClusters': (to: AwsProxy) => new ECSClient(settings(to)).send(new ListClustersCommand()),
  'sqs:ListQueues': (to: AwsProxy) => new SQSClient(settings(to)).send(new ListQueuesCommand()),
  'cloudwatch:DescribeAlarms': (to: AwsProxy) =>
    new CloudWatchClient(settings(to)).send(new DescribeAlarmsCommand()),
  'ec2:DescribeVpcs': (to: AwsProxy) => new EC2Client(settings(to)).send(new DescribeVpcsCommand()),
  'elasticloadbalancing:DescribeLoadBalancers': (to: AwsProxy) =>
    new ElasticLoadBalancingV2Client(settings(to)).send(new DescribeLoadBalancersCommand()),
  'sns:ListTopics': (to: AwsProxy) => new SNSClient(settings(to)).send(new ListTopicsCommand()),
  'apigateway:GetRestApis': (to: AwsProxy) =>
    new APIGatewayClient(settings(to)).send(new GetRestApisCommand()),
  'apigateway:GetApis': (to: AwsProxy) => new ApiGatewayV2Client(settings(to)).send(new GetApisCommand()),
  'eks:DescribeCluster': (to: AwsProxy) =>
    new EKSClient(settings(to)).send(new DescribeClusterCommand({ name: 'shop' })),
  'lambda:ListFunctions': (to: AwsProxy) => new LambdaClient(settings(to)).send(new ListFunctionsCommand()),
  's3:ListBuckets': (to: AwsProxy) => new S3Client(settings(to)).send(new ListBucketsCommand()),
  's3:GetBucketEncryption': (to: AwsProxy) =>
    new S3Client(settings(to)).send(new GetBucketEncryptionCommand({ Bucket: 'b' })),
  's3:ListObjectsV2': (to: AwsProxy) =>
    new S3Client(settings(to)).send(new ListObjectsV2Command({ Bucket: 'b' })),
  's3:HeadBucket': (to: AwsProxy) => new S3Client(settings(to)).send(new HeadBucketCommand({ Bucket: 'b' })),
  'route53:ListHostedZones': (to: AwsProxy) =>
    new Route53Client(settings(to)).send(new ListHostedZonesCommand()),
  'route53:ListResourceRecordSets': (to: AwsProxy) =>
    new Route53Client(settings(to)).send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z1' })),
  'cloudfront:ListDistributions': (to: AwsProxy) =>
    new CloudFrontClient(settings(to)).send(new ListDistributionsCommand()),
} satisfies Record<string, (to: AwsProxy) => Promise<unknown>>;
const operations = Object.entries(ASK);

/** The name of the error that a call ends with. */
const errorOf = (call: Promise<unknown>): Promise<{ name: string; status?: number; retryable?: boolean }> =>
  call.then(
    () => ({ name: 'none' }),
    (error) => ({
      name: error.name,
      status: error.$metadata?.httpStatusCode,
      ...(error.$retryable && { retryable: true }),
    }),
  );

describe('what is asked', () => {
  test.each(operations)('is known: %s', async (name, ask) => {
    const proxy = await alone();
    await errorOf(ask(proxy));
    expect(Object.keys(proxy.statistics.operations)).toEqual([name]);
    expect(Object.keys(proxy.statistics.places)).toEqual([
      // Given an endpoint, the SDK signs for the region of the client, also where a service is global.
      `${name.split(':')[0]}/eu-west-3`,
    ]);
  });

  test('is known in smithy’s protocol of CBOR, with its parameters', async () => {
    const proxy = await alone();
    proxy.when('cloudwatch:DescribeAlarms', { kind: 'answer', body: { MetricAlarms: [] } });
    const answer = await fetch(
      `${proxy.url}/service/GraniteServiceVersion20100801/operation/DescribeAlarms`,
      {
        method: 'POST',
        headers: {
          'smithy-protocol': 'rpc-v2-cbor',
          authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/monitoring/aws4_request',
        },
        body: new Uint8Array(cbor.serialize({ MaxRecords: 5 })),
      },
    );
    expect(cbor.deserialize(new Uint8Array(await answer.arrayBuffer()))).toEqual({ MetricAlarms: [] });
    expect(proxy.statistics.requests).toMatchObject([
      { name: 'cloudwatch:DescribeAlarms', region: 'eu-west-1', parameters: { MaxRecords: 5 } },
    ]);
  });

  test('is named by its path where the service is not known', async () => {
    const proxy = await alone();
    await fetch(`${proxy.url}/v2/apis/abc/stages`, {
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/greengrass/aws4_request',
      },
    });
    expect(Object.keys(proxy.statistics.operations)).toEqual(['greengrass:GET /v2/apis/{}/{}']);
  });
});

describe('a denied call', () => {
  test.each(operations)('is an error that the client knows: %s', async (name, ask) => {
    const proxy = await alone();
    proxy.when(name, { kind: 'deny' });
    const { name: error, status = 0 } = await errorOf(ask(proxy));
    // A HEAD has no body to say it in.
    const names = /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationErrorException)$/;
    expect(error).toMatch(name === 's3:HeadBucket' ? /^Unknown$/ : names);
    expect([400, 403]).toContain(status);
    expect(proxy.statistics.total).toMatchObject({ calls: 1, denied: 1, distinct: 0 });
  });
});

describe('a throttled call', () => {
  test.each(operations.filter(([name]) => name !== 's3:HeadBucket'))(
    'is asked again by the client: %s',
    async (name, ask) => {
      const proxy = await alone();
      proxy.when(name, { kind: 'throttle' });
      expect(await errorOf(ask(proxy))).toMatchObject({
        name: expect.stringMatching(
          /^(Throttling(Exception)?|RequestLimitExceeded|SlowDown|TooManyRequestsException)$/,
        ),
      });
      expect(proxy.statistics.total).toMatchObject({ calls: 1, throttled: 1 });
    },
  );

  test('says when to come back, and is over after so many times', async () => {
    const proxy = await alone();
    proxy.when('ecs:*', { kind: 'answer', body: { clusterArns: ['a'] } });
    proxy.when('ecs:ListClusters', { kind: 'throttle', retryAfter: 0 }, { times: 2 });
    const ecs = new ECSClient(settings(proxy, 'eu-west-3', 3));
    expect((await ecs.send(new ListClustersCommand())).clusterArns).toEqual(['a']);
    expect(proxy.statistics.operations['ecs:ListClusters']).toMatchObject({ calls: 3, throttled: 2 });
  });
});

describe('a fault', () => {
  test.each<[Parameters<AwsProxy['when']>[1], RegExp]>([
    [{ kind: 'status', status: 500 }, /^InternalFailure$/],
    [{ kind: 'status', status: 404, code: 'ClusterNotFoundException' }, /^ClusterNotFoundException$/],
    // The SDK names a connection that was reset so.
    [{ kind: 'reset' }, /^TimeoutError$/],
  ])('%j is what the client sees', async (fault, error) => {
    const proxy = await alone();
    proxy.when('ecs:ListClusters', fault);
    expect((await errorOf(ASK['ecs:ListClusters'](proxy))).name).toMatch(error);
    expect(proxy.statistics.total).toMatchObject({ calls: 1, faults: 1, distinct: 0 });
  });

  test('may be that nothing is answered until the client gives up', async () => {
    const proxy = await alone();
    proxy.when('ecs:*', { kind: 'timeout' });
    const ecs = new ECSClient(settings(proxy, 'eu-west-3', 1, 200));
    expect((await errorOf(ecs.send(new ListClustersCommand()))).name).toBe('TimeoutError');
    await expect.poll(() => proxy.statistics.total).toMatchObject({ calls: 1, faults: 1, distinct: 0 });
  });

  test('happens in the region that was told, and where the parameters fit', async () => {
    const proxy = await alone();
    proxy.when('ecs:*', { kind: 'answer', body: {} });
    proxy.when('ecs:*', { kind: 'deny' }, { region: 'eu-west-1' });
    proxy.when(
      'ecs:Describe*',
      { kind: 'deny' },
      { where: ({ parameters }) => String(parameters.clusters) === 'b' },
    );
    const describe = (region: string, cluster: string) =>
      errorOf(
        new ECSClient(settings(proxy, region)).send(new DescribeClustersCommand({ clusters: [cluster] })),
      );
    expect((await describe('eu-west-1', 'a')).name).toBe('AccessDeniedException');
    expect((await describe('eu-west-3', 'a')).name).toBe('none');
    expect((await describe('eu-west-3', 'b')).name).toBe('AccessDeniedException');
  });

  test('is forgotten when the proxy is cleared', async () => {
    const proxy = await alone();
    proxy.when('ecs:*', { kind: 'deny' });
    proxy.clear();
    expect((await errorOf(ASK['ecs:ListClusters'](proxy))).name).toBe('NotRecorded');
    expect(proxy.statistics.total).toMatchObject({ calls: 1, denied: 0, missing: 1 });
  });
});

describe('in front of moto', () => {
  const aws = awsForTests();

  async function cluster(name = 'shop'): Promise<ECSClient> {
    await new ECSClient(settings({ url: aws.moto })).send(new CreateClusterCommand({ clusterName: name }));
    return new ECSClient(settings(aws));
  }

  test.each(operations)('%s is answered', async (name, ask) => {
    const { name: error } = await errorOf(ask(aws.proxy));
    expect(error).toMatch(
      /Bucket|Objects|ResourceRecord|eks/.test(name)
        ? /^(none|NoSuchBucket|(ResourceNot|Not)Found(Exception)?|NoSuchHostedZone)$/
        : /^none$/,
    );
  });

  test('truncate and garble cut what is there in half', async () => {
    const ecs = await cluster();
    for (const kind of ['truncate', 'garble'] as const) {
      aws.proxy.when('ecs:ListClusters', { kind }, { times: 1 });
      expect((await errorOf(ecs.send(new ListClustersCommand()))).name, kind).not.toBe('none');
    }
    expect((await ecs.send(new ListClustersCommand())).clusterArns).toHaveLength(1);
  });

  test('patch changes what is there', async () => {
    const ecs = await cluster();
    aws.proxy.when('ecs:DescribeClusters', {
      kind: 'patch',
      patch: ({ clusters }: DescribeClustersCommandOutput) => {
        for (const one of clusters ?? []) one.runningTasksCount = 7;
      },
    });
    const { clusters } = await ecs.send(new DescribeClustersCommand({ clusters: ['shop'] }));
    expect(clusters).toMatchObject([{ clusterName: 'shop', runningTasksCount: 7 }]);
  });

  test('patch changes XML as text', async () => {
    aws.proxy.when('ec2:DescribeVpcs', {
      kind: 'patch',
      patch: (text: string) => text.replaceAll('172.31.0.0/16', '10.9.0.0/16'),
    });
    const { Vpcs } = await ASK['ec2:DescribeVpcs'](aws.proxy);
    expect(Vpcs?.map((one) => one.CidrBlock)).toEqual(['10.9.0.0/16']);
  });

  test('cut-page gives the first page, and an error for the second', async () => {
    const filler = new DynamoDBClient(settings({ url: aws.moto }));
    for (const TableName of ['orders', 'stock'])
      await filler.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        }),
      );
    aws.proxy.when('dynamodb:ListTables', { kind: 'cut-page' });
    const client = new DynamoDBClient(settings(aws));
    const first = await client.send(new ListTablesCommand({ Limit: 1 }));
    expect(first).toMatchObject({ TableNames: ['orders'], LastEvaluatedTableName: 'orders' });
    const second = client.send(new ListTablesCommand({ Limit: 1, ExclusiveStartTableName: 'orders' }));
    expect((await errorOf(second)).status).toBe(500);
  });

  test.each<[keyof typeof ASK, string]>([
    ['ecs:ListClusters', 'nextToken'],
    ['ec2:DescribeVpcs', 'nextToken'],
    ['elasticloadbalancing:DescribeLoadBalancers', 'NextMarker'],
    ['cloudfront:ListDistributions', 'NextMarker'],
    ['lambda:ListFunctions', 'NextMarker'],
  ])('cut-page makes a token where there is one page only: %s', async (name, token) => {
    aws.proxy.when(name, { kind: 'cut-page', token });
    expect(JSON.stringify(await ASK[name](aws.proxy))).toMatch(/"(nextToken|NextToken|NextMarker)":"more"/);
  });

  test('what moto does not do is an error that is not asked for again', async () => {
    const answer = await fetch(`${aws.url}/`, {
      method: 'POST',
      headers: {
        'x-amz-target': 'CertificateManager.NoSuchThing',
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/acm/aws4_request',
      },
      body: '{}',
    });
    expect(answer.status).toBe(400);
    expect(aws.proxy.statistics.operations['acm:NoSuchThing']).toMatchObject({ calls: 1, unsupported: 1 });
  });

  test('what is recorded is answered without moto', async () => {
    const recording = new Recording();
    const recorder = await alone({ upstream: aws.moto, recording });
    for (const [, ask] of operations) await errorOf(ask(recorder));
    expect(recording.size).toBe(operations.length);
    const replay = await alone({ recording });
    for (const [name, ask] of operations)
      expect(await errorOf(ask(replay)), name).toEqual(await errorOf(ask(aws.proxy)));
    expect(replay.statistics.total).toMatchObject({
      calls: operations.length,
      distinct: operations.length,
      missing: 0,
    });
  });
});

describe('what is counted', () => {
  const clusters = (proxy: AwsProxy, region: string) =>
    new ECSClient(settings(proxy, region)).send(new ListClustersCommand());

  test('tells what was asked twice, and what was asked at once', async () => {
    const recording = new Recording();
    const body = Buffer.from('{"clusterArns":[]}');
    for (const region of ['eu-west-1', 'eu-west-3'])
      recording.set(`ecs:ListClusters ${region} json POST / {} `, { status: 200, headers: {}, body });
    const proxy = await alone({ recording, latency: { mean: 50 } });
    await Promise.all(['eu-west-1', 'eu-west-3', 'eu-west-3'].map((region) => clusters(proxy, region)));
    await clusters(proxy, 'eu-west-3');
    expect(proxy.statistics.total).toMatchObject({
      calls: 4,
      distinct: 2,
      duplicates: 2,
      missing: 0,
      peak: 3,
    });
    expect(proxy.statistics.places).toEqual({
      'ecs/eu-west-1': { calls: 1, peak: 1 },
      'ecs/eu-west-3': { calls: 3, peak: 2 },
    });
  });

  test('tells what a limit refused', async () => {
    const proxy = await alone({ limits: { ecs: { rate: 0.001, burst: 2 }, '*': { rate: 1000 } } });
    for (const region of ['eu-west-1', 'eu-west-1', 'eu-west-1', 'eu-west-3'])
      await errorOf(clusters(proxy, region));
    await errorOf(ASK['sqs:ListQueues'](proxy));
    expect(proxy.statistics.total).toMatchObject({ calls: 5, throttled: 1 });
  });
});
