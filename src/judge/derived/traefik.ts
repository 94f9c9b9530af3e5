import type { Estate } from '#model/estate.ts';
import type { ProxyConfig } from '#model/proxy.ts';

/** A name of a middleware or service as a router writes it. */
export interface WrittenName {
  name: string;
  provider: string | undefined;
  /** The provider stands in the name. */
  isNamed: boolean;
}

/** Splits `auth@file`; without a provider the name is of the router's own. Traefik, “Providers”, “Provider namespace”. */
export function writtenName(written: string, own: string | undefined): WrittenName {
  const [, name = written, provider] = /^(.+)@([^@]+)$/.exec(written) ?? [];
  return { name, provider: provider ?? own, isNamed: provider !== undefined };
}

/** A name of which a part is filled in later: nobody knows what it leads to. */
export const isOpen = (name: string): boolean => /[$⟨⟩<>%]|\{\{/.test(name);

/** Declared configurations of Traefik that rules judge: neither out of use nor to be copied. */
export const isDeclaredTraefik = ({ product, source, standing }: ProxyConfig): boolean =>
  product === 'traefik' && source === 'repo' && standing === 'declared';

/** What the files of the repository define; what is out of use defines nothing. */
export const traefiksOf = ({ artifacts }: Estate): ProxyConfig[] =>
  artifacts.proxies.filter(
    ({ product, source, standing }) => product === 'traefik' && source === 'repo' && standing !== 'retired',
  );

const FILES = /^(?:providers\.file |templates$|too large$|static configuration$|documents after the first$)/;
const ENTRY_POINTS = /^(?:entryPoints\.|templates$|too large$|static configuration$)/;

/**
 * Whether everything that the file provider of a configuration reads was read: what it does not define there is nowhere.
 * Without the static configuration nobody knows what else is watched.
 */
export const hasAllFiles = (config: ProxyConfig): boolean =>
  config.providers.some(({ name, path }) => name === 'file' && path !== undefined) &&
  !config.blindSpots.some(({ what }) => FILES.test(what));

/** Whether all entry points of a configuration are known. */
export const hasAllEntryPoints = (config: ProxyConfig): boolean =>
  config.entryPoints.length > 0 && !config.blindSpots.some(({ what }) => ENTRY_POINTS.test(what));

const isContainers = (provider: string | undefined): boolean => provider === 'docker' || provider === 'swarm';

/** Swarm's containers are `docker` in version 2 and `swarm` since 3. */
export const isSameProvider = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (isContainers(a) && isContainers(b));

/** What a name that nothing defines may be a slip for. */
export type Undefined =
  | { is: 'defined' | 'unknown' }
  /** Its provider's files were all read, and none defines it. */
  | { is: 'undefined' }
  /** It is written without a provider, and only another one defines it. */
  | { is: 'elsewhere'; provider: string };

/**
 * Whether anything that was read defines a name. Containers of other stacks may define names of the same provider, which
 * no repository tells; of those only what another provider defines here is a slip.
 */
export function lookUp(
  written: WrittenName,
  config: ProxyConfig,
  defined: readonly { name: string; provider?: string }[],
): Undefined {
  const { name, provider, isNamed } = written;
  if (isOpen(name) || provider === undefined || provider === 'internal') return { is: 'unknown' };
  const alike = defined.filter((one) => one.name === name);
  if (alike.some((one) => one.provider === undefined || isSameProvider(one.provider, provider)))
    return { is: 'defined' };
  if (provider === 'file' && hasAllFiles(config)) return { is: 'undefined' };
  const other = alike.find((one) => one.provider === 'file');
  if (!isNamed && isContainers(provider) && other?.provider !== undefined)
    return { is: 'elsewhere', provider: other.provider };
  return { is: 'unknown' };
}
