import { posix } from 'node:path';
import type { Tree } from '../../readers/tree.ts';
import { mapping, scalar } from '../untyped.ts';
import { Evaluation, type World } from './evaluation.ts';
import { readLocated } from './located.ts';
import { looksLikeTemplate } from './recognise.ts';
import { samWorlds } from './sam-parameters.ts';
import { type Template, templateOf } from './template.ts';
import { worldsOf } from './worlds.ts';

const ENDING = /\.(?:ya?ml|json|template)$/i;
const NESTS = /AWS::CloudFormation::Stack|AWS::Serverless::Application/;
const MOST_PARENTS = 40;
const MOST_LEVELS = 4;

interface Known {
  /** The paths of possible templates by folder; made on first use. */
  folders: ReadonlyMap<string, readonly string[]>;
  /** The templates of a folder that hold nested stacks. */
  parents: Map<string, readonly Template[]>;
}

const known = new WeakMap<Tree, Known>();

function knownOf(tree: Tree): Known {
  const before = known.get(tree);
  if (before) return before;
  const folders = new Map<string, string[]>();
  for (const { path } of tree.files) {
    if (!ENDING.test(path)) continue;
    const folder = posix.dirname(path);
    const paths = folders.get(folder);
    if (paths) paths.push(path);
    else folders.set(folder, [path]);
  }
  const made = { folders, parents: new Map() };
  known.set(tree, made);
  return made;
}

/** The templates of one folder that start others. Each of its texts is looked into once. */
function parentsIn(folder: string, tree: Tree): readonly Template[] {
  const { folders, parents } = knownOf(tree);
  const before = parents.get(folder);
  if (before) return before;
  const found: Template[] = [];
  for (const path of folders.get(folder) ?? []) {
    if (found.length >= MOST_PARENTS) break;
    const text = tree.read(path);
    if (text === undefined || !NESTS.test(text) || !looksLikeTemplate(text)) continue;
    // places are of no use here: what a parent passes on has its evidence in the child
    const located = readLocated(path, text, () => 1);
    if (!('error' in located)) found.push(templateOf(path, located));
  }
  parents.set(folder, found);
  return found;
}

/**
 * How a template is deployed, as far as the tree tells: by the templates of its folder and of those above that start it
 * as a nested stack, with the parameters that they pass; else as SAM's configuration and its own parameters say.
 */
export function worldsFor(template: Template, tree: Tree, level = 0): World[] {
  const above = level < MOST_LEVELS && template.parameters.size > 0 ? startedBy(template, tree, level) : [];
  return above.length > 0 ? above.slice(0, 12) : worldsOf(template, samWorlds(template.path, tree));
}

function startedBy(template: Template, tree: Tree, level: number): World[] {
  const base = posix.basename(template.path);
  const folders = [posix.dirname(template.path)];
  while (folders.length < 4 && folders.at(-1) !== '.') folders.push(posix.dirname(folders.at(-1) ?? '.'));
  return folders
    .flatMap((folder) => parentsIn(folder, tree))
    .filter((parent) => parent.path !== template.path)
    .flatMap((parent) => {
      const stacks = [...parent.resources.values()].filter(
        ({ type, properties }) =>
          type === 'AWS::CloudFormation::Stack' &&
          JSON.stringify(properties.TemplateURL ?? '').includes(base),
      );
      if (stacks.length === 0) return [];
      return worldsFor(parent, tree, level + 1).flatMap((world): World[] => {
        const evaluation = new Evaluation(parent, world);
        return stacks.flatMap(({ properties, condition }): World[] => {
          const url = evaluation.text(properties.TemplateURL) ?? '';
          if (posix.join(posix.dirname(parent.path), url) !== template.path) return [];
          if (condition !== undefined && evaluation.condition(condition) === false) return [];
          return [passedOn(properties.Parameters, evaluation)];
        });
      });
    });
}

/** What a nested stack is given: a value that only the run knows stands as a symbol in the child as well. */
function passedOn(parameters: unknown, evaluation: Evaluation): World {
  const { environments, region, account } = evaluation.world;
  const given = [...mapping(parameters)].flatMap(([name, written]) => {
    const value = evaluation.value(written);
    const text = Array.isArray(value) ? value.map((item) => scalar(item) ?? '').join(',') : scalar(value);
    return text === undefined ? [] : [[name, text] as const];
  });
  return {
    parameters: new Map(given),
    environments,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
  };
}
