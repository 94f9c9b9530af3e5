import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import { mapping, scalar } from '../untyped.ts';
import type { ComposeText } from './compose-text.ts';
import { type Layers, resolved } from './layers.ts';

/** What a service waits for until it is healthy, and how many of it are started. Compose file reference, “depends_on”, “deploy”. */
export function startNeeds(layers: Layers): Pick<ComposeService, 'awaitsHealthOf' | 'replicas'> {
  const awaited = layers
    .all('depends_on')
    .flatMap(({ value }) =>
      [...mapping(value)]
        .filter(([, one]) => scalar(mapping(one).get('condition')) === 'service_healthy')
        .map(([name]) => name),
    );
  const deploy = layers.first('deploy');
  const written = layers.first('scale') ?? {
    value: mapping(deploy?.value).get('replicas'),
    text: deploy?.text,
  };
  const replicas = written.text && Number(resolved({ value: written.value, text: written.text })?.text);
  return {
    ...(awaited.length > 0 && { awaitsHealthOf: [...new Set(awaited)] }),
    ...(replicas !== undefined && Number.isSafeInteger(replicas) && replicas >= 0 && { replicas }),
  };
}

/** Whether the short form of a volume ends in a mode that lets nothing be written: `:ro`, `:z,ro`. */
export const isReadOnly = (short: string): boolean => {
  const last = short.slice(short.lastIndexOf(':') + 1);
  return !last.includes('/') && last.split(',').includes('ro');
};

const MOST_VARIABLES = 100;
const REQUIRED = /(?<!\$)\$\{([A-Za-z_]\w{0,127}):?\?/g;

/** Variables without which Compose refuses the file, in its services' values: each once, where it first stands. */
export function requiredVariables(text: ComposeText): Pick<ComposeFile, 'requiredVariables'> {
  const found = new Map<string, number>();
  const look = (value: unknown, path: (string | number)[]) => {
    if (found.size >= MOST_VARIABLES || path.length > 12) return;
    if (typeof value === 'string') {
      if (!value.includes('?')) return;
      for (const [, name = ''] of value.slice(0, 20_000).matchAll(REQUIRED))
        if (!found.has(name)) found.set(name, text.yaml.lineOf(path));
    } else if (Array.isArray(value)) for (const [index, one] of value.entries()) look(one, [...path, index]);
    else for (const [key, one] of mapping(value)) look(one, [...path, key]);
  };
  for (const [name, service] of text.services) {
    const path = [...text.pathOf(name)] as (string | number)[];
    for (const [key, value] of service) look(value, [...path, key]);
  }
  const missing = [...found].filter(([name]) => !text.lookup(name));
  return missing.length > 0 ? { requiredVariables: missing.map(([name, line]) => ({ name, line })) } : {};
}
