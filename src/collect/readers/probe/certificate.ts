import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { TlsAnswer } from '#model/probe.ts';
import { visible } from '#model/text.ts';

const MOST_NAMES = 100;
const DAY = 86_400_000;

/** `DNS:example.org, DNS:*.example.org, IP Address:…`, with names that hold a comma in JSON's quotes. */
const ALTERNATIVE = /(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g;

function namesOf({ subjectaltname = '', subject }: PeerCertificate): string[] {
  const names = [...subjectaltname.matchAll(ALTERNATIVE)].map(([, , name = '']) => visible(name));
  const common = [subject?.CN ?? []].flat();
  return (names.length > 0 ? names : common.map((name) => visible(name))).slice(0, MOST_NAMES);
}

const called = (who: PeerCertificate['subject'] | undefined): string => {
  const { CN, O: organisation } = who ?? {};
  return visible([CN ?? organisation ?? ''].flat().join(', '));
};

/**
 * What a server showed: its certificate, whether the chain leads to a trusted root, and what was agreed on. Expiry and
 * names are looked at for themselves, since OpenSSL tells of the first thing alone that is wrong.
 */
export function shownBy(
  socket: TLSSocket,
  host: string,
  now: Date,
): Pick<TlsAnswer, 'certificate' | 'chain' | 'protocol' | 'cipher' | 'alpn'> {
  const peer = socket.getPeerCertificate();
  const agreed = {
    ...(socket.getProtocol() && { protocol: socket.getProtocol() ?? '' }),
    ...(socket.getCipher()?.name && { cipher: socket.getCipher().name }),
    ...(socket.alpnProtocol && { alpn: socket.alpnProtocol }),
  };
  const until = new Date(peer.valid_to);
  const from = new Date(peer.valid_from);
  if (!peer.raw || Number.isNaN(until.getTime()) || Number.isNaN(from.getTime())) return agreed;
  // named differently: a server name is not what makes a chain sound
  const error = String(socket.authorizationError ?? '');
  const ofNames = error === '' || error.includes('ALTNAME');
  return {
    certificate: {
      subject: called(peer.subject),
      issuer: called(peer.issuer),
      names: namesOf(peer),
      from: from.toISOString(),
      until: until.toISOString(),
      days: Math.floor((until.getTime() - now.getTime()) / DAY),
      covers: checkServerIdentity(isIP(host) ? host : host.replace(/\.$/, ''), peer) === undefined,
    },
    chain: ofNames ? 'valid' : visible(error),
    ...agreed,
  };
}
