import type { Edge, Properties, Template, TemplateResource } from '../cloudformation/template.ts';
import { list, mapping, scalar } from '../untyped.ts';
import { eventsOf } from './events.ts';
import type { Places } from './places.ts';
import type { Variables } from './variables.ts';

/** A service of the Serverless Framework as one stage deploys it. */
export interface Service {
  name: string;
  stackName: string;
  /** The place of the key that names the service. */
  place: number;
  region?: string;
  /** What it deploys, as a template of CloudFormation. */
  template: Template;
}

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const MOST_FUNCTIONS = 500;

/** A text that the framework makes of others, so that it is no literal one. */
export const made = (text: string): unknown => ({ 'Fn::Join': ['', [text]] });

/** The logical id that the framework makes of a function's key. Serverless documentation, “AWS resources”. */
export const logicalId = (key: string): string => {
  const clean = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return `${clean.charAt(0).toUpperCase()}${clean.slice(1)}`;
};

/** Everything the builder of a service's template needs to know of it. */
export interface Context {
  name: string;
  stage: string;
  provider: ReadonlyMap<string, unknown>;
  places: Places;
}

/** A mapping, or several in a list that are one. */
function entriesOf(value: unknown): { key: string; value: unknown; holder: unknown }[] {
  const holders = Array.isArray(value) ? list(value) : [value];
  return holders.flatMap((holder) =>
    [...mapping(holder)].map(([key, inner]) => ({ key, value: inner, holder })),
  );
}

/**
 * What a service deploys in one stage: its functions with their log groups, what their events name, the role that all of
 * them share, and its own resources. Undefined for another provider than AWS.
 */
export function serviceOf(
  path: string,
  self: unknown,
  stage: string,
  variables: Variables,
  places: Places,
): Service | undefined {
  const top = mapping(self);
  const given = variables.value(top.get('provider'));
  const provider = typeof given === 'string' ? new Map([['name', given]]) : mapping(given);
  const named = variables.value(top.get('service'));
  const name = scalar(named) ?? scalar(mapping(named).get('name'));
  if (scalar(provider.get('name')) !== 'aws' || name === undefined) return undefined;
  const context: Context = { name, stage, provider, places };
  const resources = new Map<string, TemplateResource>();
  const edges: Edge[] = [];
  const add = (resource: TemplateResource) => {
    if (!resources.has(resource.id)) resources.set(resource.id, resource);
  };
  const written = variables.value(top.get('functions'));
  for (const { key, value, holder } of entriesOf(written).slice(0, MOST_FUNCTIONS)) {
    const fields = mapping(value);
    const place = places.lineOf(holder, key, 1);
    const own = functionOf(key, value, place, context);
    add(own);
    const group = logGroupOf(key, own, fields, context);
    if (group) {
      add(group);
      edges.push({ from: own.id, type: 'logs-to', to: group.id });
    }
    const events = eventsOf(own.id, fields.get('events'), place, context);
    for (const resource of events.resources) add(resource);
    edges.push(...events.edges);
  }
  const { line, role } = roleOf(top, context);
  if (role && [...resources.values()].some(({ properties }) => properties.Role === undefined))
    add({ id: 'IamRoleLambdaExecution', type: 'AWS::IAM::Role', properties: { RoleName: role }, line });
  if (hasOwnBucket(top, provider))
    add({ id: 'ServerlessDeploymentBucket', type: 'AWS::S3::Bucket', properties: {}, line: 1 });
  const conditions = new Map<string, unknown>();
  const mappings = new Map<string, unknown>();
  for (const part of [variables.value(top.get('resources'))].flat()) {
    for (const [id, condition] of mapping(mapping(part).get('Conditions'))) conditions.set(id, condition);
    for (const [id, map] of mapping(mapping(part).get('Mappings'))) mappings.set(id, map);
    const held = mapping(part).get('Resources');
    for (const { key, value, holder } of entriesOf(held)) {
      const own = declaredBy(key, value, places.lineOf(holder, key, 1));
      // what the service writes itself goes before what the framework makes under the same id
      if (own) resources.set(key, own);
    }
  }
  const region = scalar(provider.get('region')) ?? '';
  const stack = scalar(provider.get('stackName'));
  return {
    name,
    stackName: stack ?? `${name}-${stage}`,
    place: places.lineOf(self, 'service', 1),
    ...(REGION.test(region) && { region }),
    template: {
      path,
      parameters: new Map(),
      mappings,
      conditions,
      resources,
      edges,
      lineOf: (holder, key, otherwise) => places.lineOf(holder, key, otherwise),
      isComputed: (holder, key) => places.isComputed(holder, key),
    },
  };
}

/**
 * Whether the framework keeps what it deploys in a bucket of the service's own stack. Serverless Framework
 * documentation, “Deployment Bucket”: version 4 has one bucket for all services.
 */
