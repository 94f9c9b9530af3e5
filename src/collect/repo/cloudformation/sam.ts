import type { YamlPlaces } from '#lib/yaml-source.ts';
import { mapping } from '../untyped.ts';
import { referencesIn } from './references.ts';
import type { Edge, Properties, TemplateResource } from './template.ts';

/** What the types of SAM become. AWS SAM Developer Guide, “Generated CloudFormation resources”. */
const TYPES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::LayerVersion': 'AWS::Lambda::LayerVersion',
  'AWS::Serverless::Application': 'AWS::CloudFormation::Stack',
  'AWS::Serverless::GraphQLApi': 'AWS::AppSync::GraphQLApi',
};
/** Properties whose name differs from CloudFormation's. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::Serverless::StateMachine': { Name: 'StateMachineName', Type: 'StateMachineType', Role: 'RoleArn' },
  'AWS::Serverless::Application': { Location: 'TemplateURL' },
};
/** What Globals say of a type. */
const SECTIONS: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::Api': 'Api',
  'AWS::Serverless::HttpApi': 'HttpApi',
  'AWS::Serverless::SimpleTable': 'SimpleTable',
  'AWS::Serverless::StateMachine': 'StateMachine',
};

/** Per type of event: the property that names the other end, and whether the function reads it or is called by it. */
const EVENTS: Readonly<Record<string, readonly [property: string, type: 'reads' | 'routes-to']>> = {
  SQS: ['Queue', 'reads'],
  Kinesis: ['Stream', 'reads'],
  DynamoDB: ['Stream', 'reads'],
  S3: ['Bucket', 'routes-to'],
  SNS: ['Topic', 'routes-to'],
  Api: ['RestApiId', 'routes-to'],
  HttpApi: ['ApiId', 'routes-to'],
  Cognito: ['UserPool', 'routes-to'],
};
const IMPLICIT: Readonly<Record<string, readonly [id: string, type: string]>> = {
  Api: ['ServerlessRestApi', 'AWS::ApiGateway::RestApi'],
  HttpApi: ['ServerlessHttpApi', 'AWS::ApiGatewayV2::Api'],
};
/** Per type of event: the rule that SAM makes, and the property that names it. */
const RULES: Readonly<Record<string, readonly [type: string, name: string]>> = {
  Schedule: ['AWS::Events::Rule', 'Name'],
  ScheduleV2: ['AWS::Scheduler::Schedule', 'Name'],
  EventBridgeRule: ['AWS::Events::Rule', 'RuleName'],
  CloudWatchEvent: ['AWS::Events::Rule', 'RuleName'],
};

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

interface Rewritten {
  resources: TemplateResource[];
  edges: Edge[];
}

/**
 * The resources with each type of SAM replaced by what SAM makes of it: properties of `Globals` merged, events as
 * relations, rules where they are named, and the API that events share without naming one.
 */
export function withoutServerless(
  resources: readonly TemplateResource[],
  globals: ReadonlyMap<string, unknown>,
  places: YamlPlaces,
): Rewritten {
  const result: Rewritten = { resources: [], edges: [] };
  const ids = new Set(resources.map(({ id }) => id));
  for (const resource of resources) {
    const type = own(TYPES, resource.type);
    if (type === undefined) {
      result.resources.push(resource);
      continue;
    }
    const section = own(SECTIONS, resource.type);
    const shared = section === undefined ? {} : globals.get(section);
    const properties = merged(shared, resource.properties, own(RENAMED, resource.type) ?? {}, places);
    result.resources.push({ ...resource, type, properties });
    for (const [name, event] of mapping(properties.Events)) {
      const { edges, made } = eventOf(resource, name, event, places);
      result.edges.push(...edges);
      for (const extra of made) {
        if (ids.has(extra.id)) continue;
        ids.add(extra.id);
        result.resources.push(extra);
      }
    }
  }
  return result;
}

/** One object with the properties of both, the resource's own first, mappings inside merged; places kept. */
function merged(
  shared: unknown,
  resource: Properties,
  renamed: Readonly<Record<string, string>>,
  places: YamlPlaces,
): Properties {
  const entries = new Map<string, unknown>();
  const lines = new Map<string | number, number>();
  for (const source of [shared, resource]) {
    if (typeof source !== 'object' || source === null) continue;
    for (const [written, value] of Object.entries(source)) {
      const key = own(renamed, written) ?? written;
      const before = entries.get(key);
      const both = isPlain(before) && isPlain(value);
      entries.set(key, both ? merged(before, value, {}, places) : value);
      const line = places.get(source)?.get(written);
      if (line !== undefined) lines.set(key, line);
    }
  }
  const object = Object.fromEntries(entries);
  places.set(object, lines);
  return object;
}

const isPlain = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function eventOf(
  handler: TemplateResource,
  name: string,
  event: unknown,
  places: YamlPlaces,
): { edges: Edge[]; made: TemplateResource[] } {
  const fields = mapping(event);
  const type = String(fields.get('Type'));
  const properties = isPlain(fields.get('Properties')) ? (fields.get('Properties') as Properties) : {};
  const line = (isPlain(event) ? places.get(event)?.get('Type') : undefined) ?? handler.line;
  const rule = own(RULES, type);
  if (rule) {
    const [kind, key] = rule;
    if (properties[key] === undefined) return { edges: [], made: [] };
    const renamed = { [key]: 'Name', Schedule: 'ScheduleExpression' };
    const made = {
      id: `${handler.id}${name}`,
      type: kind,
      properties: merged({}, properties, renamed, places),
      ...(handler.condition !== undefined && { condition: handler.condition }),
      line,
    };
    return { edges: [{ from: made.id, type: 'routes-to', to: handler.id }], made: [made] };
  }
  const known = own(EVENTS, type);
  if (!known) return { edges: [], made: [] };
  const [property, verb] = known;
  const implicit = properties[property] === undefined ? own(IMPLICIT, type) : undefined;
  if (implicit) {
    const [id, kind] = implicit;
    return {
      edges: [{ from: id, type: verb, to: handler.id }],
      made: [{ id, type: kind, properties: {}, line }],
    };
  }
  const edges = referencesIn(properties[property]).map(({ id }) =>
    verb === 'reads' ? { from: handler.id, type: verb, to: id } : { from: id, type: verb, to: handler.id },
  );
  return { edges, made: [] };
}
