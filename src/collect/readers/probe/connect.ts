import { connect as connectTcp, isIP, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  getCACertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { Silence, TlsVersion } from '#model/probe.ts';
import { type Budget, Silent } from './budget.ts';

const MOST_ADDRESSES = 3;

/** The system has no way there: no route, no network, no address of that family. */
const NO_WAY: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
]);

/** The code of an error, or its name: its message may hold what others wrote. */
export const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: string };
  return typeof code === 'string' ? code : (name ?? 'Error');
};

/** Waits for an event of a socket, an error, its end, or a signal. */
function until(
  socket: Socket,
  event: string,
  signal: AbortSignal,
  silenceOf: (code: string) => Silence,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      for (const [name, listener] of listeners) socket.removeListener(name, listener);
      signal.removeEventListener('abort', onAbort);
      // what comes later is of no interest, and must not end the process
      socket.on('error', () => undefined);
      settle();
    };
    const fail = (code: string) => {
      done(() => reject(new Silent(silenceOf(code), code)));
      socket.destroy();
    };
    const onAbort = () => fail('ETIMEDOUT');
    const listeners: [string, (...values: unknown[]) => void][] = [
      [event, () => done(resolve)],
      ['error', (error) => fail(codeOf(error))],
      ['close', () => fail('ECONNRESET')],
    ];
    for (const [name, listener] of listeners) socket.on(name, listener);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

const tcpSilence = (code: string): Silence => {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'connect-timeout';
  if (NO_WAY.has(code)) return 'unreachable';
  return code === 'ECONNRESET' || code === 'EPIPE' ? 'closed' : 'unreachable';
};

/**
 * Connects to one of these addresses, and to no other: the name is not asked for again, so that what was looked at is
 * what is connected to.
 * @throws Silent with what the first said, or the first that this machine has a way to
 */
export async function openTcp(
  addresses: readonly string[],
  port: number,
  budget: Budget,
  purpose: 'TLS' | 'HTTP',
): Promise<{ socket: Socket; address: string }> {
  let first: Silent | undefined;
  // one of each family, should this machine have only one
  const four = addresses.filter((address) => isIP(address) === 4);
  const six = addresses.filter((address) => isIP(address) === 6);
  const tried = [...four.slice(0, six.length > 0 ? MOST_ADDRESSES - 1 : MOST_ADDRESSES), ...six].slice(
    0,
    MOST_ADDRESSES,
  );
  for (const address of tried) {
    budget.spend(purpose);
    const signal = budget.signal();
    const socket = connectTcp({ host: address, port });
    try {
      await until(socket, 'connect', signal, tcpSilence);
      return { socket, address };
    } catch (error) {
      budget.failed(purpose);
      if (!(error instanceof Silent)) throw error;
      if (!first || first.silence === 'unreachable') first = error;
      if (budget.over) break;
    }
  }
  throw budget.over ? new Silent('limit', 'time') : (first ?? new Silent('unreachable', 'EADDRNOTAVAIL'));
}

const contexts = new Map<string, SecureContext>();

/** Roots of Node.js and of this machine, since an enterprise's own stand in the latter alone. */
function contextOf(version: TlsVersion | undefined, ca: readonly string[]): SecureContext {
  const key = [version ?? '', ...ca].join('\n');
  const known = contexts.get(key);
  if (known) return known;
  const context = createSecureContext(
    version
      ? // no certificate is judged, and versions that OpenSSL keeps for old servers need its lowest level
        { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' }
      : { ca: [...new Set([...getCACertificates('default'), ...systemRoots(), ...ca])] },
  );
  contexts.set(key, context);
  return context;
}

function systemRoots(): string[] {
  try {
    return getCACertificates('system');
  } catch {
    return [];
  }
}

/** RFC 8446, 6.2: alerts with which a server asks for a certificate. */
const ASKS_CERTIFICATE = /CERTIFICATE_REQUIRED|ALERT_NO_CERTIFICATE/;

/** Why a connection of TLS ended, from its code: before it was agreed on, or after. */
export const tlsSilence = (code: string, agreed: boolean): Silence => {
  if (ASKS_CERTIFICATE.test(code)) return 'client-certificate';
  if (code === 'ETIMEDOUT') return 'timeout';
  return agreed ? 'closed' : 'handshake';
};

/** How TLS is spoken. */
export interface Secure {
  servername: string;
  alpn: string[];
  /** This one alone; undefined for those that Node.js speaks. */
  version?: TlsVersion;
  ca: readonly string[];
}

/**
 * Speaks TLS on an open connection. No certificate is refused: what is wrong with it is told, and what the server
 * answers behind it too. Nothing secret is sent.
 * @throws Silent where no TLS is agreed on
 */
export async function openTls(socket: Socket, secure: Secure, signal: AbortSignal): Promise<TLSSocket> {
  let secured: TLSSocket;
  try {
    secured = connectTls({
      socket,
      // RFC 6066, 3: an address is no server name
      ...(isIP(secure.servername) === 0 && { servername: secure.servername }),
      secureContext: contextOf(secure.version, secure.ca),
      ALPNProtocols: secure.alpn,
      rejectUnauthorized: false,
    });
  } catch (error) {
    socket.destroy();
    throw new Silent('handshake', codeOf(error));
  }
  await until(secured, 'secureConnect', signal, (code) => tlsSilence(code, false));
  return secured;
}
