import type { Resource } from '#model/resource.ts';
import { code, type Text } from '#model/text.ts';

/** Who changed a resource last, and when, as a sentence; undefined where no record tells. */
export function lastChangeOf({ lastChange }: Resource): Text | undefined {
  if (!lastChange) return undefined;
  const { event, by } = lastChange;
  const day = lastChange.at.slice(0, 10);
  return {
    fr: `Dernier changement\u00a0: ${code(event)}${by === undefined ? '' : ` par ${code(by)}`}, le ${day}.`,
    en: `Last change: ${code(event)}${by === undefined ? '' : ` by ${code(by)}`}, on ${day}.`,
  };
}

/** The same for several resources, each with its name; those that no record tells of are left out. */
export function lastChangesOf(resources: readonly Resource[]): Text[] {
  return resources.flatMap((resource) => {
    const change = lastChangeOf(resource);
    const name = code(resource.name);
    return change
      ? [
          {
            fr: `${name}\u00a0: ${change.fr.charAt(0).toLowerCase()}${change.fr.slice(1)}`,
            en: `${name}: ${change.en.charAt(0).toLowerCase()}${change.en.slice(1)}`,
          },
        ]
      : [];
  });
}
