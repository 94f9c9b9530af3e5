import { maskSecrets } from '#lib/mask.ts';
import type { ProxyServer, ProxyService } from '#model/proxy.ts';
import type { CaddyLine } from './tokens.ts';

const MOST_PORTS = 100;
const PORTS = new Map([
  ['http', 80],
  ['https', 443],
  ['h2c', 80],
  ['fastcgi', 9000],
]);

/** The servers that one address of `reverse_proxy` names; a range of ports names several. Caddy documentation, “reverse_proxy”. */
export function serversOf(written: string, usual: 'http' | 'fastcgi' | 'https'): ProxyServer[] {
  const text = maskSecrets(written);
  const [, named, rest = written] = /^([a-z][a-z0-9+.-]{0,19}):\/\/(.*)$/i.exec(written) ?? [];
  const scheme = (named ?? usual).toLowerCase();
  if (/^unix[\w+]{0,8}\//.test(rest)) return [{ scheme, host: '', text }];
  const address = rest.slice(rest.lastIndexOf('@') + 1).replace(/\/.*$/, '');
  const [, six, plain, first, end] =
    /^(?:\[([0-9a-fA-F:.]{2,64})\]|([\w.*-]{0,253}))(?::(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(address) ?? [];
  const host = (six ?? plain)?.toLowerCase();
  if (host === undefined || (host === '' && first === undefined)) {
    const before = /^([\w.-]{1,253}):\{/.exec(address)?.[1];
    return [{ scheme, host: before?.toLowerCase() ?? '', text }];
  }
  // an address without a host is one of this machine
  const own = host === '' ? 'localhost' : host;
  const port = first === undefined ? PORTS.get(scheme) : Number(first);
  const last = Math.min(end === undefined ? (port ?? 0) : Number(end), (port ?? 0) + MOST_PORTS);
  return Array.from({ length: Math.max(1, last - (port ?? 0) + 1) }, (_, index) => ({
    scheme,
    host: own,
    ...(port !== undefined && { port: port + index }),
    text,
  }));
}

/** The service of a `reverse_proxy` or `php_fastcgi`: its addresses stand on its line and in its block. */
export function serviceOf(
  line: CaddyLine,
  addresses: readonly string[],
  at: ProxyService['at'],
): { service: ProxyService; isDynamic: boolean } {
  const block = line.block ?? [];
  const usual = line.name === 'php_fastcgi' ? 'fastcgi' : 'http';
  const isTls = block.some(
    ({ name, args, block: inner }) =>
      name === 'transport' && args[0] === 'http' && (inner ?? []).some((one) => /^tls/.test(one.name)),
  );
  const isFastcgi = block.some(({ name, args }) => name === 'transport' && args[0] === 'fastcgi');
  const all = [...addresses, ...block.flatMap(({ name, args }) => (name === 'to' ? args : []))];
  const scheme = isFastcgi ? 'fastcgi' : isTls ? 'https' : usual;
  const health = block.find(({ name }) => name === 'health_uri' || name === 'health_path')?.args[0];
  const interval = block.find(({ name }) => name === 'health_interval')?.args[0];
  return {
    isDynamic: block.some(({ name }) => name === 'dynamic'),
    service: {
      name: all.map((one) => maskSecrets(one)).join(', '),
      servers: all.flatMap((one) => serversOf(one, scheme)),
      ...(health !== undefined && {
        healthCheck: { path: maskSecrets(health), ...(interval !== undefined && { interval }) },
      }),
      errors: [],
      at,
    },
  };
}
