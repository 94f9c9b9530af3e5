import type { Json } from '#model/fact.ts';
import { lastValue, valuesOf } from '../options.ts';
import type { AnswerContext, ParsedCall } from '../tool.ts';

const LONGEST = 1_000_000;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const strings = (values: unknown[]): string[] => [
  ...new Set(values.filter((value): value is string => typeof value === 'string' && value !== '')),
];
/** `containerDefinitions` as the command line writes it. */
const optionName = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

async function json(value: string | undefined, context: AnswerContext): Promise<unknown> {
  if (value === undefined) return undefined;
  const text = /^fileb?:\/\//.test(value) ? await context.readFile(value.replace(/^fileb?:\/\//, '')) : value;
  if (text === undefined || text.length > LONGEST || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a task definition names beside its family: images, log groups, roles, secrets. */
function partsOf(definition: Record<string, unknown>): Record<string, Json> {
  const containers = Array.isArray(definition.containerDefinitions)
    ? definition.containerDefinitions.filter(isObject)
    : [];
  const secrets = strings(
    containers.flatMap(({ secrets: list }) =>
      Array.isArray(list) ? list.filter(isObject).map((secret) => secret.valueFrom) : [],
    ),
  );
  const isSecret = (name: string) => name.includes(':secretsmanager:');
  const lists: Record<string, string[]> = {
    images: strings(containers.map((container) => container.image)),
    'log-groups': strings(
      containers.map(({ logConfiguration: logs }) =>
        isObject(logs) && isObject(logs.options) ? logs.options['awslogs-group'] : undefined,
      ),
    ),
    roles: strings([definition.taskRoleArn, definition.executionRoleArn]),
    secrets: secrets.filter(isSecret),
    parameters: secrets.filter((name) => !isSecret(name)),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

/** Values of a request given as JSON, under the names that the options would have. Only names; structures stay out. */
function fromRequest(request: Record<string, unknown>): Record<string, Json> {
  const found: Record<string, Json> = Object.create(null);
  for (const [key, value] of Object.entries(request).slice(0, 100)) {
    if (typeof value === 'string' && value.length <= 1024) found[optionName(key)] = value;
    else if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string'))
      found[optionName(key)] = value.slice(0, 50);
  }
  return found;
}

/** The arguments of a call, with what it names in the JSON files that it is given. */
export async function recordAws(call: ParsedCall, context: AnswerContext): Promise<Record<string, Json>> {
  const read: Record<string, Json> = {};
  const request = await json(lastValue(call, 'cli-input-json'), context);
  if (isObject(request)) Object.assign(read, fromRequest(request));
  if (call.operation === 'ecs register-task-definition') {
    const containers = await json(lastValue(call, 'container-definitions'), context);
    const whole = isObject(request)
      ? isObject(request.taskDefinition)
        ? request.taskDefinition
        : request
      : {};
    const definition = Array.isArray(containers) ? { ...whole, containerDefinitions: containers } : whole;
    if (typeof definition.family === 'string') read.family = definition.family;
    Object.assign(read, partsOf(definition));
  }
  for (const key of ['change-batch', 'targets', 'distribution-config'])
    for (const value of valuesOf(call, key)) {
      const content = /^fileb?:\/\//.test(value) ? await json(value, context) : undefined;
      if (content !== undefined && JSON.stringify(content).length < 20_000)
        read[key] = JSON.stringify(content);
    }
  return {
    ...read,
    ...withoutBodies(call),
    ...(read['change-batch'] !== undefined && { 'change-batch': read['change-batch'] }),
    ...(call.words.length > 0 && { words: call.words }),
  };
}

/** Options as given; JSON that was read is not repeated. */
function withoutBodies(call: ParsedCall): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(call.options).filter(
      ([key, value]) =>
        !/^(?:cli-input-json|container-definitions)$/.test(key) ||
        (typeof value === 'string' && value.length < 200),
    ),
  );
}
