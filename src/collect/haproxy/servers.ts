import { maskSecrets } from '#lib/mask.ts';
import type { EntryPoint, ProxyPlace, ProxyServer } from '#model/proxy.ts';
import type { HaproxySection } from './sections.ts';

const MOST_PORTS = 100;

/** Addresses as HAProxy writes them: with a family before, a name, a range of ports. Manual, 11.1 “Address formats”. */
function addressOf(text: string): { host: string; ports: number[]; isSocket: boolean } {
  const plain = text.replace(/^(?!unix|ux|abns|fd|sockpair)[a-z][a-z0-9+]{1,10}@/, '');
  if (/^(?:\/|unix@|uxst@|uxdg@|abns@|fd@|sockpair@)/.test(plain))
    return { host: '', ports: [], isSocket: true };
  const numbered = /^(.*?):\+?(\d{1,5})(?:-(\d{1,5}))?$/.exec(plain);
  const [, host = plain.replace(/:.*\$.*$/, ''), first, end] = numbered ?? [];
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  const from = Number(first);
  const to = Math.min(Number(end ?? first), from + MOST_PORTS);
  const ports =
    first === undefined ? [] : Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index);
  return {
    host: bare.includes('$') ? '' : bare === '*' || bare === '0.0.0.0' ? '' : bare,
    ports,
    isSocket: false,
  };
}

/** What a frontend or `listen` listens on: its `bind` lines, and the address that old files have beside the name. */
export function bindsOf(
  { kind, words, lines, line, file }: HaproxySection,
  at: (place: { file: string; line: number }) => ProxyPlace,
): { entryPoint: EntryPoint; certificate?: string }[] {
  const beside =
    words[1] !== undefined && words[1] !== 'from' && kind !== 'backend'
      ? [{ words: ['bind', words[1]], line, file }]
      : [];
  return [...beside, ...lines].flatMap((one) => {
    const [keyword, addresses = '', ...parameters] = one.words;
    if (keyword !== 'bind') return [];
    const isTls = parameters.includes('ssl');
    const written = parameters[parameters.indexOf('crt') + 1];
    const certificate = parameters.includes('crt') ? written : undefined;
    return addresses.split(',').flatMap((address) => {
      const { host, ports, isSocket } = addressOf(address);
      const isUdp = address.startsWith('quic') || address.startsWith('udp');
      const shown = host === '' ? '*' : host.includes(':') ? `[${host}]` : host;
      const made = (name: string, port: number) => ({
        entryPoint: {
          name: isUdp ? `${name}/udp` : name,
          address: isSocket ? address : host,
          port,
          protocol: isUdp ? ('udp' as const) : ('tcp' as const),
          isTls,
          at: at(one),
        },
        ...(certificate !== undefined && { certificate: maskSecrets(certificate) }),
      });
      if (isSocket) return [made(address, 0)];
      return ports.length > 0
        ? ports.map((port) => made(`${shown}:${port}`, port))
        : [made(maskSecrets(address), 0)];
    });
  });
}

/** The server of a `server` line, or of `server-template`, which makes many of one address. Manual, 5.2 “Server options”. */
export function serversOf(
  words: readonly string[],
  mode: string,
  defaults: readonly string[],
): ProxyServer[] {
  const [keyword] = words;
  const isTemplate = keyword === 'server-template';
  if (keyword !== 'server' && !isTemplate) return [];
  const [address = '', ...parameters] = words.slice(isTemplate ? 3 : 2);
  const has = (word: string) =>
    parameters.includes(word) || (defaults.includes(word) && !parameters.includes(`no-${word}`));
  const { host, ports } = addressOf(address);
  const [port] = ports;
  return [
    {
      scheme: mode === 'tcp' ? 'tcp' : has('ssl') ? 'https' : 'http',
      host,
      ...(port !== undefined && { port }),
      text: maskSecrets(words.slice(1).join(' ')).slice(0, 300),
      ...(has('backup') && { isBackup: true }),
      ...(has('disabled') && { isDown: true }),
    },
  ];
}
