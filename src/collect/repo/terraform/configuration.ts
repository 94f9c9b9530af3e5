import { code } from '#model/text.ts';
import type { Reading, Sink } from '../../collector.ts';
import { withoutRetiredMark } from '../retired.ts';
import { parseHcl } from './hcl/bodies.ts';
import { parseTerraformJson, parseVariablesJson } from './hcl/json.ts';
import type { Body } from './hcl/nodes.ts';
import { type ModuleConfig, type ModuleFile, moduleOf } from './module-config.ts';
import { folderOf } from './paths.ts';

const MODULE = /\.(?:tf|tofu)(?:\.json)?$/;
const VALUES = /\.tfvars(?:\.json)?$/;
const UNIT = /(?:^|\/)terragrunt\.hcl$/;

/** Files of Terraform, OpenTofu and Terragrunt, by the last part of their path in lower case. */
export const isTerraform = (base: string): boolean =>
  MODULE.test(base) || VALUES.test(base) || UNIT.test(base);

/** A file of values for variables (`.tfvars`). */
export interface ValuesFile {
  reading: Reading;
  body: Body;
}

/** Everything that the files of a repository say, taken apart and not worked out. */
export interface Configuration {
  /** By folder. */
  modules: Map<string, ModuleConfig>;
  values: ValuesFile[];
  units: ValuesFile[];
  /** Files renamed out of use, which Terraform does not load: each a module of its own. */
  retired: ModuleConfig[];
}

/** Parses every file. An error costs one line of coverage; what stands before it is kept. */
export function configurationOf(readings: readonly Reading[], sinkOf: (file: string) => Sink): Configuration {
  const folders = new Map<string, ModuleFile[]>();
  const values: ValuesFile[] = [];
  const units: ValuesFile[] = [];
  const retired: ModuleConfig[] = [];
  for (const reading of readings) {
    const plain = withoutRetiredMark(reading.path).toLowerCase();
    const body = parsed(reading, plain, sinkOf(reading.path));
    const folder = folderOf(reading.path);
    if (plain.length < reading.path.length) {
      if (MODULE.test(plain)) retired.push(moduleOf(folder, [{ reading, body }]));
    } else if (UNIT.test(plain)) units.push({ reading, body });
    else if (VALUES.test(plain)) values.push({ reading, body });
    else folders.set(folder, [...(folders.get(folder) ?? []), { reading, body }]);
  }
  const modules = new Map([...folders].map(([folder, files]) => [folder, moduleOf(folder, files)]));
  return { modules, values, units, retired };
}

function parsed(reading: Reading, plain: string, sink: Sink): Body {
  const parse = !plain.endsWith('.json')
    ? parseHcl
    : VALUES.test(plain)
      ? parseVariablesJson
      : parseTerraformJson;
  const { body, error } = parse(reading.text);
  if (error)
    sink.unread(reading.lineOf(error.offset), {
      fr: `la lecture s’arrête ici\u00a0: ${code(error.message)}`,
      en: `reading stops here: ${code(error.message)}`,
    });
  return body;
}
