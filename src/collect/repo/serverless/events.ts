import { referencesIn } from '../cloudformation/references.ts';
import type { Edge, Properties, TemplateResource } from '../cloudformation/template.ts';
import { list, mapping, scalar } from '../untyped.ts';
import type { Context } from './service.ts';

interface Events {
  resources: TemplateResource[];
  edges: Edge[];
}

const MOST_EVENTS = 200;
const text = (value: string): unknown => ({ 'Fn::Join': ['', [value]] });

/**
 * What the events of a function tie to it: the API that all of them share, queues and streams that it reads, buckets and
 * topics that the framework makes under the names given, and schedules that have a name.
 */
export function eventsOf(id: string, events: unknown, place: number, context: Context): Events {
  const found: Events = { resources: [], edges: [] };
  for (const event of list(events).slice(0, MOST_EVENTS)) {
    const entries = typeof event === 'string' ? [[event, undefined] as const] : [...mapping(event)];
    for (const [type, value] of entries) {
      const line = context.places.lineOf(event, type, place);
      collect(type, value, { id, line, context }, found);
    }
  }
  return found;
}

interface Where {
  id: string;
  line: number;
  context: Context;
}

function collect(type: string, value: unknown, { id, line, context }: Where, found: Events): void {
  const fields = mapping(value);
  const make = (made: string, kind: string, properties: Properties) => {
    found.resources.push({ id: made, type: kind, properties, line });
    found.edges.push({ from: made, type: 'routes-to', to: id });
  };
  const read = (source: unknown, direction: 'reads' | 'routes-to') => {
    for (const { id: other } of referencesIn(source))
      found.edges.push(
        direction === 'reads'
          ? { from: id, type: direction, to: other }
          : { from: other, type: direction, to: id },
      );
  };
  const api = apiOf(type, context);
  const name = scalar(fields.get('name'));
  if (api) make(...api);
  else if (READ.has(type)) read(fields.get('arn') ?? value, 'reads');
  else if (type === 'sns') {
    read(fields.get('arn') ?? value, 'routes-to');
    const topic = scalar(value) ?? (fields.has('arn') ? undefined : scalar(fields.get('topicName')));
    if (topic !== undefined && !topic.startsWith('arn:'))
      make(`SNSTopic${logicalPart(topic)}`, 'AWS::SNS::Topic', { TopicName: text(topic) });
  } else if (type === 's3') bucketOf(value, context, make);
  else if (type === 'schedule' && name !== undefined) {
    const isScheduler = scalar(fields.get('method')) === 'scheduler';
    const rates = [fields.get('rate')].flat();
    make(`Schedule${plain(name)}`, isScheduler ? 'AWS::Scheduler::Schedule' : 'AWS::Events::Rule', {
      Name: text(name),
      ...(rates.length === 1 && { ScheduleExpression: rates[0] }),
    });
  }
}

/** Events whose source the function reads. */
const READ = new Set(['sqs', 'stream', 'kafka', 'activemq']);

const plain = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '');

/** The API of a kind that a service has, unless it is told to use one that exists. */
function apiOf(type: string, { name, stage, provider }: Context): [string, string, Properties] | undefined {
  if (type === 'http') {
    if (mapping(provider.get('apiGateway')).has('restApiId')) return undefined;
    const own = scalar(provider.get('apiName')) ?? `${stage}-${name}`;
    return ['ApiGatewayRestApi', 'AWS::ApiGateway::RestApi', { Name: text(own) }];
  }
  if (type === 'httpApi') {
    const settings = mapping(provider.get('httpApi'));
    if (settings.has('id')) return undefined;
    const own = scalar(settings.get('name')) ?? `${stage}-${name}`;
    return ['HttpApi', 'AWS::ApiGatewayV2::Api', { Name: text(own) }];
  }
  if (type === 'websocket') {
    if (mapping(provider.get('apiGateway')).has('websocketApiId')) return undefined;
    const own = scalar(provider.get('websocketsApiName')) ?? `${stage}-${name}-websockets`;
    return ['WebsocketsApi', 'AWS::ApiGatewayV2::Api', { Name: text(own) }];
  }
  return undefined;
}

/** The bucket that the framework makes, by its name or by its key among those of the provider. */
function bucketOf(
  value: unknown,
  { provider }: Context,
  make: (id: string, kind: string, properties: Properties) => void,
): void {
  const fields = mapping(value);
  const written = scalar(value) ?? scalar(fields.get('bucket'));
  if (written === undefined || scalar(fields.get('existing')) === 'true') return;
  const declared = mapping(mapping(provider.get('s3')).get(written)).get('name');
  const name = scalar(declared) ?? written;
  make(`S3Bucket${logicalPart(written)}`, 'AWS::S3::Bucket', { BucketName: text(name) });
}

const logicalPart = (name: string): string => {
  const clean = plain(name);
  return `${clean.charAt(0).toUpperCase()}${clean.slice(1)}`;
};
