import { posix } from 'node:path';
import { environmentOf, environmentsOf } from '#lib/environments.ts';
import { readYaml } from '#lib/yaml-source.ts';
import type { Tree } from '../../readers/tree.ts';
import { readToml } from '../toml-source.ts';
import { mapping, scalar } from '../untyped.ts';
import type { World } from './evaluation.ts';

const FILES = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];
const DEFAULT_TEMPLATES = ['template.yaml', 'template.yml', 'template.json'];
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
/** `A=1`, `A="two words"`, `"A=two words"`. */
const OVERRIDE =
  /"([A-Za-z0-9]{1,255})=((?:[^"\\]|\\.)*)"|'([A-Za-z0-9]{1,255})=([^']*)'|([A-Za-z0-9]{1,255})=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']*)/g;
const STACK = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

const read = new WeakMap<Tree, Map<string, ReadonlyMap<string, unknown>>>();

/** The environments of a folder's configuration of SAM; empty where it has none that can be read. */
function configOf(tree: Tree, folder: string): ReadonlyMap<string, unknown> {
  const known = read.get(tree) ?? new Map<string, ReadonlyMap<string, unknown>>();
  read.set(tree, known);
  const before = known.get(folder);
  if (before) return before;
  const path = FILES.map((name) => posix.join(folder, name)).find((one) => tree.paths.has(one));
  const text = path === undefined ? undefined : tree.read(path);
  const config = path === undefined || text === undefined ? new Map<string, unknown>() : parsed(path, text);
  known.set(folder, config);
  return config;
}

function parsed(path: string, text: string): ReadonlyMap<string, unknown> {
  if (path.endsWith('.toml')) {
    const toml = readToml(text);
    return 'error' in toml ? new Map() : toml.top;
  }
  const yaml = readYaml(text, { merge: true });
  return 'error' in yaml ? new Map() : mapping(yaml.value);
}

/** `A=1 B="two words"`, a list of such, or a mapping; as `--parameter-overrides` of SAM takes them. */
function overridesIn(value: unknown): Map<string, string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return new Map(
      [...mapping(value)].flatMap(([name, given]) => {
        const text = scalar(given);
        return text === undefined ? [] : [[name, text] as const];
      }),
    );
  const texts = Array.isArray(value) ? value.map((item) => scalar(item) ?? '') : [scalar(value) ?? ''];
  const pairs = texts.flatMap((text) =>
    [...text.slice(0, 20_000).matchAll(OVERRIDE)].map((match) => {
      const [, doubled, double = '', singled, single = '', name = '', given = ''] = match;
      if (doubled !== undefined) return [doubled, double.replaceAll('\\"', '"')] as const;
      if (singled !== undefined) return [singled, single] as const;
      const quoted = /^(["'])(.*)\1$/s.exec(given);
      return [name, quoted ? (quoted[2] ?? '').replaceAll('\\"', '"') : given] as const;
    }),
  );
  return new Map(pairs);
}

/**
 * How SAM deploys a template: one world for each environment of the `samconfig` beside it, or in a folder above that
 * names it. AWS SAM Developer Guide, “AWS SAM CLI configuration file”.
 */
export function samWorlds(template: string, tree: Tree): World[] {
  const folders = [posix.dirname(template)];
  while (folders.length < 8 && folders.at(-1) !== '.') folders.push(posix.dirname(folders.at(-1) ?? '.'));
  for (const folder of folders) {
    const worlds = [...configOf(tree, folder)].slice(0, 24).flatMap(([environment, commands]): World[] => {
      const of = (command: string) => mapping(mapping(mapping(commands).get(command)).get('parameters'));
      const given = new Map([...of('global'), ...of('deploy')]);
      if (given.size === 0) return [];
      const file = scalar(given.get('template_file') ?? given.get('template') ?? given.get('template-file'));
      const deploys = file === undefined ? DEFAULT_TEMPLATES : [file.replace('.aws-sam/build/', '')];
      if (!deploys.some((one) => posix.join(folder, one) === template)) return [];
      const stack = scalar(given.get('stack_name') ?? given.get('stack-name')) ?? '';
      const region = scalar(given.get('region')) ?? '';
      const own = environmentOf(environment);
      return [
        {
          parameters: overridesIn(given.get('parameter_overrides') ?? given.get('parameter-overrides')),
          environments: own === undefined ? environmentsOf(stack) : [own],
          ...(STACK.test(stack) && { stackName: stack }),
          ...(REGION.test(region) && { region }),
        },
      ];
    });
    if (worlds.length > 0) return worlds;
  }
  return [];
}
