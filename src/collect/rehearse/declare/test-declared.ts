import { memoryTree } from '#collect/readers/memory-tree.ts';
import { workflowFiles } from '#collect/repo/workflow-files.ts';
import type { Fact } from '#model/fact.ts';
import { rehearse } from '../rehearse.ts';
import { declarations } from './declarations.ts';

/** For tests: rehearses the workflows and the named scripts of a repository, and gives what they declare. */
export async function declared(
  files: Record<string, string>,
  scripts: readonly string[] = [],
): Promise<Fact[]> {
  const tree = memoryTree(files);
  const { workflows, scripts: runs } = await rehearse(tree, {
    workflows: workflowFiles(tree),
    scripts: scripts.map((file) => ({ file, reachedFrom: ['README.md'] })),
  });
  return declarations(workflows, runs, tree);
}

/** For tests: those of one kind. */
export const of = (facts: readonly Fact[], kind: Fact['kind']): Fact[] =>
  facts.filter((fact) => fact.kind === kind);
/** For tests: where a fact stands. */
export const line = (fact: Fact | undefined): string =>
  fact && 'file' in fact.evidence ? `${fact.evidence.file.split('/').at(-1)}:${fact.evidence.line}` : '';
/** For tests: name, how it is known, place, environments. */
export const seen = (facts: readonly Fact[]): string[] =>
  facts.map(
    (fact) =>
      `${fact.name} ${fact.nameStatus} ${line(fact)}${fact.environments.length ? ` ${fact.environments.join()}` : ''}`,
  );
