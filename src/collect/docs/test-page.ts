import { memoryTree } from '../readers/memory-tree.ts';
import { mentionsInListing } from './listings.ts';
import type { Mention } from './mention.ts';
import { parsePage } from './parse.ts';
import { isFolderName, isRepositoryPath } from './paths.ts';
import { mentionsOfIdentifiers, vocabularyOf } from './places.ts';
import { mentionsInTable } from './tables.ts';
import { mentionsInProse } from './typed-context.ts';

/** For tests: what a page names outside its commands, in a repository with these files. */
export function named(text: string, files: string[] = []): Mention[] {
  const page = parsePage(text);
  const tree = memoryTree(Object.fromEntries(files.map((file) => [file, ''])));
  const around = {
    vocabulary: vocabularyOf(text),
    isPath: (name: string) => isRepositoryPath(name, tree),
    isFolder: (name: string) => isFolderName(name, tree),
    isWorkflow: (file: string) => tree.paths.has(`.github/workflows/${file}`),
  };
  return [
    ...mentionsOfIdentifiers(page, around),
    ...page.titles.flatMap((title) => mentionsInProse(title, around)),
    ...page.blocks.flatMap((block) => {
      if (block.type === 'text') return mentionsInProse(block, around);
      return block.type === 'table' ? mentionsInTable(block, around) : mentionsInListing(block, around);
    }),
  ];
}

/** For tests: `kind name` of each, `?` before what is only a reference; sorted, each once. */
export const shown = (mentions: readonly Mention[]): string[] =>
  [
    ...new Set(mentions.map(({ kind, name, sort }) => `${sort === 'reference' ? '? ' : ''}${kind} ${name}`)),
  ].sort();
