import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Report } from '#model/report.ts';
import type { Resource } from '#model/resource.ts';
import { code, type Text } from '#model/text.ts';

interface Group {
  kind: Kind;
  region?: string;
  scope?: string;
  resources: Resource[];
}

/** How many names one command asks for at most. */
const MOST_NAMES = 50;
const hasPlaceholder = (name: string | undefined) => name !== undefined && /[⟨⟩${}<>]/.test(name);

function titleOf({ kind, region, scope }: Group): Text {
  const { title } = kindOf(kind);
  const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const where = (inside: string, at: string) =>
    [scope && `${inside} ${code(scope)}`, region && `${at} ${code(region)}`].filter(Boolean).join(', ');
  return {
    fr: [upper(title.fr), where('dans', 'en')].filter(Boolean).join(' '),
    en: [upper(title.en), where('in', 'in')].filter(Boolean).join(' '),
  };
}

/** Unverified resources whose names can be asked for, by kind, region and scope; AWS first. */
function groupsOf(resources: readonly Resource[]): Group[] {
  const groups = new Map<string, Group>();
  // where every resource whose region is known is in one region, the others are looked for there
  const regions = new Set(
    resources.map((resource) => resource.region).filter((region) => region !== undefined),
  );
  const only = regions.size === 1 ? [...regions][0] : undefined;
  for (const resource of resources) {
    const definition = kindOf(resource.kind);
    if (resource.status !== 'unverified' || !definition.verify) continue;
    if (resource.nameStatus === 'template' || resource.nameStatus === 'logical') continue;
    if (hasPlaceholder(resource.name) || hasPlaceholder(resource.scope)) continue;
    const region = definition.global || definition.provider !== 'aws' ? undefined : (resource.region ?? only);
    const first = definition.provider === 'aws' ? 0 : 1;
    const key = [first, resource.kind, region ?? '', resource.scope ?? ''].join('\n');
    const group = groups.get(key);
    if (group) group.resources.push(resource);
    else
      groups.set(key, {
        kind: resource.kind,
        ...(region !== undefined && { region }),
        ...(resource.scope !== undefined && { scope: resource.scope }),
        resources: [resource],
      });
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/**
 * The commands that would establish what nobody looked at, with the names expected. Names that are only known at
 * run time are left out: a command with a placeholder establishes nothing.
 */
export function verificationsOf(resources: readonly Resource[]): Report['proofs'] {
  const parts = groupsOf(resources).flatMap((group) =>
    Array.from({ length: Math.ceil(group.resources.length / MOST_NAMES) }, (_, i) => ({
      ...group,
      resources: group.resources.slice(i * MOST_NAMES, (i + 1) * MOST_NAMES),
    })),
  );
  return parts.flatMap((group, index) => {
    const verification = kindOf(group.kind).verify?.(
      group.resources.map((resource) => resource.name),
      group,
    );
    if (!verification) return [];
    return {
      id: `V-${String(index + 1).padStart(2, '0')}`,
      title: titleOf(group),
      ...verification,
      resources: group.resources.map((resource) => resource.id),
    };
  });
}
