/** A port that something listens on, as far as it is told. */
export interface ToldPort {
  port: number;
  address?: string;
}

const FLAG =
  /^--?(?:(?:http|https|web|api|server|listen|bind|app|metrics)[-_.])*(?:port|listen|bind|address|addr|host|listen-address|http-socket)$/i;
const HOST_ONLY = /^(?:[\d.]{7,15}|localhost|::1?|\[[0-9a-f:]{2,45}\])$/i;
/** Programs for which `-b` and `-p` say where they listen, each by its own documentation. */
const BINDS_WITH_B = /^(?:gunicorn|hypercorn|puma|rails|unicorn|waitress-serve)$/;
const PORT_WITH_P = /^(?:rails|puma|flask|serve|http-server|thin|unicorn|streamlit|redis-server)$/;

/** `8001`, `:8001`, `0.0.0.0:8001`, `[::]:8001`, `tcp://0.0.0.0:8001`; undefined for what is no port or a socket's path. */
export function portOf(text: string): ToldPort | undefined {
  if (text.length > 120) return undefined;
  const [, address, digits] =
    /^(?:[a-z]{2,5}:\/\/)?(?:(\[[0-9a-f:.]{2,45}\]|[\w.-]{0,80}|\*):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port < 1 || port > 65_535) return undefined;
  const plain = address?.replace(/^\[|\]$/g, '');
  return { port, ...(plain && { address: plain === '*' ? '0.0.0.0' : plain }) };
}

/**
 * The ports that a command line says its program listens on: `--port 8001`, `--bind 0.0.0.0:8001`, `-b :8000`, and what
 * `docker run --publish` opens. Ports of what it talks to (`--db-port`) are none.
 */
export function portsOfCommand(words: readonly string[]): ToldPort[] {
  if (/(?:^|\/)(?:docker|podman)$/.test(words[0] ?? '')) return publishedBy(words);
  const program = programOf(words);
  const found: ToldPort[] = [];
  let host: string | undefined;
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const equals = word.indexOf('=');
    const flag = equals > 0 ? word.slice(0, equals) : word;
    const isShort =
      (flag === '-b' && BINDS_WITH_B.test(program)) || (flag === '-p' && PORT_WITH_P.test(program));
    const isPhp = program === 'php' && flag === '-S';
    if (!isShort && !isPhp && !FLAG.test(flag)) continue;
    const value = equals > 0 ? word.slice(equals + 1) : (words[index + 1] ?? '');
    if (/host|address$|^-b$/i.test(flag) && HOST_ONLY.test(value)) host = value.replace(/^\[|\]$/g, '');
    else {
      const port = portOf(value);
      if (port) found.push(port);
    }
  }
  return found.map((port) =>
    port.address === undefined && host !== undefined ? { ...port, address: host } : port,
  );
}

/** The program that a command line starts, past `env`, interpreters and their modules. */
function programOf(words: readonly string[]): string {
  const names = words.slice(0, 8).filter((word) => !/^-|=/.test(word));
  const base = (word: string) => word.slice(word.lastIndexOf('/') + 1);
  const first = names
    .map(base)
    .find(
      (name) => !/^(?:env|python[\d.]*|bundle|exec|npx|node|sh|bash|ruby|uv|run|poetry|pipenv)$/.test(name),
    );
  return first ?? '';
}

function publishedBy(words: readonly string[]): ToldPort[] {
  return words.flatMap((word, index) => {
    const value = /^--publish=/.test(word)
      ? word.slice('--publish='.length)
      : word === '-p' || word === '--publish'
        ? (words[index + 1] ?? '')
        : '';
    const [target, published, ...address] = value.split(':').reverse();
    if (target === undefined || published === undefined) return [];
    const port = portOf(published);
    return port
      ? [
          {
            port: port.port,
            ...(address.length > 0 && {
              address: address
                .reverse()
                .join(':')
                .replace(/^\[|\]$/g, ''),
            }),
          },
        ]
      : [];
  });
}
