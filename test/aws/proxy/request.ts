import type { IncomingMessage } from 'node:http';
import { cbor } from '@smithy/core/cbor';
import { restOperation } from './routes.ts';

/** How a service is spoken to: https://smithy.io/2.0/aws/protocols/ */
export type Protocol = 'json' | 'query' | 'ec2' | 'rest-json' | 'rest-xml' | 'cbor';

/** A request as AWS understands it. */
export interface AwsRequest {
  /** The service by its prefix in IAM actions: `ecs`, `elasticloadbalancing`, `cloudwatch`. */
  service: string;
  /** As signed; `us-east-1` for what is global, `-` where nothing is signed. */
  region: string;
  operation: string;
  /** `service:Operation`. */
  name: string;
  protocol: Protocol;
  method: string;
  /** With its query; S3's begins with the bucket, wherever the client put that. */
  path: string;
  /** The decoded body, and what the query of the path says; values of query protocols are strings. */
  parameters: Record<string, unknown>;
  body: Buffer;
}

/** Where the credential scope names a service otherwise than IAM actions do. */
const PREFIXES: Record<string, string> = { monitoring: 'cloudwatch', tagging: 'tag', email: 'ses' };
const REST_XML = new Set(['s3', 'route53', 'cloudfront']);

/** The scope of the signature: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
const SIGNED =
  /Credential=[^/]+\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request|X-Amz-Credential=[^%&]+%2F\d{8}%2F(?<region>[^%]+)%2F(?<service>[^%]+)%2F/;

/** A bucket in front of the host: `name.s3.eu-west-3.amazonaws.com`, `name.localhost`. */
const BUCKET_HOST = /^(.+?)\.(?:s3[.-][^:]*|localhost|127\.0\.0\.1)(?::\d+)?$/;

function pathOf({ url = '/', headers: { host = '' } }: IncomingMessage, service: string): string {
  // A proxy is asked for the whole address.
  const path = url.replace(/^https?:\/\/[^/]+/, '');
  const [, bucket] = service === 's3' ? (BUCKET_HOST.exec(host) ?? []) : [];
  // The account stands in front of the host of S3's control plane.
  return bucket && !/^\d{12}$/.test(bucket) ? `/${bucket}${path}` : path;
}

/** Says what a request is, from its headers and its body. */
export async function identify(message: IncomingMessage, body: Buffer): Promise<AwsRequest> {
  const { headers, method = 'GET' } = message;
  const scope = SIGNED.exec(`${headers.authorization ?? ''} ${message.url}`)?.groups;
  const signed = scope?.service ?? 'unsigned';
  const service = PREFIXES[signed] ?? signed;
  const path = pathOf(message, signed);
  const [, text = ''] = path.split('?');
  const parameters = Object.fromEntries(new URLSearchParams(text));
  const made = (protocol: Protocol, operation: string, decoded: unknown = {}): AwsRequest => ({
    service,
    region: scope?.region ?? '-',
    operation,
    name: `${service}:${operation}`,
    protocol,
    method,
    path,
    parameters: { ...parameters, ...(decoded as object) },
    body,
  });
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const operation = /\/operation\/([^/?]+)/.exec(path)?.[1] ?? '?';
    return made('cbor', operation, body.length > 0 ? cbor.deserialize(body) : {});
  }
  const target = headers['x-amz-target'];
  if (target) return made('json', String(target).split('.').at(-1) ?? '?', json(body));
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') && body.length > 0) {
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    return made(service === 'ec2' ? 'ec2' : 'query', form.Action ?? '?', form);
  }
  const operation = await restOperation(signed, method, path);
  return REST_XML.has(signed) ? made('rest-xml', operation) : made('rest-json', operation, json(body));
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return {};
  }
}

/** What differs between two runs that ask for the same. */
const VOLATILE = new Set([
  'action',
  'version',
  'starttime',
  'endtime',
  'starttimestamp',
  'endtimestamp',
  'startdate',
  'enddate',
  'clienttoken',
  'clientrequesttoken',
  'idempotencytoken',
  'rolesessionname',
  'x-id',
]);
const isVolatile = (key: string): boolean => {
  const name = key.slice(key.lastIndexOf('.') + 1).toLowerCase();
  return VOLATILE.has(name) || (name.startsWith('x-amz-') && name !== 'x-amz-target');
};

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isVolatile(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, canonical(one)]),
  );
}

/** What two requests have in common that must have the same answer: all but times, signatures and tokens of retries. */
export function keyOf({ name, region, protocol, method, path, parameters, body }: AwsRequest): string {
  // The body of REST XML is not decoded; nothing that only reads has one.
  const rest = protocol === 'rest-xml' ? body.toString() : '';
  return [
    name,
    region,
    protocol,
    method,
    path.split('?')[0],
    JSON.stringify(canonical(parameters)),
    rest,
  ].join(' ');
}
