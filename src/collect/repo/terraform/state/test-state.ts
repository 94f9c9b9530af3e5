/** Builders for tests: a state as Terraform writes it, and what is shown of one. */

type Instance = Readonly<Record<string, unknown>>;

export const ACCOUNT = '210123456780';

/** The ARN of a thing of the test account in Paris. */
export const arn = (service: string, resource: string, region = 'eu-west-3'): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

/** An instance with these attributes; `sensitive` are marked as Terraform marks them. */
export const instance = (
  attributes: Instance,
  { key, sensitive = [], ...rest }: { key?: string | number; sensitive?: string[]; deposed?: string } = {},
): Instance => ({
  ...(key !== undefined && { index_key: key }),
  schema_version: 0,
  attributes,
  sensitive_attributes: sensitive.map((value) => [{ type: 'get_attr', value }]),
  ...rest,
});

/** A resource of a state, by its address without keys (`module.data.aws_vpc.main`). */
export function resource(address: string, instances: Instance[], provider = ''): Instance {
  const parts = address.split('.');
  const name = parts.pop();
  const type = parts.pop();
  const isData = parts.at(-1) === 'data';
  const module = (isData ? parts.slice(0, -1) : parts).join('.');
  return {
    ...(module !== '' && { module }),
    mode: isData ? 'data' : 'managed',
    type,
    name,
    provider: `provider["registry.terraform.io/hashicorp/aws"]${provider}`,
    instances,
  };
}

/** A state of format 4. */
export const stateOf = (resources: Instance[], parts: Instance = {}): string =>
  `${JSON.stringify(
    { version: 4, terraform_version: '1.9.5', serial: 3, lineage: 'f6b1', outputs: {}, resources, ...parts },
    null,
    2,
  )}\n`;

/** What `terraform show -json` prints of these, in the module `data` beneath the root. */
export const shownOf = (
  resources: Instance[],
  where: 'values' | 'planned_values' = 'values',
  parts: Instance = {},
): string =>
  JSON.stringify({
    format_version: '1.0',
    terraform_version: '1.9.5',
    [where]: { root_module: { child_modules: [{ address: 'module.data', resources }] } },
    ...parts,
  });

/** A resource of what is shown. */
export const shown = (type: string, values: Instance, parts: Instance = {}): Instance => ({
  address: `module.data.${type}.main`,
  mode: 'managed',
  type,
  name: 'main',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  values,
  sensitive_values: {},
  ...parts,
});
