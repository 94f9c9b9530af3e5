import type { SettingMapping, TypeMapping } from '../types/mapping.ts';
import { settingOf, typeOf } from '../types/types.ts';

/** What other resources call a thing by, once it is made: its ids and addresses. */
export const CALLED_BY: readonly string[] = [
  'arn',
  'id',
  'key_id',
  'invoke_arn',
  'execution_arn',
  'dns_name',
  'domain_name',
  'bucket_domain_name',
  'bucket_regional_domain_name',
  'website_endpoint',
  'endpoint',
  'reader_endpoint',
  'address',
  'configuration_endpoint',
  'configuration_endpoint_address',
  'primary_endpoint_address',
  'reader_endpoint_address',
  'api_endpoint',
  'public_ip',
  'url',
];

/** What names and contents are put together from beside what the table of types says. */
const BESIDE: readonly string[] = [
  'region',
  'name',
  'type',
  'zone',
  'zone_id',
  'zone_name',
  'target_key_id',
  'internal',
  'container_definitions',
  'image_uri',
  'source_configuration',
  'account_id',
  'script_name',
  'script',
];

const known = new Map<string, ReadonlySet<string>>();

/** The attributes of a type that facts are made of. All others, such as passwords, are never looked at. */
export function neededArguments(type: string): ReadonlySet<string> {
  const before = known.get(type);
  if (before) return before;
  const needed = new Set(
    [...CALLED_BY, ...BESIDE, ...pathsOf(typeOf(type)), ...pathsOf(settingOf(type))].map(
      (path) => path.split('.')[0] ?? '',
    ),
  );
  known.set(type, needed);
  return needed;
}

type Paths = Partial<Omit<TypeMapping & SettingMapping, 'relations'>> & {
  relations?: TypeMapping['relations'] | undefined;
};

function pathsOf(mapping: Paths | undefined): string[] {
  if (!mapping) return [];
  const { of, name = [], prefix, scope, properties = {}, all, relations = [] } = mapping;
  return [
    ...(of === undefined ? [] : [of]),
    ...name,
    ...(prefix === undefined ? [] : [prefix]),
    ...(scope ? [scope[0]] : []),
    ...Object.values(properties),
    ...(all?.[1] ?? []),
    ...relations.map(([path]) => path),
  ];
}
