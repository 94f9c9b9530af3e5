import { maskSecrets } from '#lib/mask.ts';
import type { Json } from '#model/fact.ts';
import { type Answered, numberOf, objectOf, objectsOf, textOf } from '../fields.ts';

const LONGEST_MESSAGE = 200;

/** What people write may hold anything. */
const written = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text === undefined ? undefined : maskSecrets(text).slice(0, LONGEST_MESSAGE);
};

/** What the people and tools that deploy leave beside a version. */
const annotationsOf = (answered: Answered): Record<string, Json> => {
  const annotations = objectOf(answered.annotations);
  const message = written(annotations['workers/message']);
  const tag = written(annotations['workers/tag']);
  const triggeredBy = textOf(annotations['workers/triggered_by']);
  return {
    ...(message !== undefined && { message: maskSecrets(message) }),
    ...(tag !== undefined && { tag }),
    ...(triggeredBy !== undefined && { triggeredBy }),
  };
};

/**
 * The deployment that runs: the newest of them. Each version that it serves has its share in percent, and what was left
 * beside it. Cloudflare API, “Worker Deployments” and “Worker Versions”.
 * @param versions those that were listed
 */
export function deploymentIn(
  deployments: readonly Answered[],
  versions: readonly Answered[],
): Record<string, Json> | undefined {
  const newest = [...deployments].sort((a, b) =>
    String(b.created_on ?? '') < String(a.created_on ?? '') ? -1 : 1,
  )[0];
  const at = textOf(newest?.created_on);
  if (!newest || at === undefined) return undefined;
  const by = textOf(newest.author_email);
  const source = textOf(newest.source);
  return {
    at,
    ...(by !== undefined && { by }),
    ...(source !== undefined && { source }),
    ...annotationsOf(newest),
    versions: objectsOf(newest.versions).flatMap((one): Json[] => {
      const id = textOf(one.version_id);
      if (id === undefined) return [];
      const version = versions.find((listed) => listed.id === id);
      const created = textOf(objectOf(version?.metadata).created_on);
      const percentage = numberOf(one.percentage);
      return [
        {
          id,
          ...(percentage !== undefined && { percentage }),
          ...(created !== undefined && { createdAt: created }),
          ...(version && annotationsOf(version)),
        },
      ];
    }),
  };
}
