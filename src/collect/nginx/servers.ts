import type { EntryPoint, ProxyRouter } from '#model/proxy.ts';
import type { Directive } from './tokens.ts';

/** A `server` of `http` before its locations are gone through. */
export interface NginxServer {
  directive: Directive;
  block: readonly Directive[];
  /** As `server_name` gives them, in lower case; empty where it gives none. */
  names: string[];
  /** The first name, else `_`. */
  label: string;
  listens: Listen[];
  /** Names of entry points on which it takes what no name fits. */
  defaultOn: string[];
  /** Unique in the configuration. */
  site: string;
}

export interface Listen {
  entryPoint: EntryPoint;
  isDefault: boolean;
}

const MOST_PORTS = 100;

/** What one `listen` says. `ngx_http_core_module`, `listen`; a range of ports makes several. */
export function listensOf(directive: Directive, at: EntryPoint['at']): Listen[] {
  const [written = '', ...parameters] = directive.args;
  const isUdp = parameters.includes('quic') || parameters.includes('udp');
  const isTls = parameters.includes('ssl') || parameters.includes('quic');
  const isDefault = parameters.includes('default_server') || parameters.includes('default');
  const listen = (name: string, address: string, port: number): Listen => ({
    entryPoint: {
      name: isUdp ? `${name}/udp` : name,
      address,
      port,
      protocol: isUdp ? 'udp' : 'tcp',
      isTls,
      at,
    },
    isDefault,
  });
  if (written.startsWith('unix:')) return [listen(written, written, 0)];
  const [, before = '', first, end] = /^(?:(.*):)?(\d{1,5})(?:-(\d{1,5}))?$/.exec(written) ?? [];
  // an address alone listens on 80; a variable is a placeholder of a template
  if (first === undefined) {
    const port = /:\$\{?\w{1,80}\}?$|^\$\{?\w{1,80}\}?$/.test(written) ? 0 : 80;
    const bare = written.replace(/:?\$\{?\w{1,80}\}?$/, '');
    const address = plainAddress(bare);
    const shown = port === 0 ? written.slice(bare.length).replace(/^:/, '') : port;
    return [listen(`${shownAddress(address)}:${shown}`, address, port)];
  }
  const from = Number(first);
  const to = Math.min(end === undefined ? from : Number(end), from + MOST_PORTS, 65_535);
  const address = plainAddress(before);
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) =>
    listen(`${shownAddress(address)}:${from + index}`, address, from + index),
  );
}

const plainAddress = (text: string): string => {
  const bare = text.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === '*' || bare === '0.0.0.0' ? '' : bare;
};

const shownAddress = (address: string): string =>
  address === '' ? '*' : address.includes(':') ? `[${address}]` : address;

/** The entry points of servers that share them are one; it is of TLS where any of them says so. */
export function entryPointsOf(servers: readonly { listens: readonly Listen[] }[]): EntryPoint[] {
  const known = new Map<string, EntryPoint>();
  for (const { listens } of servers) {
    for (const { entryPoint } of listens) {
      const before = known.get(entryPoint.name);
      if (!before) known.set(entryPoint.name, { ...entryPoint });
      else if (entryPoint.isTls) before.isTls = true;
    }
  }
  return [...known.values()];
}

/**
 * Servers of `http` with what they listen on. Where no `listen` says `default_server`, the first server of an address and
 * port takes what no name fits. nginx documentation, “How nginx processes a request”.
 */
export function serversOf(
  blocks: readonly Directive[],
  at: (directive: Directive) => EntryPoint['at'],
): NginxServer[] {
  const servers = blocks.map((directive): NginxServer => {
    const block = directive.block ?? [];
    const names = block
      .filter(({ name }) => name === 'server_name')
      .flatMap(({ args }) => args)
      .flatMap(namesOf)
      .filter((name) => name !== '' && name !== '_');
    const told = block.filter(({ name }) => name === 'listen').flatMap((one) => listensOf(one, at(one)));
    const tls = block.some(({ name, args }) => name === 'ssl' && args[0] === 'on');
    const listens = (
      told.length > 0 ? told : listensOf({ ...directive, name: 'listen', args: ['80'] }, at(directive))
    ).map((one) => (tls ? { ...one, entryPoint: { ...one.entryPoint, isTls: true } } : one));
    return { directive, block, names, label: names[0] ?? '_', listens, defaultOn: [], site: '' };
  });
  const defaults = new Map<string, { server: NginxServer; isStated: boolean }>();
  for (const server of servers) {
    for (const { entryPoint, isDefault } of server.listens) {
      const known = defaults.get(entryPoint.name);
      if (!known || (isDefault && !known.isStated))
        defaults.set(entryPoint.name, { server, isStated: isDefault });
    }
  }
  for (const [name, { server }] of defaults) server.defaultOn.push(name);
  const taken = new Map<string, number>();
  for (const server of servers) {
    const plain = `${server.label} ${server.listens.map(({ entryPoint }) => entryPoint.name).join(' ')}`;
    const number = (taken.get(plain) ?? 0) + 1;
    taken.set(plain, number);
    server.site = number === 1 ? plain : `${plain} (${number})`;
  }
  return servers;
}

/** `.example.org` stands for the name and all below it. `ngx_http_core_module`, `server_name`. */
const namesOf = (name: string): string[] => {
  if (name.startsWith('~')) return [name];
  const lower = name.toLowerCase();
  return lower.startsWith('.') ? [lower.slice(1), `*${lower}`] : [lower];
};

/** What stands in `stream` and `mail`: it takes ports and serves no host. */
export function otherServer(
  directive: Directive,
  context: 'stream' | 'mail',
  at: EntryPoint['at'],
): { entryPoints: EntryPoint[]; router: Omit<ProxyRouter, 'target'> } {
  const listens = (directive.block ?? [])
    .filter(({ name }) => name === 'listen')
    .flatMap((one) => listensOf(one, at));
  const entryPoints = listens.map(({ entryPoint }) => ({
    ...entryPoint,
    name: `${context} ${entryPoint.name}`,
  }));
  const names = entryPoints.map(({ name }) => name);
  return {
    entryPoints,
    router: {
      name: names[0] ?? context,
      site: names.join(', ') || context,
      provider: context,
      entryPoints: names,
      match: { hosts: [], paths: [], other: [context] },
      rule: context,
      middlewares: [],
      errors: [],
      guards: [],
      at,
    },
  };
}
