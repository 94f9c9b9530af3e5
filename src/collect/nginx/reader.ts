import type { ProxyConfig, ProxyMiddleware, ProxyPlace, ProxyService } from '#model/proxy.ts';
import { type Passed, serverOf } from './targets.ts';
import type { Directive } from './tokens.ts';

const MOST_SERVICES = 20_000;
const MOST_BLIND = 200;

/** What is gathered while a configuration is gone through. */
export class NginxReader {
  readonly config: ProxyConfig;
  /** Paths of certificates, and the servers that use them. */
  readonly certificates = new Map<string, Set<string>>();
  readonly at: (directive: Directive) => ProxyPlace;
  /** The upstreams of `http`, by name. */
  readonly upstreams = new Map<string, ProxyService>();
  readonly #services = new Map<string, ProxyService>();
  readonly #asked = new Set<string>();
  readonly #middlewares = new Set<string>();

  constructor(config: ProxyConfig, at: (directive: Directive) => ProxyPlace) {
    this.config = config;
    this.at = at;
  }

  blind(what: string, at: Directive): void {
    const { blindSpots } = this.config;
    const place = this.at(at);
    const seen = JSON.stringify({ what, at: place });
    if (blindSpots.length < MOST_BLIND && !blindSpots.some((one) => JSON.stringify(one) === seen))
      blindSpots.push({ what, at: place });
  }

  add(service: ProxyService): void {
    if (this.#services.has(service.name) || this.#services.size >= MOST_SERVICES) return;
    this.#services.set(service.name, service);
    this.config.services.push(service);
  }

  middleware(one: Omit<ProxyMiddleware, 'errors' | 'at'>, directive: Directive): string {
    if (!this.#middlewares.has(one.name) && this.#middlewares.size < MOST_SERVICES) {
      this.#middlewares.add(one.name);
      this.config.middlewares.push({ ...one, errors: [], at: this.at(directive) });
    }
    return one.name;
  }

  /**
   * The service that a request is handed to, by name.
   * @param prefix the location that the path of `passed` stands in the place of; undefined where it has none
   */
  service(passed: Passed, prefix: string | undefined, directive: Directive): string {
    const isRewritten = passed.path !== undefined && prefix !== undefined && passed.path !== prefix;
    const rewrites = isRewritten ? { strip: prefix, add: serverOf(passed).path ?? '' } : undefined;
    const upstream = this.upstreams.get(passed.address);
    const isPlain = upstream !== undefined && passed.path === undefined;
    if (upstream && isPlain) {
      // the protocol is said by who hands on, and not by the upstream
      if (!this.#asked.has(upstream.name)) {
        for (const server of upstream.servers) server.scheme = passed.scheme;
        this.#asked.add(upstream.name);
      }
      if (upstream.servers.every(({ scheme }) => scheme === passed.scheme)) return upstream.name;
    }
    const written = /^[a-z][\w+.-]{0,19}:\/\//i.test(passed.text)
      ? passed.text
      : `${passed.scheme}://${passed.text}`;
    const name = rewrites ? `${written} (${rewrites.strip} → ${rewrites.add})` : written;
    this.add({
      name,
      servers: upstream
        ? upstream.servers.map((server) => ({ ...server, scheme: passed.scheme }))
        : [serverOf(passed)],
      ...(rewrites && { rewrites }),
      errors: [],
      at: upstream ? upstream.at : this.at(directive),
    });
    return name;
  }

  certificate(path: string | undefined, usedBy: string): void {
    // `data:` holds the certificate itself
    if (path === undefined || !/^[\w./$ {}*@~+=,-]{1,300}$/.test(path) || path.includes('$')) return;
    const users = this.certificates.get(path) ?? new Set();
    users.add(usedBy);
    this.certificates.set(path, users);
  }
}
