import type { Text } from '#model/text.ts';
import { fill, joined } from './text.ts';
import type { Resource } from './vocabulary.ts';
import { inventoryWords as words } from './words/inventory.ts';

const ON_HOSTS: ReadonlySet<string> = new Set(['host', 'docker']);

/** What the inventory leaves out because a provider, a distribution or an engine brings it; undefined where nothing is. */
export function builtInNote(resources: readonly Resource[]): Text | undefined {
  const left = resources.filter(({ properties }) => properties.builtIn === true);
  const onHosts = left.filter(({ provider }) => ON_HOSTS.has(provider)).length;
  const elsewhere = left.length - onHosts;
  const isOfAws = left.every(({ provider }) => provider === 'aws' || ON_HOSTS.has(provider));
  const notes = [
    ...(elsewhere > 0 ? [fill(isOfAws ? words.builtIn : words.builtInElsewhere, { n: elsewhere })] : []),
    ...(onHosts > 0 ? [fill(words.builtInOnHosts, { n: onHosts })] : []),
  ];
  return notes.length === 0 ? undefined : joined(notes, ' ');
}
