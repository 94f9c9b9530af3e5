import { commandTool } from './command-tool.ts';
import { imageNamed } from './image-names.ts';
import { names } from './options.ts';

/** `kustomize edit set image name=registry/name:tag`. Kustomize documentation. */
export const kustomize = commandTool({
  names: ['kustomize'],
  grammar: { valued: names('o output load-restrictor e env helm-command') },
  depth: (words) => (words[0] === 'edit' ? 3 : 1),
  requires: /^edit set/,
  prints: /^build/,
  named: ({ operation, words }) =>
    operation === 'edit set image'
      ? words
          .filter((word) => word.includes('='))
          .flatMap((word) => imageNamed(word.slice(word.indexOf('=') + 1), 'requires'))
      : [],
});
