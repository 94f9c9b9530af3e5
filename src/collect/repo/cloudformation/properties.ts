import { type ContainerPorts, portsOf } from '#lib/container-ports.ts';
import { hasSymbol } from '#lib/symbolic.ts';
import type { Json } from '#model/fact.ts';
import { list, mapping, scalar } from '../untyped.ts';
import type { Evaluation } from './evaluation.ts';
import type { TemplateResource } from './template.ts';
import { typeOf } from './types.ts';

const NUMBERS = new Set(
  (
    'MemorySize Timeout VisibilityTimeout MessageRetentionPeriod DelaySeconds RetentionInDays DesiredCount Port Priority ' +
    'HealthCheckIntervalSeconds HealthCheckGracePeriodSeconds BackupRetentionPeriod NumCacheNodes NumCacheClusters ' +
    'ShardCount RetentionPeriodHours Threshold NumberOfWorkers NumberOfNodes NumberOfBrokerNodes Size ' +
    'ReservedConcurrentExecutions TTL'
  ).split(' '),
);
const BOOLEANS = new Set(
  (
    'FifoQueue FifoTopic StorageEncrypted MultiAZ PubliclyAccessible DeletionProtection DeletionProtectionEnabled ' +
    'Encrypted AtRestEncryptionEnabled TransitEncryptionEnabled AutomaticFailoverEnabled IsLogging IsMultiRegionTrail ' +
    'EnableKeyRotation MapPublicIpOnLaunch RequireTLS'
  ).split(' '),
);
const RENAMED: Readonly<Record<string, string>> = {
  DBInstanceClass: 'instanceClass',
  StateMachineType: 'type',
  TTL: 'ttl',
};
const MOST_ITEMS = 50;

const nameOf = (property: string): string =>
  RENAMED[property] ?? property.charAt(0).toLowerCase() + property.slice(1);

/** A value in CloudFormation's type of the property; undefined where it is not known, or not of that type. */
function typed(property: string, value: unknown): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map((item) => scalar(item));
    return items.every((item) => item !== undefined && !hasSymbol(item)) ? (items as string[]) : undefined;
  }
  const text = scalar(value);
  if (text === undefined || text === '' || hasSymbol(text) || text.length > 300) return undefined;
  if (NUMBERS.has(property)) return Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (BOOLEANS.has(property)) return /^(?:true|false)$/i.test(text) ? /^true$/i.test(text) : undefined;
  return text;
}

/** The name under which a property is told, and its value in CloudFormation's type where it is one. */
export const typedProperty = (property: string, value: unknown): [name: string, value: Json | undefined] => [
  nameOf(property),
  typed(property, value),
];

/** What a template states of a resource, under CloudFormation's names with a small first letter. */
export function propertiesOf(resource: TemplateResource, evaluation: Evaluation): Record<string, Json> {
  const { properties } = resource;
  const type = typeOf(resource.type);
  const told: Record<string, Json> = {};
  const put = (name: string, value: Json | undefined) => {
    if (value !== undefined) told[name] = value;
  };
  for (const property of type?.properties?.split(' ') ?? [])
    if (properties[property] !== undefined)
      put(nameOf(property), typed(property, evaluation.value(properties[property])));
  const more = Object.hasOwn(NESTED, resource.type) ? NESTED[resource.type] : undefined;
  if (more)
    for (const [name, value] of Object.entries(more((key) => evaluation.value(properties[key]))))
      put(name, value);
  return told;
}

type Get = (property: string) => unknown;
const at = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce<unknown>(
    (inner, key) => (Array.isArray(inner) ? mapping(inner[0]).get(key) : mapping(inner).get(key)),
    value,
  );
const known = (value: unknown): string | undefined => {
  const text = scalar(value);
  return text === undefined || hasSymbol(text) ? undefined : text;
};
const flag = (value: unknown): boolean | undefined => {
  const text = known(value);
  return text === 'true' ? true : text === 'false' ? false : undefined;
};
const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** What is told of nested properties. */
const NESTED: Readonly<Record<string, (get: Get) => Record<string, Json | undefined>>> = {
  'AWS::S3::Bucket': (get) => {
    const blocks = get('PublicAccessBlockConfiguration');
    const flags = BLOCKS.map((key) => flag(at(blocks, key)));
    const isTold =
      blocks !== undefined &&
      flags.every((one, index) => one !== undefined || at(blocks, BLOCKS[index] ?? '') === undefined);
    return {
      versioning: known(at(get('VersioningConfiguration'), 'Status')),
      encryption: known(
        at(
          get('BucketEncryption'),
          'ServerSideEncryptionConfiguration',
          'ServerSideEncryptionByDefault',
          'SSEAlgorithm',
        ),
      ),
      publicAccessBlock: isTold ? flags.every((one) => one === true) : undefined,
    };
  },
  'AWS::DynamoDB::Table': (get) => ({
    pointInTimeRecovery: flag(at(get('PointInTimeRecoverySpecification'), 'PointInTimeRecoveryEnabled')),
  }),
  'AWS::CloudFront::Distribution': (get) => {
    const aliases = list(at(get('DistributionConfig'), 'Aliases')).map(known);
    const isKnown = aliases.length > 0 && aliases.every((one) => one !== undefined);
    return {
      aliases: isKnown ? (aliases as string[]) : undefined,
      comment: known(at(get('DistributionConfig'), 'Comment')),
    };
  },
  'AWS::ECS::TaskDefinition': (get) => {
    const given = list(get('ContainerDefinitions'));
    const containers = given.slice(0, MOST_ITEMS).map(containerOf);
    return {
      containers: containers.length > 0 ? containers : undefined,
      containerPorts: portsOf(given.map(portsIn)),
    };
  },
};

/** The ports of a container, where each is written out; a range of them is told by neither side. */
function portsIn(value: unknown): ContainerPorts {
  const container = mapping(value);
  const given = container.get('PortMappings');
  const ports = list(given)
    .filter((port) => mapping(port).get('ContainerPortRange') === undefined)
    .map((port) => scalar(mapping(port).get('ContainerPort')));
  const isWhole = (given === undefined || Array.isArray(given)) && ports.every((one) => one !== undefined);
  return { name: scalar(container.get('Name')), ports: isWhole ? (ports as string[]) : undefined };
}

/** As the collector of task definitions tells a container: names of variables, never their values. */
function containerOf(value: unknown): Json {
  const container = mapping(value);
  const names = (key: string) =>
    list(container.get(key)).flatMap((item) => known(mapping(item).get('Name')) ?? []);
  return {
    name: scalar(container.get('Name')) ?? '',
    image: scalar(container.get('Image')) ?? '',
    ports: list(container.get('PortMappings')).flatMap(
      (port) => known(mapping(port).get('ContainerPort')) ?? [],
    ),
    healthCheck: container.get('HealthCheck') !== undefined,
    environment: names('Environment'),
    secrets: names('Secrets'),
  };
}