function hasOwnBucket(top: ReadonlyMap<string, unknown>, provider: ReadonlyMap<string, unknown>): boolean {
  const given = provider.get('deploymentBucket');
  const isNamed = (scalar(given) ?? scalar(mapping(given).get('name'))) !== undefined;
  return !isNamed && /^\D{0,3}[1-3]\b/.test(scalar(top.get('frameworkVersion')) ?? '');
}

function declaredBy(id: string, value: unknown, line: number): TemplateResource | undefined {
  const fields = mapping(value);
  const type = fields.get('Type');
  const condition = fields.get('Condition');
  const properties = fields.get('Properties');
  if (typeof type !== 'string') return undefined;
  return {
    id,
    type,
    properties: isObject(properties) ? properties : {},
    ...(typeof condition === 'string' && { condition }),
    line,
  };
}

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A property of the function, else the one of `provider` that all functions share. */
function functionOf(key: string, value: unknown, place: number, context: Context): TemplateResource {
  const { name, stage, provider, places } = context;
  const fields = mapping(value);
  const properties = new Map<string, unknown>();
  const lines = new Map<string | number, number>();
  const put = (property: string, field: string, shared = true) => {
    const given = fields.get(field) ?? (shared ? provider.get(field) : undefined);
    if (given === undefined || given === null) return;
    properties.set(property, given);
    lines.set(property, places.lineOf(value, field, place));
  };
  const own = scalar(fields.get('name'));
  if (own === undefined) properties.set('FunctionName', made(`${name}-${stage}-${key}`));
  else put('FunctionName', 'name', false);
  put('Handler', 'handler', false);
  for (const field of ['runtime', 'memorySize', 'timeout'])
    put(`${field.charAt(0).toUpperCase()}${field.slice(1)}`, field);
  put('Role', 'role');
  const iam = mapping(provider.get('iam')).get('role');
  if (!properties.has('Role') && (scalar(iam) !== undefined || isFunctionCall(iam)))
    properties.set('Role', iam);
  const image = fields.get('image');
  const uri = scalar(image) ?? scalar(mapping(image).get('uri'));
  // a word alone is the name of an image that the service builds itself
  if (uri?.includes('/')) properties.set('ImageUri', uri);
  const variables = places.merged(provider.get('environment'), fields.get('environment'));
  properties.set('Environment', { Variables: variables });
  const sources = list(fields.get('events')).flatMap(readArns);
  if (sources.length > 0) properties.set('Sources', sources);
  const object = Object.fromEntries(properties);
  places.lines.set(object, lines);
  if (own !== undefined && places.isComputed(value, 'name')) object.FunctionName = made(own);
  return {
    id: `${logicalId(key)}LambdaFunction`,
    type: 'AWS::Lambda::Function',
    properties: object,
    line: place,
  };
}

const isFunctionCall = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).length === 1 && /^(?:Ref$|Fn::)/.test(Object.keys(value)[0] ?? '');

/** The ARNs that events name outright. */
function readArns(event: unknown): Properties[] {
  return [...mapping(event).values()].flatMap((value) => {
    const fields = mapping(value);
    const bucket = scalar(fields.get('existing')) === 'true' ? scalar(fields.get('bucket')) : undefined;
    const arn =
      bucket === undefined ? (scalar(value) ?? scalar(fields.get('arn'))) : `arn:aws:s3:::${bucket}`;
    return arn?.startsWith('arn:') ? [{ EventSourceArn: arn }] : [];
  });
}

function logGroupOf(
  key: string,
  { properties, line }: TemplateResource,
  fields: ReadonlyMap<string, unknown>,
  { provider }: Context,
): TemplateResource | undefined {
  if (scalar(fields.get('disableLogs')) === 'true') return undefined;
  const retention = fields.get('logRetentionInDays') ?? provider.get('logRetentionInDays');
  return {
    id: `${logicalId(key)}LogGroup`,
    type: 'AWS::Logs::LogGroup',
    properties: {
      LogGroupName: { 'Fn::Join': ['', ['/aws/lambda/', properties.FunctionName]] },
      ...(retention !== undefined && retention !== null && { RetentionInDays: retention }),
    },
    line,
  };
}

/** The role that the framework makes for functions without one of their own. */
function roleOf(top: ReadonlyMap<string, unknown>, { name, stage, provider, places }: Context) {
  const line = places.lineOf(top.get('provider'), 'iam', 1);
  const iam = mapping(provider.get('iam')).get('role');
  const given = provider.get('role') ?? (isObject(iam) && !isFunctionCall(iam) ? undefined : iam);
  if (given !== undefined && given !== null) return { line };
  const own = scalar(mapping(iam).get('name'));
  const region = scalar(provider.get('region'));
  if (own === undefined && region === undefined) return { line };
  return { line, role: made(own ?? `${name}-${stage}-${region ?? ''}-lambdaRole`) };
}
