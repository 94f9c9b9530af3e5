/** A port as a compose file publishes it. Ranges stay ranges; a protocol other than TCP stays at the target. */
export interface PublishedPort {
  published?: string;
  target: string;
  address?: string;
}

/** The short syntax: `[host:][published:]target[/protocol]`. Compose file reference, “ports”. */
export function parsePort(text: string): PublishedPort | undefined {
  const written = text.trim();
  if (written === '' || written.length > 200) return undefined;
  const parts = splitOutside(written);
  const target = (parts.pop() ?? '').replace(/\/tcp$/i, '');
  if (target === '') return undefined;
  const published = parts.pop();
  const address = parts.join(':').replace(/^\[(.*)\]$/, '$1');
  return {
    ...(published && { published }),
    target,
    ...(address !== '' && { address }),
  };
}

/** Splits at colons that stand in no `${…}` and no `[…]`. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ':' && depth <= 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** The short syntax of a volume: `source:target[:mode]`. One path alone is an anonymous volume without a source. */
export function parseVolume(text: string): { source: string; target: string } | undefined {
  const parts = splitOutside(text.trim());
  // `C:\data:/data`: the colon after a drive's letter separates nothing.
  if (/^[A-Za-z]$/.test(parts[0] ?? '') && /^[\\/]/.test(parts[1] ?? ''))
    parts.splice(0, 2, `${parts[0]}:${parts[1]}`);
  const [source = '', target] = parts;
  if (source === '') return undefined;
  return target === undefined ? { source: '', target: source } : { source, target };
}

/** Ports of one range that are told one by one: nobody publishes more by hand. */
const MOST_OF_A_RANGE = 200;

/**
 * Published ports as an engine shows them, one text each: `0.0.0.0:8080:80/tcp`. Undefined where one of them is chosen by the
 * engine or known only on the machine: then the others say nothing of the whole.
 */
export function enginePorts(ports: readonly PublishedPort[]): string[] | undefined {
  const all = ports.map(({ address = '0.0.0.0', published, target }) => {
    const [, container = '', protocol = 'tcp'] = /^([\d-]+)(?:\/(\w+))?$/.exec(target) ?? [];
    const [from, to] = [rangeOf(published ?? ''), rangeOf(container)];
    if (!from || !to || from.length !== to.length || !/^[\w.:-]+$/.test(address)) return undefined;
    return from.map((port, index) => `${address}:${port}:${to[index]}/${protocol.toLowerCase()}`);
  });
  return all.some((one) => one === undefined) ? undefined : all.flatMap((one) => one ?? []);
}

function rangeOf(text: string): number[] | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === undefined || to < from || to > 65_535 || to - from >= MOST_OF_A_RANGE) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
