import type { ResourceInstance } from './resource-instance.ts';
import { typeOf } from './types/types.ts';
import { symbol, textOf, textValue, type Value } from './values.ts';

/** An attribute that no argument gives and that follows from what is written all the same. */
export function givenByProvider(resource: ResourceInstance, name: string): Value | undefined {
  const { type, provider, block } = resource;
  if (block.mode === 'data') {
    if (type === 'aws_caller_identity' && name === 'account_id') return provider.account;
    if (type === 'aws_region' && /^(?:name|id|region)$/.test(name)) return provider.region;
  }
  if (type === 'aws_ecr_repository' && name === 'repository_url') return repositoryUrl(resource);
  const mapped = typeOf(type);
  if (!mapped?.name) return undefined;
  // `id` of an S3 bucket is its name, as the provider's documentation says of each
  if (name !== 'id' || !mapped.idIsName) return undefined;
  return mapped.name
    .map((one) => resource.argument(one))
    .find((value) => value !== undefined && value !== null);
}

/** Amazon ECR User Guide, “Private registry”: the registry's address is made of account and region. */
function repositoryUrl(resource: ResourceInstance): Value | undefined {
  const repository = resource.argument('name');
  const name = repository === undefined ? undefined : textOf(repository);
  if (name === undefined) return undefined;
  const { account = symbol('account'), region = symbol('region') } = resource.provider;
  return textValue(`${account}.dkr.ecr.${region}.amazonaws.com/${name}`);
}
