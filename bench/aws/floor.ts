// The floor under the audit of an account, in a process of its own: the least calls, on bare node:http with a signature
// and a reader of XML that know no more than they need. usage: floor.ts REGION (AWS_ENDPOINT_URL says where)
import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import { leastCalls } from './plan.ts';

const endpoint = new URL(process.env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:5000');
const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
const KEY = process.env.AWS_ACCESS_KEY_ID ?? '';
const SECRET = process.env.AWS_SECRET_ACCESS_KEY ?? '';

type Protocol = 'query' | 'json' | 'rest';
/** How each service is spoken to: protocol, and version or target. */
const SERVICES: Record<string, readonly [protocol: Protocol, version?: string]> = {
  ec2: ['query', '2016-11-15'],
  elasticloadbalancing: ['query', '2015-12-01'],
  rds: ['query', '2014-10-31'],
  elasticache: ['query', '2015-02-02'],
  monitoring: ['query', '2010-08-01'],
  iam: ['query', '2010-05-08'],
  sns: ['query', '2010-03-31'],
  ecs: ['json', 'AmazonEC2ContainerServiceV20141113'],
  ecr: ['json', 'AmazonEC2ContainerRegistry_V20150921'],
  sqs: ['json', 'AmazonSQS'],
  dynamodb: ['json', 'DynamoDB_20120810'],
  logs: ['json', 'Logs_20140328'],
  acm: ['json', 'CertificateManager'],
  secretsmanager: ['json', 'secretsmanager'],
  lambda: ['rest'],
  s3: ['rest'],
  route53: ['rest'],
  cloudfront: ['rest'],
};
type Given = Record<string, unknown>;
const REST: Record<string, (given: Given) => [path: string, query: Given]> = {
  ListFunctions: (given) => ['/2015-03-31/functions', given],
  ListBuckets: () => ['/', {}],
  GetBucketEncryption: ({ Bucket }) => [`/${Bucket}`, { encryption: '' }],
  GetPublicAccessBlock: ({ Bucket }) => [`/${Bucket}`, { publicAccessBlock: '' }],
  GetBucketVersioning: ({ Bucket }) => [`/${Bucket}`, { versioning: '' }],
  GetBucketPolicyStatus: ({ Bucket }) => [`/${Bucket}`, { policyStatus: '' }],
  ListHostedZones: ({ MaxItems, Marker }) => [
    '/2013-04-01/hostedzone',
    { maxitems: MaxItems, ...(Marker ? { marker: Marker } : {}) },
  ],
  ListResourceRecordSets: ({ HostedZoneId, MaxItems }) => [
    `/2013-04-01/hostedzone/${HostedZoneId}/rrset`,
    { maxitems: MaxItems },
  ],
  ListDistributions: (given) => ['/2020-05-31/distribution', given],
};

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
const keys = new Map<string, Buffer>();
function signingKey(day: string, region: string, service: string): Buffer {
  const id = `${day}${region}${service}`;
  const known = keys.get(id) ?? hmac(hmac(hmac(hmac(`AWS4${SECRET}`, day), region), service), 'aws4_request');
  keys.set(id, known);
  return known;
}
const encode = (value: unknown) =>
  encodeURIComponent(String(value)).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function requestOf(service: string, operation: string, given: Given) {
  const [protocol, version = ''] = SERVICES[service] ?? ['rest'];
  if (protocol === 'query') {
    const fields: Given = { Action: operation, Version: version };
    for (const [key, value] of Object.entries(given))
      if (Array.isArray(value))
        for (const [i, one] of value.entries()) fields[`${key}.member.${i + 1}`] = one;
      else fields[key] = value;
    const body = Object.entries(fields)
      .map(([key, value]) => `${key}=${encode(value)}`)
      .join('&');
    return {
      method: 'POST',
      path: '/',
      query: '',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    };
  }
  if (protocol === 'json')
    return {
      method: 'POST',
      path: '/',
      query: '',
      body: JSON.stringify(given),
      headers: {
        'content-type': `application/x-amz-json-${service === 'sqs' || service === 'dynamodb' ? '1.0' : '1.1'}`,
        'x-amz-target': `${version}.${operation}`,
      },
    };
  const [path, query] = REST[operation]?.(given) ?? ['/', {}];
  const text = Object.entries(query)
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .sort()
    .join('&');
  return { method: 'GET', path, query: text, body: '', headers: {} };
}

function send(service: string, region: string, operation: string, given: Given): Promise<Given> {
  const { method, path, query, body, headers: own } = requestOf(service, operation, given);
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const headers: Record<string, string> = {
    host: endpoint.host,
    'x-amz-date': date,
    'x-amz-content-sha256': sha(body),
    ...own,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    path,
    query,
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const signature = hmac(
    signingKey(day, region, service),
    `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha(canonical)}`,
  ).toString('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${KEY}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: endpoint.hostname,
        port: endpoint.port,
        method,
        path: path + (query ? `?${query}` : ''),
        headers,
        agent,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if ((response.statusCode ?? 500) >= 400)
            reject(new Error(`${service}:${operation} ${response.statusCode}`));
          else if (/^\s*[{[]/.test(text)) resolve(JSON.parse(text) as Given);
          else {
            const [root = {}] = Object.values(xml(text)) as Given[];
            resolve((root[`${operation}Result`] as Given | undefined) ?? root);
          }
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Elements as objects; attributes are dropped, repeated names become lists. */
function xml(text: string): Given {
  const root: Given = {};
  const stack: Given[] = [root];
  const put = (parent: Given, name: string, value: unknown) => {
    const known = parent[name];
    if (known === undefined) parent[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else parent[name] = [known, value];
  };
  const pattern = /<(\/?)([\w:.-]+)([^>]*?)(\/?)>([^<]*)/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, close, name = '', , empty, content = ''] = match;
    const parent = stack.at(-1) ?? root;
    if (close) stack.pop();
    else if (empty) put(parent, name, '');
    else if (text.startsWith(`</${name}>`, pattern.lastIndex)) {
      put(
        parent,
        name,
        content.replace(
          /&(lt|gt|quot|apos|amp);/g,
          (_, entity: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[entity] ?? '',
        ),
      );
      pattern.lastIndex += name.length + 3;
    } else {
      const node: Given = {};
      put(parent, name, node);
      stack.push(node);
    }
  }
  return root;
}

const seen = await leastCalls(send, process.argv[2] ?? 'us-east-1');
agent.destroy();
process.stdout.write(`${seen}\n`);
