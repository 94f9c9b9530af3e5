import { AWS_REGION } from '#lib/aws-region.ts';
import { aroundSymbols, isUnknown } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import { nameOfArn } from '../../../repo/aws-names.ts';
import { lastValue, valuesOf } from '../options.ts';
import type { Named, ParsedCall } from '../tool.ts';
import { compute } from './compute.ts';
import { containers } from './containers.ts';
import { data } from './data.ts';
import { delivery } from './delivery.ts';
import { identity } from './identity.ts';
import { messaging } from './messaging.ts';
import { readAwsName } from './names.ts';
import { network } from './network.ts';
import { type Meaning, operationOf, type Service, type Services } from './service.ts';
import { verbFor, verbOf } from './verbs.ts';

const services: ReadonlyMap<string, Service> = new Map(
  [containers, compute, network, data, messaging, identity, delivery].flatMap((group: Services) =>
    Object.entries(group),
  ),
);

const serviceOf = (call: ParsedCall): Service | undefined =>
  services.get(call.operation.split(' ', 1)[0] ?? '');

/** What a call to AWS does, by its operation. */
export function awsVerb(call: ParsedCall) {
  const operation = operationOf(call);
  const verbs = serviceOf(call)?.verbs;
  return verbs && Object.hasOwn(verbs, operation) ? (verbs[operation] ?? 'uses') : verbOf(operation);
}

const kindFor = (meaning: Meaning, operation: string): Kind | undefined =>
  typeof meaning === 'string' ? meaning : meaning.find(([pattern]) => pattern.test(operation))?.[1];

/** ARNs inside the values of other options: the targets of a rule, the certificates of a listener. */
function embedded(call: ParsedCall, known: readonly Named[]): Named[] {
  const seen = new Set(known.map((named) => `${named.kind} ${named.name}`));
  return Object.keys(call.options)
    .filter((key) => !/polic|filter|query|statement|template-body|cli-input/.test(key))
    .flatMap((key) => valuesOf(call, key))
    .flatMap((value) =>
      value.length > 20_000
        ? []
        : aroundSymbols(value, (hidden) =>
            [...hidden.matchAll(/\barn:aws[\w-]*:[^\s"',;[\]{}()]+/g)].map(([arn]) => arn).slice(0, 50),
          ),
    )
    .flatMap((arn): Named[] => {
      const read = nameOfArn(arn);
      if (!read || read.name.includes('*') || isUnknown(read.name)) return [];
      const id = `${read.kind} ${read.name}`;
      if (seen.has(id)) return [];
      seen.add(id);
      return [{ ...read, verb: 'uses' }];
    });
}

/** An AWS that stands on the machine itself: an emulator for tests. */
const LOCAL_ENDPOINT =
  /^https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|[\w-]+)(?::\d+)?(?:\/|$)|localstack/i;

const isRegional = (kind: Kind) => kind.startsWith('AWS::') && !kindOf(kind).global;

/** Lists of which a query picks one by name: `--query "ServiceSummaryList[?ServiceName=='web']"`. */
const PICKED: Readonly<Record<string, Kind>> = {
  'apprunner ServiceName': 'AWS::AppRunner::Service',
  'lambda FunctionName': 'AWS::Lambda::Function',
  'elbv2 LoadBalancerName': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'elbv2 TargetGroupName': 'AWS::ElasticLoadBalancingV2::TargetGroup',
  'rds DBInstanceIdentifier': 'AWS::RDS::DBInstance',
  'stepfunctions name': 'AWS::StepFunctions::StateMachine',
  'wafv2 Name': 'AWS::WAFv2::WebACL',
};
const PICK = /\[\?\s{0,4}(\w{1,40})\s{0,4}==\s{0,4}[`'"]{1,2}([^`'"\]]{1,200})[`'"]{1,2}\s{0,4}\]/g;

function picked(call: ParsedCall): Named[] {
  const [service = ''] = call.operation.split(' ', 1);
  return valuesOf(call, 'query').flatMap((query): Named[] =>
    query.length > 2_000
      ? []
      : aroundSymbols(query, (hidden) =>
          [...hidden.matchAll(PICK)].flatMap(([, field = '', name = '']): Named[] => {
            const kind = PICKED[`${service} ${field}`];
            return kind ? [{ kind, name, verb: 'uses' }] : [];
          }),
        ),
  );
}

/** What a call to AWS names. Names of which nothing is known are left out. */
export function awsNamed(call: ParsedCall): Named[] {
  const service = serviceOf(call);
  if (!service || LOCAL_ENDPOINT.test(lastValue(call, 'endpoint-url') ?? '')) return [];
  const operation = operationOf(call);
  const verb = awsVerb(call);
  const inOptions = Object.entries(service.options ?? {}).flatMap(([option, meaning]): Named[] => {
    const kind = kindFor(meaning, operation);
    if (!kind) return [];
    return valuesOf(call, option)
      .flatMap((value) => value.split(/[\s,]+(?![^⟨]*⟩)/))
      .flatMap((value): Named[] => {
        const read = readAwsName(kind, value);
        return read && !isUnknown(read.name)
          ? [{ kind, ...read, verb: verbFor(kind, operation, verb, service.subjects) }]
          : [];
      });
  });
  const scoped = inOptions.map((named): Named => {
    const option = service.scopes?.[named.kind];
    const value = option === undefined || named.scope !== undefined ? undefined : lastValue(call, option);
    const scope = value === undefined ? undefined : readAwsName('AWS::ECS::Cluster', value)?.name;
    return scope === undefined || isUnknown(scope) ? named : { ...named, scope };
  });
  const found = service.named?.(call, scoped) ?? scoped;
  const region = lastValue(call, 'region');
  const isRegion = region !== undefined && AWS_REGION.test(region);
  const all = [...found, ...picked(call), ...embedded(call, found)].filter((named) => !isUnknown(named.name));
  return isRegion ? all.map((named) => (isRegional(named.kind) ? { region, ...named } : named)) : all;
}
