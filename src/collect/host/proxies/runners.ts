import { parseImageReference } from '#lib/image-reference.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import type { ProxyProduct } from '#model/proxy.ts';

/** Who runs a proxy: a container, a unit, or a process of the host that no unit is known for. */
export interface Runner {
  container?: HostContainer;
  unit?: string;
  /** Its command line, as far as it is known. */
  command?: string;
}

const IMAGE: Readonly<Record<ProxyProduct, RegExp>> = {
  traefik: /(?:^|\/)(?:mirrored-library-)?traefik(?:ee)?$/,
  nginx: /(?:^|\/|-)(?:nginx|openresty|angie)(?:$|-(?!prometheus|exporter|unit))/,
  caddy: /(?:^|\/)caddy(?:$|-(?!exporter))/,
  haproxy: /(?:^|\/)haproxy(?:$|-(?!exporter))/,
};
/** A program as the first word of a command line, or what an entry point hands on to. */
const PROGRAM: Readonly<Record<ProxyProduct, RegExp>> = {
  traefik: /(?:^|[\s/])traefik(?=\s|$)|\s--?(?:entry[pP]oints|providers)\.[\w.-]{1,80}(?:=|\s)/,
  nginx: /(?:^|[\s/])(?:nginx|openresty|angie)(?=\s|$)/,
  caddy: /(?:^|[\s/])caddy(?=\s|$)/,
  haproxy: /(?:^|[\s/])haproxy(?=\s|$)/,
};

/** Whether a container runs a proxy, by its image or its command line. */
export function isRunner(product: ProxyProduct, { image, command = '' }: HostContainer): boolean {
  const { repository = '' } = parseImageReference(image) ?? {};
  return IMAGE[product].test(repository) || PROGRAM[product].test(command);
}

/**
 * Who runs a proxy on a host, as far as images, command lines, units and names of processes tell: running containers, then
 * active units, then processes that listen and belong to none of these.
 */
export function runnersOf(product: ProxyProduct, state: Readonly<HostState>): Runner[] {
  const containers = state.containers.filter((one) => one.state === 'running' && isRunner(product, one));
  const units = state.units.filter(
    ({ type, active, execStart }) =>
      type === 'service' &&
      active === 'active' &&
      execStart.some((line) => PROGRAM[product].test(line.split(/\s/, 1)[0] ?? '')),
  );
  // whose a socket is, is only asked together with this: that must change nothing here
  const alone =
    units.length === 0 && !containers.some(({ networkMode }) => networkMode === 'host')
      ? state.listeners.find(({ process }) => process?.name === product)
      : undefined;
  return [
    ...containers.map((container) => ({
      container,
      ...(container.command !== undefined && { command: container.command }),
    })),
    ...units.map(({ name, execStart }) => ({ unit: name, command: execStart.join('\n') })),
    ...(alone ? [alone.unit === undefined ? {} : { unit: alone.unit }] : []),
  ];
}

/** Where a configuration runs, as it is told of it. */
export const placeOf = ({ container, unit }: Runner): { container?: string; unit?: string } => ({
  ...(container && { container: container.name }),
  ...(unit !== undefined && { unit }),
});

/** The value of an option on a command line: `-c /etc/x.conf`, `--config=/etc/x.json`. */
export function optionIn(command: string | undefined, names: readonly string[]): string | undefined {
  const words = (command ?? '').slice(0, 4_000).split(/\s+/);
  for (const [index, word] of words.entries()) {
    if (names.includes(word)) return words[index + 1] || undefined;
    const name = names.find((one) => one.startsWith('--') && word.startsWith(`${one}=`));
    if (name !== undefined) return word.slice(name.length + 1) || undefined;
  }
  return undefined;
}
