import { type HttpAnswer, isRootUnknown, type Silence, type TlsAnswer } from '#model/probe.ts';
import type { ProofCheck } from '#model/step.ts';
import { addressesInside, hostOf } from './addresses.ts';
import { Asking } from './asking.ts';
import { Budget, type ProbeLimits } from './budget.ts';
import { Names } from './names.ts';

/** Proofs that are requests to the outside. */
export type OutsideCheck = Extract<ProofCheck, { type: 'http' | 'dns' | 'tls' }>;

/** How a proof is asked. */
export interface ProofOptions extends Pick<ProbeLimits, 'resolver' | 'ca' | 'signal' | 'ports'> {
  /** Milliseconds. */
  timeout: number;
}

/** What a proof gave. */
export interface Proven {
  /** `unknown`: it could not be asked from this machine, which says nothing of what it proves. */
  result: 'pass' | 'fail' | 'unknown';
  /** What was seen, in one line. */
  got: string;
  milliseconds: number;
}

type Outcome = Omit<Proven, 'milliseconds'>;

/** What a silence says of the other end: of these, nothing. */
const OF_THIS_MACHINE: ReadonlySet<Silence> = new Set<Silence>([
  'resolver',
  'not-public',
  'unreachable',
  'connect-timeout',
  'client-certificate',
  'limit',
]);
const WORDS: Record<Silence, string> = {
  unresolved: 'the name leads to no address',
  resolver: 'no name server gave an answer',
  'not-public': 'it leads to an address that is not asked',
  unreachable: 'this machine has no way to the address',
  refused: 'the connection was refused',
  'connect-timeout': 'no connection in time',
  handshake: 'no TLS was agreed on',
  'client-certificate': 'a certificate of the client is asked for',
  closed: 'the connection was closed before an answer',
  timeout: 'no answer in time',
  malformed: 'the answer is not HTTP',
  limit: 'stopped before an answer',
};

/** A request of a proof counts no budget but its own: the two record types, three addresses, and the way to them. */
const REQUESTS = 20;

/**
 * Runs a proof once; waiting until it holds (`within`) is of whoever asks. No redirect is followed, and no credentials are
 * sent. A failure is an answer of the other end, NXDOMAIN included: what this machine or its resolver could not ask is
 * `unknown`.
 */
export async function runProbe(check: OutsideCheck, options: ProofOptions): Promise<Proven> {
  const start = performance.now();
  const outcome = await run(check, options);
  return { ...outcome, milliseconds: Math.round(performance.now() - start) };
}

async function run(check: OutsideCheck, options: ProofOptions): Promise<Outcome> {
  const { timeout } = options;
  const limits: ProbeLimits = { ...options, requests: REQUESTS, milliseconds: timeout * 4 };
  const by = 'connectTo' in check ? target(check.connectTo) : undefined;
  if (by === null) return { result: 'unknown', got: 'connectTo is no host:port' };
  const hosts = [
    check.type === 'http' && URL.canParse(check.url) ? hostOf(new URL(check.url)) : '',
    by?.host ?? '',
  ];
  const given = new Set(
    [...hosts, check.type === 'tls' ? check.host : ''].flatMap((host) => addressesInside(host) ?? []),
  );
  const budget = new Budget(limits);
  const names = new Names(budget, { given, privateToo: true }, options.resolver, timeout);
  const asking = new Asking(names, budget, limits, new Date());
  try {
    if (check.type === 'dns') return await dns(check, names);
    if (check.type === 'tls') return await tls(check, by, asking);
    return await http(check, by, asking);
  } finally {
    names.close();
  }
}

/** `host:port` of a proof; null where it is neither. */
function target(connectTo: string | undefined): { host: string; port: number } | undefined | null {
  if (connectTo === undefined) return undefined;
  const [, bracketed, host = bracketed, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(connectTo) ?? [];
  return host === undefined || port === undefined ? null : { host, port: Number(port) };
}

async function dns(
  { name, record, includes }: Extract<OutsideCheck, { type: 'dns' }>,
  names: Names,
): Promise<Outcome> {
  const answer = await names.look(bare(name));
  const unread = answer.unread.find((one) => one.record === record);
  if (unread) return { result: 'unknown', got: `${record}: ${WORDS.resolver} (${unread.why})` };
  const records = { A: answer.a, AAAA: answer.aaaa, CNAME: answer.aliases.slice(0, 1) }[record];
  if (records.length === 0)
    return { result: 'fail', got: answer.result === 'no-name' ? 'NXDOMAIN' : `no ${record} record` };
  const wanted = includes === undefined ? undefined : bare(includes);
  const holds = wanted === undefined || records.some((one) => bare(one) === wanted);
  return { result: holds ? 'pass' : 'fail', got: `${record} ${records.join(', ')}` };
}

const bare = (name: string): string => name.toLowerCase().replace(/\.$/, '');

async function http(
  { url, method = 'GET', status, location }: Extract<OutsideCheck, { type: 'http' }>,
  by: { host: string; port: number } | undefined,
  asking: Asking,
): Promise<Outcome> {
  const asked = URL.canParse(url) ? new URL(url) : undefined;
  if (!asked || !/^https?:$/.test(asked.protocol))
    return { result: 'unknown', got: 'no URL of http or https' };
  const told = await asking.request({ method, url: asked, ...(by && { by }) });
  const { answer } = told;
  if (answer.silence !== undefined) return silent(answer.silence, answer.error);
  const got = `HTTP ${answer.status}${answer.location === undefined ? '' : `, Location: ${answer.location}`}`;
  const trusted = told.tls && judged(told.tls);
  if (trusted && trusted.result !== 'pass') return { result: trusted.result, got: `${got}; ${trusted.got}` };
  const leads =
    location === undefined ||
    (told.location !== undefined &&
      (told.location.startsWith(location) || new URL(told.location, asked).href.startsWith(location)));
  return { result: status.includes(answer.status ?? 0) && leads ? 'pass' : 'fail', got };
}

async function tls(
  { host, port }: Extract<OutsideCheck, { type: 'tls' }>,
  by: { host: string; port: number } | undefined,
  asking: Asking,
): Promise<Outcome> {
  const name = host.includes(':') ? `[${host}]` : host;
  if (!URL.canParse(`https://${name}:${port}/`)) return { result: 'unknown', got: 'no host' };
  const shown = await asking.handshake(new URL(`https://${name}:${port}/`), by ?? { host, port });
  return judged(shown);
}

/** Whether a client that knows the usual roots takes the certificate. */
function judged({ silence, error, certificate, chain = '', protocol = 'TLS' }: TlsAnswer): Outcome {
  if (silence !== undefined) return silent(silence, error);
  if (!certificate) return { result: 'fail', got: `${protocol}, without a certificate` };
  const { subject, names, until, covers, days } = certificate;
  const seen = `${protocol}, certificate of ${names[0] ?? subject}, valid until ${until.slice(0, 10)}`;
  if (!covers) return { result: 'fail', got: `${seen}; it is not for this name` };
  if (days < 0) return { result: 'fail', got: `${seen}; it has expired` };
  if (chain === 'valid') return { result: 'pass', got: seen };
  return {
    result: isRootUnknown(chain) ? 'unknown' : 'fail',
    got: `${seen}; its chain is not trusted here (${chain})`,
  };
}

const silent = (silence: Silence, error: HttpAnswer['error']): Outcome => ({
  result: OF_THIS_MACHINE.has(silence) ? 'unknown' : 'fail',
  got: error === undefined ? WORDS[silence] : `${WORDS[silence]} (${error})`,
});
