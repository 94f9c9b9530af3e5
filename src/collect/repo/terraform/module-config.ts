import type { Reading } from '../../collector.ts';
import type { Attribute, Block, Body, Expression } from './hcl/nodes.ts';

/** One file of a module, taken apart. */
export interface ModuleFile {
  reading: Reading;
  body: Body;
}

export interface Variable {
  name: string;
  type?: Expression;
  default?: Expression;
  /** Its value is a secret: it is never worked out. */
  isSensitive: boolean;
}

/** A block with the file in which it stands. */
export interface Placed {
  reading: Reading;
  body: Body;
  at: number;
}

export interface ResourceBlock extends Placed {
  mode: 'managed' | 'data';
  type: string;
  name: string;
}

export interface ModuleCall extends Placed {
  name: string;
  /** Where the module is, where that is written as a plain text. */
  source?: string;
}

export interface ProviderBlock extends Placed {
  type: string;
}

/** A folder of Terraform files, which make one module together. */
export interface ModuleConfig {
  /** From the root of the repository; empty for the root itself. */
  folder: string;
  variables: Map<string, Variable>;
  locals: Map<string, Expression>;
  outputs: Map<string, Expression>;
  /** By `type.name`, and `data.type.name`. */
  resources: Map<string, ResourceBlock>;
  modules: Map<string, ModuleCall>;
  providers: ProviderBlock[];
  backends: (Placed & { type: string })[];
  /** It names a backend or a workspace: it is deployed, whoever else calls it. */
  hasBackend: boolean;
  files: Reading[];
}

export const attributeOf = (body: Body, name: string): Attribute | undefined =>
  body.attributes.findLast((one) => one.name === name);

/** An argument that is a plain text. */
export function literalOf(body: Body, name: string): string | undefined {
  const value = attributeOf(body, name)?.value;
  return value?.type === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

const isTrue = (body: Body, name: string): boolean => {
  const value = attributeOf(body, name)?.value;
  return value?.type === 'literal' && (value.value === true || value.value === 'true');
};
const OVERRIDE = /(?:^|\/|_)override\.(?:tf|tofu)(?:\.json)?$/;

/** Puts the files of a folder together; override files come last, as Terraform merges them. */
export function moduleOf(folder: string, files: readonly ModuleFile[]): ModuleConfig {
  const config: ModuleConfig = {
    folder,
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    resources: new Map(),
    modules: new Map(),
    providers: [],
    backends: [],
    hasBackend: false,
    files: files.map(({ reading }) => reading),
  };
  const isOverride = ({ reading }: ModuleFile) => OVERRIDE.test(reading.path);
  for (const file of [...files.filter((one) => !isOverride(one)), ...files.filter(isOverride)])
    for (const block of file.body.blocks) add(config, block, file.reading);
  return config;
}

function add(config: ModuleConfig, { type, labels, body, at }: Block, reading: Reading): void {
  const [first = '', second = ''] = labels;
  const placed = { reading, body, at };
  if ((type === 'resource' || type === 'data') && second !== '') {
    const key = type === 'data' ? `data.${first}.${second}` : `${first}.${second}`;
    const known = config.resources.get(key);
    const mode = type === 'data' ? ('data' as const) : ('managed' as const);
    config.resources.set(key, {
      ...(known ?? placed),
      body: known ? overridden(known.body, body) : body,
      mode,
      type: first,
      name: second,
    });
  } else if (type === 'variable' && first !== '') {
    const valueType = attributeOf(body, 'type')?.value;
    const initial = attributeOf(body, 'default')?.value;
    config.variables.set(first, {
      name: first,
      ...(valueType && { type: valueType }),
      ...(initial && { default: initial }),
      isSensitive: isTrue(body, 'sensitive') || isTrue(body, 'ephemeral'),
    });
  } else if (type === 'locals') for (const { name, value } of body.attributes) config.locals.set(name, value);
  else if (type === 'output' && first !== '') {
    const value = attributeOf(body, 'value')?.value;
    if (value) config.outputs.set(first, value);
  } else if (type === 'module' && first !== '') {
    const source = literalOf(body, 'source');
    config.modules.set(first, { ...placed, name: first, ...(source !== undefined && { source }) });
  } else if (type === 'provider' && first !== '') config.providers.push({ ...placed, type: first });
  else if (type === 'terraform')
    for (const inner of body.blocks) {
      if (inner.type !== 'backend' && inner.type !== 'cloud') continue;
      config.hasBackend = true;
      if (inner.type === 'backend')
        config.backends.push({ reading, body: inner.body, at: inner.at, type: inner.labels[0] ?? '' });
    }
}

const overridden = (body: Body, by: Body): Body => ({
  attributes: [...body.attributes, ...by.attributes],
  blocks: [...body.blocks.filter(({ type }) => !by.blocks.some((one) => one.type === type)), ...by.blocks],
});
