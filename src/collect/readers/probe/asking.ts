import type { TLSSocket } from 'node:tls';
import { type HttpAnswer, TLS_VERSIONS, type TlsAnswer, type TlsVersion } from '#model/probe.ts';
import { visible } from '#model/text.ts';
import { hostOf } from './addresses.ts';
import { type Budget, type ProbeLimits, Silent } from './budget.ts';
import { shownBy } from './certificate.ts';
import { openTcp, openTls, type Secure } from './connect.ts';
import { exchange, type Received } from './exchange.ts';
import { keptOf, shownUrl } from './kept.ts';
import type { Names } from './names.ts';

/** One request, and where its connection is made to where that is not the URL's own host. */
export interface Asked {
  method: 'GET' | 'HEAD';
  url: URL;
  /** A load balancer: spoken to as if it were the URL's host. */
  by?: { host: string; port: number };
}

/** What one request was answered: what is kept of it, where it leads, and what TLS showed on the way. */
export interface Told {
  answer: HttpAnswer;
  /** `Location` as it was sent, with its query; for following, and not to be kept. */
  location?: string;
  tls?: TlsAnswer;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Speaks HTTP and TLS within the limits of a probe. */
export class Asking {
  readonly #names: Names;
  readonly #budget: Budget;
  readonly #limits: ProbeLimits;
  readonly #now: Date;

  constructor(names: Names, budget: Budget, limits: ProbeLimits, now: Date) {
    this.#names = names;
    this.#budget = budget;
    this.#limits = limits;
    this.#now = now;
  }

  /** The port that a URL is asked at. */
  portOf({ protocol, port }: URL): number {
    if (port !== '') return Number(port);
    const { http = 80, https = 443 } = this.#limits.ports ?? {};
    return protocol === 'https:' ? https : http;
  }

  /** Sends one request. What keeps it from an answer is part of what is told, and nothing is thrown. */
  request({ method, url, by }: Asked): Promise<Told> {
    const host = by?.host ?? hostOf(url);
    const port = by?.port ?? this.portOf(url);
    return this.#budget.inTurn(host, async () => {
      const answer: HttpAnswer = {
        method,
        url: shownUrl(url),
        ...(by && { by: `${visible(host)}:${port}` }),
        headers: {},
        otherHeaders: [],
        cookies: [],
      };
      let tls: TlsAnswer | undefined;
      try {
        const addresses = await this.#names.addresses(host);
        const { socket: plain, address } = await openTcp(addresses, port, this.#budget, 'HTTP');
        answer.address = address;
        let socket = plain;
        if (url.protocol === 'https:') {
          tls = this.#tlsOf(url, port, answer.by);
          const secured = await this.#agree(plain, tls, { alpn: ['h2', 'http/1.1'] });
          Object.assign(tls, shownBy(secured, tls.host, this.#now));
          socket = secured;
        }
        const received = await exchange(
          socket,
          {
            method,
            scheme: url.protocol.slice(0, -1),
            authority: url.host,
            path: `${url.pathname}${url.search}`,
          },
          this.#budget.signal(),
        );
        return { ...this.#told(answer, received, url), ...(tls && { tls }) };
      } catch (error) {
        Object.assign(answer, this.#silenceOf(error));
        return { answer, ...(tls && { tls }) };
      }
    });
  }

  #told(answer: HttpAnswer, { headers, status, protocol, firstByte, body }: Received, url: URL): Told {
    Object.assign(answer, keptOf(headers), { status, protocol, firstByte, body });
    const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (location === undefined || !REDIRECTS.has(status)) return { answer };
    const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    answer.location = target ? shownTarget(target) : '?';
    return { answer, location };
  }

  /** Agrees on TLS with a server, and leaves. What keeps it from that is part of what is told. */
  handshake(url: URL, { host, port }: { host: string; port: number }): Promise<TlsAnswer> {
    const tls = this.#tlsOf(url, port, host === hostOf(url) ? undefined : `${visible(host)}:${port}`);
    return this.#budget.inTurn(host, async () => {
      try {
        const { socket } = await openTcp(await this.#names.addresses(host), port, this.#budget, 'TLS');
        const secured = await this.#agree(socket, tls, { alpn: ['h2', 'http/1.1'] });
        Object.assign(tls, shownBy(secured, tls.host, this.#now));
        secured.destroy();
      } catch (error) {
        Object.assign(tls, this.#silenceOf(error));
      }
      return tls;
    });
  }

  /**
   * Asks one server for each version of TLS that it was not seen to speak yet.
   * @param tls what an earlier request to that server showed
   */
  async versions(url: URL, tls: TlsAnswer): Promise<TlsAnswer['versions']> {
    const versions: TlsAnswer['versions'] = {};
    if (tls.protocol) versions[tls.protocol as TlsVersion] = 'accepted';
    const host = hostOf(url);
    const port = this.portOf(url);
    for (const version of TLS_VERSIONS.filter((one) => versions[one] === undefined))
      await this.#budget.inTurn(host, async () => {
        try {
          const addresses = await this.#names.addresses(host);
          const { socket } = await openTcp(addresses, port, this.#budget, 'TLS');
          const secured = await this.#agree(socket, tls, { alpn: [], version });
          secured.destroy();
          versions[version] = 'accepted';
        } catch (error) {
          const { silence, error: code } = this.#silenceOf(error);
          // what OpenSSL of this machine cannot speak was not asked
          const refused = silence === 'handshake' && !code.includes('NO_PROTOCOLS');
          if (silence !== 'limit') versions[version] = refused ? 'refused' : 'unknown';
        }
      });
    return versions;
  }

  #tlsOf(url: URL, port: number, by: string | undefined): TlsAnswer {
    return { host: hostOf(url), port, ...(by !== undefined && { by }), versions: {} };
  }

  async #agree(
    socket: Parameters<typeof openTls>[0],
    tls: TlsAnswer,
    how: Pick<Secure, 'alpn' | 'version'>,
  ): Promise<TLSSocket> {
    try {
      const secure = { servername: tls.host, ca: this.#limits.ca ?? [], ...how };
      return await openTls(socket, secure, this.#budget.signal());
    } catch (error) {
      if (how.version === undefined) Object.assign(tls, this.#silenceOf(error));
      throw error;
    }
  }

  #silenceOf(error: unknown): Required<Pick<HttpAnswer, 'silence' | 'error'>> {
    if (!(error instanceof Silent)) throw error;
    const waiting = error.silence === 'timeout' || error.silence === 'connect-timeout';
    return waiting && this.#budget.over
      ? { silence: 'limit', error: 'time' }
      : { silence: error.silence, error: visible(error.code, 80) };
  }
}

/** Where a redirect leads. Of what is not HTTP only the scheme is shown: what follows may be anything. */
const shownTarget = (target: URL): string =>
  /^https?:$/.test(target.protocol) ? shownUrl(target) : visible(`${target.protocol}…`);
