import type { Kind, ResourceKey } from '../fact.ts';
import { kinds as compute } from './aws-compute.ts';
import { kinds as data } from './aws-data.ts';
import { kinds as network } from './aws-network.ts';
import { kinds as platform } from './aws-platform.ts';
import { kinds as cloudflare } from './cloudflare.ts';
import { kinds as elsewhere } from './elsewhere.ts';
import { kinds as host } from './host.ts';
import type { KindDefinition } from './kind.ts';

const known = new Map<string, KindDefinition>(
  [...compute, ...network, ...data, ...platform, ...cloudflare, ...host, ...elsewhere].map((definition) => [
    definition.kind,
    definition,
  ]),
);

/** Every kind with a definition, sorted. */
export const allKinds: readonly KindDefinition[] = [...known.values()].sort((a, b) =>
  a.kind < b.kind ? -1 : 1,
);

const PROVIDERS: Record<string, KindDefinition['provider']> = {
  AWS: 'aws',
  Cloudflare: 'cloudflare',
  GitHub: 'github',
  Docker: 'docker',
  Compose: 'docker',
  Azure: 'azure',
  Google: 'google',
  Kubernetes: 'kubernetes',
  Host: 'host',
  Systemd: 'host',
  Cron: 'host',
  Nginx: 'host',
  Traefik: 'host',
  Caddy: 'host',
  HAProxy: 'host',
  SQLite: 'host',
};

/** The definition of a kind; a kind without one keeps its own name as title and has no verification. */
export function kindOf(kind: Kind): KindDefinition {
  const definition = known.get(kind);
  if (definition) return definition;
  const title = kind.replaceAll('::', ' ').replace(/^AWS /, '');
  return {
    kind,
    provider: PROVIDERS[kind.split('::')[0] ?? ''] ?? 'external',
    title: { fr: title, en: title },
    domain: 'external',
  };
}

/** The identity of what a fact speaks of: kind, scope where the kind has one, and the normalised name. */
export function identity(key: ResourceKey): ResourceKey {
  const definition = kindOf(key.kind);
  const name = definition.normalise?.(key.name) ?? key.name;
  return { kind: key.kind, name, ...(definition.scoped && key.scope !== undefined && { scope: key.scope }) };
}

/** `constat:<kind>:<scope>:<name>`, the id of a resource whose ARN nobody has seen. */
export function resourceId(key: ResourceKey): string {
  const { kind, scope, name } = identity(key);
  return `constat:${kind}:${scope ?? ''}:${name}`;
}
