import type { Fact, Kind } from '#model/fact.ts';
import type { Reading } from '../../collector.ts';
import { statusOf } from '../name-status.ts';
import type { Draft } from './drafts.ts';
import type { Body } from './hcl/nodes.ts';
import { literalOf, type ModuleConfig } from './module-config.ts';
import { type ProviderSettings, regionOf } from './providers.ts';
import type { ResourceInstance } from './resource-instance.ts';
import { isMap, knownText, type Value } from './values.ts';

/** The stores of state that a module names; a backend takes plain texts only. Terraform documentation, “Backend Type: s3”. */
export function backendDrafts({ backends }: ModuleConfig): Draft[] {
  return backends
    .filter(({ type }) => type === 's3')
    .flatMap(({ reading, body, at }) => {
      const region = regionOf(literalOf(body, 'region'));
      const place: ProviderSettings = region === undefined ? {} : { region };
      return (['bucket', 'dynamodb_table'] as const).flatMap((argument): Draft[] => {
        const name = literalOf(body, argument);
        const line = reading.lineOf(body.attributes.find((one) => one.name === argument)?.at ?? at);
        return named(
          argument === 'bucket' ? 'AWS::S3::Bucket' : 'AWS::DynamoDB::Table',
          name,
          reading,
          line,
          place,
          'literal',
        );
      });
    });
}

/** What a data source reads that is called otherwise than itself: the state of another module, the value of a secret. */
export function mentionedBy(resource: ResourceInstance): Draft[] {
  const { type, block } = resource;
  const { reading, at, body } = block;
  const line = (argument: string) => reading.lineOf(placeIn(body, argument) ?? at);
  if (type === 'aws_secretsmanager_secret_version') {
    const name = plain(resource.argument('secret_id'));
    if (name?.startsWith('arn:')) return [];
    return named('AWS::SecretsManager::Secret', name, reading, line('secret_id'), resource.provider);
  }
  if (type !== 'terraform_remote_state' || plain(resource.argument('backend')) !== 's3') return [];
  const config = resource.argument('config');
  const object = Array.isArray(config) ? (config[0] as Value) : config;
  if (object === undefined || !isMap(object)) return [];
  const isElsewhere = object.get('role_arn') !== undefined;
  const place: ProviderSettings = isElsewhere ? { isElsewhere } : {};
  return named('AWS::S3::Bucket', plain(object.get('bucket')), reading, line('config'), place);
}

const placeIn = (body: Body, argument: string): number | undefined =>
  body.attributes.find(({ name }) => name === argument)?.at;

const plain = (value: Value | undefined): string | undefined =>
  value === undefined ? undefined : knownText(value);

function named(
  kind: Kind,
  name: string | undefined,
  reading: Reading,
  line: number,
  { region, account, isElsewhere }: ProviderSettings,
  status: Fact['nameStatus'] = 'resolved',
): Draft[] {
  if (name === undefined || statusOf(name) !== 'literal') return [];
  return [
    {
      kind,
      name,
      nameStatus: status,
      evidence: reading.at(line),
      verb: 'requires',
      ...(kind !== 'AWS::S3::Bucket' && region !== undefined && { region }),
      ...(account !== undefined && { account }),
      ...(isElsewhere && { isElsewhere }),
    },
  ];
}
