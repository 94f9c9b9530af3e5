import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';

export const CONFIGURATION_FILE = 'constat.yaml';

/** A short relative path for messages. */
const shown = (file: string) => path.relative(process.cwd(), file) || file;

/**
 * Reads `constat.yaml` of a folder, or the file given.
 * @throws InputError with `file:line:column: what, and what to do` for each thing that is wrong.
 */
export async function readConfiguration(root: string, file?: string): Promise<Config> {
  const target = file ?? path.join(root, CONFIGURATION_FILE);
  if (!existsSync(target)) {
    if (file !== undefined) throw new InputError(`${file}: no such file; give the path of a constat.yaml`);
    return {};
  }
  let text: string;
  try {
    text = readFileSync(target, 'utf8');
  } catch {
    throw new InputError(`${shown(target)}: cannot be read; check its permissions`);
  }
  return parseConfiguration(text, shown(target));
}

/** {@link readConfiguration} on a text. `name` heads each message. */
export async function parseConfiguration(text: string, name: string): Promise<Config> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined) => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const [broken] = document.errors;
  if (broken) throw new InputError(`${at(broken.pos[0])}: ${broken.message.split('\n')[0]}`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    throw new InputError(`${name}:1:1: too many aliases; write the values out`);
  }
  // Only where there is a configuration: schemas take longer to load than many an audit.
  const { configSchema } = await import('#model/config.ts');
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const keys = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    const place = issue.code === 'unrecognized_keys' ? [...keys, issue.keys[0] ?? ''] : keys;
    return `${at(offsetOf(document, place))}: ${place.join('.') || 'the file'}: ${messageOf(issue)}`;
  });
  throw new InputError(problems.join('\n'));
}

function messageOf(issue: { code: string; message: string; keys?: string[] }): string {
  if (issue.code !== 'unrecognized_keys') return issue.message.replace(/^Invalid input: /, '');
  return 'unknown key; see docs/configuration.md for those that exist';
}

function offsetOf(document: ReturnType<typeof parseDocument>, keys: (string | number)[]): number | undefined {
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    const parent = document.getIn(keys.slice(0, length - 1), true) as
      | { items?: { key?: { value?: unknown; range?: [number, number, number] } }[] }
      | undefined;
    const pair = parent?.items?.find((item) => item.key?.value === keys[length - 1]);
    const range = pair?.key?.range ?? node?.range;
    if (range) return range[0];
  }
  return undefined;
}
