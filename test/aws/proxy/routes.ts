/**
 * What the path of a REST request asks for. The routes are those of the SDK's own clients: each exports a schema of
 * every operation, with the HTTP method and URI of the service's Smithy model
 * (https://smithy.io/2.0/spec/http-bindings.html).
 */

/** Services with a REST protocol by their signing name. One that is not listed has its operations named by path. */
const CLIENTS: Record<string, () => Promise<object>[]> = {
  account: () => [import('@aws-sdk/client-account')],
  amplify: () => [import('@aws-sdk/client-amplify')],
  apigateway: () => [import('@aws-sdk/client-api-gateway'), import('@aws-sdk/client-apigatewayv2')],
  bedrock: () => [import('@aws-sdk/client-bedrock')],
  cloudfront: () => [import('@aws-sdk/client-cloudfront')],
  eks: () => [import('@aws-sdk/client-eks')],
  elasticfilesystem: () => [import('@aws-sdk/client-efs')],
  es: () => [import('@aws-sdk/client-opensearch')],
  lambda: () => [import('@aws-sdk/client-lambda')],
  'resource-explorer-2': () => [import('@aws-sdk/client-resource-explorer-2')],
  route53: () => [import('@aws-sdk/client-route-53')],
  s3: () => [import('@aws-sdk/client-s3')],
  scheduler: () => [import('@aws-sdk/client-scheduler')],
};

interface Route {
  method: string;
  path: RegExp;
  /** What the query must hold; a key without a value only has to be there. */
  query: [key: string, value: string][];
  operation: string;
  /** Of two routes that fit, the one with more literal text is meant. */
  weight: number;
  inBucket: boolean;
}

/** Schemas of operations: [9, namespace, name, traits, input]; the input: [3, namespace, name, traits, members]. */
type Schema = [type: number, namespace: string, name: string, traits: unknown, input: () => [...unknown[]]];
const OPERATION = 9;

function routeOf([, , operation, traits, input]: Schema): Route[] {
  const [method, uri] = (traits as { http?: [string, string] }).http ?? [];
  if (!method || !uri) return [];
  const [template = '', literals = ''] = uri.split('?');
  const pattern = template
    .replace(/[.*^$()|[\]\\]/g, '\\$&')
    .replace(/\{[^}]+?(\+?)\}/g, (_, greedy) => (greedy ? '.+' : '[^/]+'));
  const query = [...new URLSearchParams(literals)];
  const members = input()[4];
  return [
    {
      method,
      path: new RegExp(`^${pattern}/?$`),
      query,
      operation,
      weight:
        template.replace(/\{[^}]+\}/g, '').length + 1000 * query.filter(([key]) => key !== 'x-id').length,
      inBucket: Array.isArray(members) && members.includes('Bucket'),
    },
  ];
}

const tables = new Map<string, Promise<Route[]>>();

async function load(service: string): Promise<Route[]> {
  const clients = await Promise.all(CLIENTS[service]?.() ?? []);
  return clients
    .flatMap((exported): unknown[] => Object.values(exported))
    .filter((value): value is Schema => Array.isArray(value) && value[0] === OPERATION)
    .flatMap(routeOf)
    .sort((a, b) => b.weight - a.weight);
}

/**
 * The operation of a request, else a description such as `GET /v2/apis/{}`. `path` has its query; for S3 it begins with
 * the bucket, which the routes leave to the host.
 */
export async function restOperation(service: string, method: string, path: string): Promise<string> {
  let table = tables.get(service);
  if (!table) {
    table = load(service);
    tables.set(service, table);
  }
  const [whole = '/', text = ''] = path.split('?');
  const query = new URLSearchParams(text);
  const [, bucket = '', key = '/'] =
    service === 's3' ? (/^\/([^/]*)(.*)$/.exec(whole) ?? []) : ['', '', whole];
  const found = (await table).find(
    (route) =>
      route.method === method &&
      route.path.test(key || '/') &&
      (service !== 's3' || route.inBucket === (bucket !== '')) &&
      // The SDK for JavaScript adds the operation's name as x-id where the path does not tell it; others do not.
      route.query.every(([name, value]) =>
        query.has(name) ? !value || query.get(name) === value : name === 'x-id',
      ),
  );
  return found?.operation ?? `${method} ${generic(whole)}`;
}

/** A path without what names one resource. */
const generic = (path: string): string =>
  path
    .split('/')
    .map((part, index) => (index > 2 || /\d{5}|[:%]/.test(part) ? '{}' : part))
    .join('/');
