import { maskSecrets } from '#lib/mask.ts';
import type { ProxyPlace, ProxyServer, ProxyService } from '#model/proxy.ts';
import type { Directive } from './tokens.ts';

const PORTS = new Map([
  ['http', 80],
  ['https', 443],
  ['grpc', 80],
  ['grpcs', 443],
]);
/** Directives that hand a request on, and the protocol that they speak where their value names none. */
export const PASSES: ReadonlyMap<string, string> = new Map([
  ['proxy_pass', 'http'],
  ['fastcgi_pass', 'fastcgi'],
  ['uwsgi_pass', 'uwsgi'],
  ['scgi_pass', 'scgi'],
  ['grpc_pass', 'grpc'],
  ['memcached_pass', 'memcached'],
  ['redis_pass', 'redis'],
  ['redis2_pass', 'redis'],
  ['tunnel_pass', 'tcp'],
]);

/** An address as nginx writes one: a name or an address, with a port or without, or the path of a socket. */
export function addressOf(text: string): { host: string; port?: number } {
  // the name is known where only the port is a variable or a placeholder
  const before = /^([\w.-]{1,253}):(?!\d{1,5}$)/.exec(text)?.[1];
  if (text.startsWith('unix:') || /^_{2}\w{1,80}_{2}/.test(text)) return { host: '' };
  if (before !== undefined || text.includes('$')) return { host: before?.toLowerCase() ?? '' };
  const [, six, named, port] =
    /^(?:\[([0-9a-fA-F:.]{2,64})\]|([^\s:[\]]{1,253}))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = (six ?? named ?? '').toLowerCase();
  return { host, ...(port !== undefined && { port: Number(port) }) };
}

/** What `proxy_pass` and its like name: `scheme://address/path`, variables put in. */
export interface Passed {
  scheme: string;
  address: string;
  /** The path that is put before; undefined: the request's own is kept. */
  path?: string;
  text: string;
}

export function passedOf(directive: string, value: string): Passed {
  const usual = PASSES.get(directive) ?? 'http';
  const [, scheme = usual, rest = value] = /^([a-z][a-z0-9+.-]{0,19}):\/\/(.*)$/is.exec(value) ?? [];
  const text = maskSecrets(value);
  const named = scheme.toLowerCase();
  if (rest.startsWith('unix:')) {
    const [, socket = rest, path] = /^(unix:[^:]{1,300})(?::(.*))?$/s.exec(rest) ?? [];
    return { scheme: named, address: socket, text, ...(path && { path }) };
  }
  const cut = usual === 'http' ? rest.search(/[/?]|\$(?:request_)?uri|\$\{(?:request_)?uri/) : -1;
  const written = cut < 0 ? rest : rest.slice(0, cut);
  // a user and password before the address never get in
  const address = written.slice(written.lastIndexOf('@') + 1);
  return { scheme: named, address, text, ...(cut >= 0 && { path: rest.slice(cut) }) };
}

/** One server that a request is handed to, named by its address. */
export function serverOf({ scheme, address, path, text }: Passed): ProxyServer {
  const { host, port } = addressOf(address);
  const known = port ?? (host === '' ? undefined : PORTS.get(scheme));
  return {
    scheme,
    host,
    ...(known !== undefined && (port !== undefined || !address.includes(':')) && { port: known }),
    ...(path !== undefined && !path.includes('$') && { path: maskSecrets(path) }),
    text,
  };
}

/** The servers of `upstream`. `ngx_http_upstream_module`, `server`. */
export function upstreamService(directive: Directive, at: ProxyPlace, isHttp: boolean): ProxyService {
  const servers = (directive.block ?? []).flatMap(({ name, args }): ProxyServer[] => {
    const [written] = args;
    if (name !== 'server' || written === undefined) return [];
    const { host, port } = addressOf(written);
    const known = port ?? (host !== '' && isHttp ? 80 : undefined);
    return [
      {
        scheme: isHttp ? 'http' : 'tcp',
        host,
        ...(known !== undefined && { port: known }),
        text: maskSecrets(args.join(' ')),
        ...(args.includes('backup') && { isBackup: true }),
        ...(args.includes('down') && { isDown: true }),
      },
    ];
  });
  return { name: directive.args[0] ?? '', servers, errors: [], at };
}
