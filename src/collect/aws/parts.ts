import type { Kind, RelationFact } from '#model/fact.ts';

/** What follows the last slash of an ARN's resource, else its last colon: `service/cluster/api` is `api`. */
export const lastPart = (arn: string): string => {
  const resource = arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') : arn;
  return resource.slice(resource.lastIndexOf('/') + 1);
};

/** A relation to something of AWS, by its name or its ARN. */
export const relation = (type: string, kind: Kind, name: string, scope?: string): RelationFact => ({
  type,
  to: { kind, name, ...(scope !== undefined && { scope }) },
});

interface Tag {
  Key?: string | undefined;
  Value?: string | undefined;
  key?: string | undefined;
  value?: string | undefined;
}

/** Tags as a record; AWS writes them in three spellings. */
export function tagsOf(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries(
    (tags ?? []).map((tag) => [tag.Key ?? tag.key ?? '', tag.Value ?? tag.value ?? '']),
  );
}
