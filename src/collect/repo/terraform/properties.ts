import { hasSymbol } from '#lib/symbolic.ts';
import type { Json } from '#model/fact.ts';
import type { ResourceInstance } from './resource-instance.ts';
import type { SettingMapping, TypeMapping } from './types/mapping.ts';
import { textOf, type Value } from './values.ts';

const words = (text: string) => new Set(text.split(' '));
/** Properties by their type in CloudFormation; all others are texts. */
const NUMBERS = words(
  'desiredCount healthCheckGracePeriodSeconds timeout memorySize minSize maxSize desiredCapacity allocatedStorage ' +
    'backupRetentionPeriod port numCacheNodes ttl retentionInDays threshold period evaluationPeriods idleTimeout ' +
    'healthCheckIntervalSeconds priority size visibilityTimeout messageRetentionPeriod delaySeconds ' +
    'receiveMessageWaitTimeSeconds retentionPeriodHours shardCount',
);
const BOOLEANS = words(
  'enableExecuteCommand pointInTimeRecovery deletionProtectionEnabled sseEnabled multiAZ publiclyAccessible ' +
    'storageEncrypted deletionProtection atRestEncryptionEnabled transitEncryptionEnabled automaticFailoverEnabled ' +
    'multiAZEnabled encrypted enabled enableKeyRotation isMultiRegionTrail enableLogFileValidation fifoQueue fifoTopic ' +
    'mapPublicIpOnLaunch proxied requireTLS',
);
const LISTS = words(
  'requiresCompatibilities architectures aliases origins subjectAlternativeNames hostHeaders pathPatterns',
);
const MOST_ITEMS = 50;
const LONGEST = 300;

const known = (value: Value): string | undefined => {
  const text = textOf(value);
  return text === undefined || text === '' || text.length > LONGEST || hasSymbol(text) ? undefined : text;
};

const flag = (value: Value | undefined): boolean | undefined => {
  const text = value === undefined ? undefined : known(value);
  return text === 'true' ? true : text === 'false' ? false : undefined;
};

function typed(property: string, values: readonly Value[]): Json | undefined {
  if (LISTS.has(property)) {
    const items = values.slice(0, MOST_ITEMS).map(known);
    return items.length > 0 && items.every((item) => item !== undefined) ? (items as string[]) : undefined;
  }
  const [only] = values;
  if (only === undefined || values.length > 1) return undefined;
  if (BOOLEANS.has(property)) return flag(only);
  const text = known(only);
  if (!NUMBERS.has(property)) return text;
  return text !== undefined && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** What the arguments state, under CloudFormation's names with a small first letter; nothing of what they leave open. */
export function propertiesOf(
  resource: ResourceInstance,
  mapping: Pick<TypeMapping, 'properties'> & Pick<SettingMapping, 'all'>,
): Record<string, Json> {
  const told = Object.entries(mapping.properties ?? {}).flatMap(([name, path]): [string, Json][] => {
    const value = typed(name, resource.values(path));
    return value === undefined ? [] : [[name, value]];
  });
  if (mapping.all) {
    const flags = mapping.all[1].map((path) => flag(resource.values(path)[0]));
    if (flags.includes(false)) told.push([mapping.all[0], false]);
    else if (flags.every((one) => one === true)) told.push([mapping.all[0], true]);
  }
  if (/^aws_a?lb$/.test(resource.type)) {
    const internal = flag(resource.argument('internal') ?? undefined);
    if (internal !== undefined) told.push(['scheme', internal ? 'internal' : 'internet-facing']);
  }
  return Object.fromEntries(told);
}
