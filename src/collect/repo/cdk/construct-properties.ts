import { hasSymbol } from '#lib/symbolic.ts';
import type { Json } from '#model/fact.ts';
import { typedProperty } from '../cloudformation/properties.ts';
import { typeOf } from '../cloudformation/types.ts';
import { type ConstructType, lowerFirst } from './constructs.ts';
import { type Scope, textOf } from './scope.ts';
import type { Made } from './source.ts';

/** Keys of constructs that say the same as a property of CloudFormation: its name there, and how its values are called. */
const KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::Lambda::Function': { memorySize: 'MemorySize', handler: 'Handler' },
  'AWS::ECS::Service': { desiredCount: 'DesiredCount' },
  'AWS::ECS::TaskDefinition': { cpu: 'Cpu', memoryLimitMiB: 'Memory' },
  'AWS::SQS::Queue': { fifo: 'FifoQueue' },
  'AWS::SNS::Topic': { fifo: 'FifoTopic' },
  'AWS::RDS::DBInstance': {
    multiAz: 'MultiAZ',
    storageEncrypted: 'StorageEncrypted',
    deletionProtection: 'DeletionProtection',
    publiclyAccessible: 'PubliclyAccessible',
  },
  'AWS::RDS::DBCluster': {
    storageEncrypted: 'StorageEncrypted',
    deletionProtection: 'DeletionProtection',
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { port: 'Port' },
  'AWS::Kinesis::Stream': { shardCount: 'ShardCount' },
  'AWS::KMS::Key': { enableKeyRotation: 'EnableKeyRotation' },
};

/** What a construct states of what it makes, under CloudFormation's names: plain values alone. */
export function constructProperties(made: Made, { type }: ConstructType, scope: Scope): Record<string, Json> {
  const isLowest = /(?:^|\.)Cfn\w+$/.test(made.callee);
  const keys = isLowest
    ? (typeOf(type)?.properties?.split(' ') ?? []).map(
        (property) => [lowerFirst(property), property] as const,
      )
    : Object.entries(Object.hasOwn(KEYS, type) ? (KEYS[type] ?? {}) : {});
  const told: Record<string, Json> = {};
  for (const [key, property] of keys) {
    const value = made.options?.entries.get(key)?.value;
    const text = value && textOf(value, scope);
    if (text === undefined || hasSymbol(text)) continue;
    const [name, typed] = typedProperty(property, text);
    if (typed !== undefined) told[name] = typed;
  }
  if (type === 'AWS::S3::Bucket' && !isLowest) {
    const versioned = made.options?.entries.get('versioned')?.value;
    if (versioned?.is === 'value' && versioned.value === true) told.versioning = 'Enabled';
  }
  const runtime = made.options?.entries.get('runtime')?.value;
  const named = runtime?.is === 'name' ? runtimeOf(runtime.path) : undefined;
  if (type === 'AWS::Lambda::Function' && named !== undefined) told.runtime = named;
  return told;
}

/** `lambda.Runtime.PYTHON_3_12` is `python3.12`. AWS CDK API reference, “Runtime”. */
function runtimeOf(path: string): string | undefined {
  const name = /Runtime\.([A-Z0-9_]+)$/.exec(path)?.[1] ?? '';
  const node = /^NODEJS_(\d{1,2})_X$/.exec(name);
  if (node) return `nodejs${node[1]}.x`;
  const python = /^PYTHON_(\d)_(\d{1,2})$/.exec(name);
  if (python) return `python${python[1]}.${python[2]}`;
  const java = /^JAVA_(\d{1,2})$/.exec(name);
  return java ? `java${java[1]}` : undefined;
}
