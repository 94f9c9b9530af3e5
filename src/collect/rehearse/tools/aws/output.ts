import { stringify } from 'yaml';
import type { Json } from '#model/fact.ts';

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: Json): value is string | number | boolean | null =>
  typeof value !== 'object' || value === null;

/** How the CLI's text output writes a scalar. */
const scalar = (value: Json): string =>
  value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value);

/** AWS CLI user guide, “text output format”: values between tabs, a line for each item, keys in order and left out. */
function text(value: Json, name = ''): string[] {
  if (isScalar(value)) return [scalar(value)];
  if (Array.isArray(value)) {
    if (value.every(isScalar)) return value.length ? [value.map(scalar).join('\t')] : [];
    return value.flatMap((item) => text(item, name));
  }
  const keys = Object.keys(value).sort();
  const own = keys.filter((key) => isScalar(value[key] ?? null)).map((key) => scalar(value[key] ?? null));
  const line = [...(name ? [name.toUpperCase()] : []), ...own].join('\t');
  const inner = keys.flatMap((key) => {
    const item = value[key] ?? null;
    if (isScalar(item)) return [];
    if (Array.isArray(item) && item.every(isScalar))
      return item.map((one) => `${key.toUpperCase()}\t${scalar(one)}`);
    return text(item, key);
  });
  return [...(own.length ? [line] : []), ...inner];
}

function table(value: Json): string[] {
  if (isScalar(value)) return [`|  ${scalar(value)}  |`];
  if (Array.isArray(value)) return value.flatMap(table);
  return Object.entries(value).flatMap(([key, item]) =>
    isScalar(item) ? [`|  ${key}  |  ${scalar(item)}  |`] : [`|  ${key}  |`, ...table(item)],
  );
}

/** A value as `--output json|text|table|yaml` prints it, without the last line end. */
export function formatAws(value: Json, output: string): string {
  switch (output) {
    case 'text':
      return text(value).join('\n');
    case 'table':
      return table(isObject(value) || Array.isArray(value) ? value : [value]).join('\n');
    case 'yaml':
    case 'yaml-stream':
      return stringify(value).trimEnd();
    default:
      return JSON.stringify(value, null, 4);
  }
}
