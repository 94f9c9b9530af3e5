import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { type Bound, boundOf } from './addresses.ts';
import { isOpen, isUp } from './effect.ts';

/** A port that a service publishes at a number of its own. */
export interface WantedPort {
  service: string;
  protocol: 'tcp' | 'udp';
  address?: string;
  bound: Bound;
  from: number;
  to: number;
  /** One of the range is enough: the engine takes the first that is free. */
  isAnyOf: boolean;
  target: { from: number; to: number };
  line: number;
}

/** What starting a compose file is about: its services that take part, and what is there of them. */
export interface Start {
  file: ComposeFile;
  host: HostState;
  /** In the order in which Compose starts them: after what they depend on. */
  services: ComposeService[];
  /** Services that a profile leaves out. */
  leftOut: ComposeService[];
  /** Containers of this project on the host, started from whatever file. */
  projectContainers: HostContainer[];
  /** The project runs on the host from a file that is known to be another one. */
  takenOverFrom?: string;
  /** The folder on the host that relative paths are taken from, where a running container of the file tells it. */
  folder?: string;
}

const RANGE = /^(\d{1,5})(?:-(\d{1,5}))?$/;

function rangeOf(text: string): { from: number; to: number } | undefined {
  const match = RANGE.exec(text);
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return to >= from && to <= 65535 ? { from, to } : undefined;
}

/**
 * What a `ports` entry asks of the host. `ephemeral`: the engine chooses. `unknown`: a variable in it is not filled in, or
 * it is of no form that is known. Compose file reference, “ports”.
 */
export function wantedPort(
  service: string,
  { published, target, address, line }: ComposeService['ports'][number],
): WantedPort | 'ephemeral' | 'unknown' {
  const [inside = '', protocol = 'tcp'] = target.toLowerCase().split('/');
  const to = rangeOf(inside);
  if (published === undefined || published === '' || published === '0') return 'ephemeral';
  const range = rangeOf(published);
  const bound = boundOf(address);
  if (!to || !range || range.from === 0 || bound === undefined || (protocol !== 'tcp' && protocol !== 'udp'))
    return 'unknown';
  return {
    service,
    protocol,
    ...(address !== undefined && { address }),
    bound,
    ...range,
    isAnyOf: to.from === to.to && range.to > range.from,
    target: to,
    line,
  };
}

/** Services after what they depend on; a circle, which Compose refuses, stays in the file's order. */
export function inOrder(services: readonly ComposeService[]): ComposeService[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const done = new Set<string>();
  const order: ComposeService[] = [];
  const visit = (service: ComposeService, depth: number) => {
    if (done.has(service.name) || depth > 500) return;
    done.add(service.name);
    for (const name of needsOf(service)) {
      const needed = byName.get(name);
      if (needed) visit(needed, depth + 1);
    }
    order.push(service);
  };
  for (const service of services) visit(service, 0);
  return order;
}

/** What must be started before a service. */
export const needsOf = ({ dependsOn, networkMode }: ComposeService): string[] => [
  ...dependsOn,
  ...(networkMode?.startsWith('service:') ? [networkMode.slice('service:'.length)] : []),
];

/** Services that are not started where this one is not. */
export function dependentsOf(services: readonly ComposeService[], name: string): string[] {
  const waiting = new Set([name]);
  // in order: what a service needs stands before it
  for (const service of services)
    if (needsOf(service).some((one) => waiting.has(one))) waiting.add(service.name);
  waiting.delete(name);
  return [...waiting];
}

/** The file that containers of a project were started from, shown as the host has it. */
const filesOf = (container: HostContainer): string[] => container.compose?.files ?? [];

/** Whether a path of the host may be the file of the repository: it ends as the file's own path does. */
const mayBe = (onHost: string, file: string): boolean => onHost === file || onHost.endsWith(`/${file}`);

export function startOf(file: ComposeFile, host: HostState, profiles: ReadonlySet<string>): Start {
  const takesPart = ({ profiles: own }: ComposeService) =>
    own.length === 0 || profiles.has('*') || own.some((profile) => profiles.has(profile));
  const projectContainers = host.containers.filter(({ compose }) => compose?.project === file.project);
  const own = projectContainers.find((one) =>
    filesOf(one).some((path) => mayBe(path, file.file) || (file.overrides && mayBe(path, file.overrides))),
  );
  const other = projectContainers.find((one) => isUp(one) && filesOf(one).length > 0);
  const from = own ? undefined : other && (filesOf(other)[0] ?? '');
  const folder = own?.compose?.folder;
  return {
    file,
    host,
    services: inOrder(file.services.filter(takesPart)),
    leftOut: file.services.filter((service) => !takesPart(service)),
    projectContainers,
    ...(from !== undefined && { takenOverFrom: from }),
    ...(folder !== undefined && { folder }),
  };
}

/** Containers that Compose takes for those of a service: by its labels, whatever their names. */
export const ownContainers = (start: Start, service: string): HostContainer[] =>
  start.projectContainers.filter(({ compose }) => compose?.service === service);

/** Whether a container is one that this file would recreate or leave as it is. */
export const isOwn = (start: Start, { compose }: HostContainer): boolean =>
  compose?.project === start.file.project && start.services.some(({ name }) => name === compose.service);

/** What the engine calls the networks that a service joins; undefined where a name is not known. */
export function networksOf(file: ComposeFile, service: ComposeService): { key: string; name: string }[] {
  if (service.networkMode !== undefined) return [];
  const keys = service.networks.length > 0 ? service.networks : ['default'];
  return keys.map((key) => {
    const declared = file.networks.find((network) => network.key === key);
    return { key, name: declared?.name ?? `${file.project}_${key}` };
  });
}

/** Where a volume of a service comes from. */
export type Origin =
  | { is: 'named'; name: string }
  | { is: 'path'; path: string }
  | { is: 'relative'; path: string }
  | { is: 'anonymous' }
  | { is: 'unknown' };

export function originOf(start: Start, source: string): Origin {
  if (source === '') return { is: 'anonymous' };
  if (isOpen(source)) return { is: 'unknown' };
  if (source.startsWith('/')) return { is: 'path', path: normalised(source) };
  if (/^\.{1,2}(?:\/|$)/.test(source))
    return start.folder === undefined
      ? { is: 'relative', path: source }
      : { is: 'path', path: normalised(`${start.folder}/${source}`) };
  if (source.startsWith('~') || /^[A-Za-z]:[\\/]/.test(source)) return { is: 'unknown' };
  const declared = start.file.volumes.find(({ key }) => key === source);
  return { is: 'named', name: declared?.name ?? `${start.file.project}_${source}` };
}

/** A path without `.`, `..` and doubled slashes. */
export function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
