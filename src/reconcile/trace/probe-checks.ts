import type { CallEvidence } from '#model/evidence.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Check } from '#model/path.ts';
import {
  type HttpAnswer,
  isRootUnknown,
  type NameAnswer,
  type OriginAnswer,
  type ProbeAnswers,
  type Silence,
  type TlsAnswer,
} from '#model/probe.ts';
import { code, codes, type Text } from '#model/text.ts';
import { fail, held, pass, say, unknown } from './checks.ts';
import { silenceWords } from './probe-words.ts';

/** What real requests tell of a path, as checks. What this machine could not ask is `unknown`. */
export const checksOf = (answers: ProbeAnswers): Check[] => [
  ...nameChecks(answers),
  ...tlsChecks(answers),
  ...httpChecks(answers),
  ...originChecks(answers),
];

const asked = ({ at }: ProbeAnswers, operation: string): { evidence: CallEvidence[] } => ({
  evidence: [{ source: 'probe', operation, at }],
});

const refusal = (operation: string, why: Text): Refusal => ({ sort: 'failed', operation, why });

/** What DNS answers: `probe-dns-unresolved`. */
export const nameChecks = (answers: ProbeAnswers): Check[] =>
  answers.names.map((name) => nameCheck(name, asked(answers, `DNS ${name.name}`)));

function nameCheck(answer: NameAnswer, { evidence }: { evidence: CallEvidence[] }): Check {
  const { name, result, a, aaaa, aliases, unread } = answer;
  const id = 'probe-dns-unresolved';
  const parts = { evidence, values: { name, aliases, addresses: [...a, ...aaaa] } };
  const way = aliases.map((alias) => ` → ${code(alias)}`).join('');
  const shown = `${code(name)}${way}`;
  if (answer.aliasesLoop)
    return fail(
      id,
      say(
        `les alias de ${code(name)} tournent en rond${way}`,
        `the aliases of ${code(name)} lead in a circle${way}`,
      ),
      parts,
    );
  if (result === 'addresses') {
    const addresses = codes([...a, ...aaaa], 3);
    return pass(id, say(`${shown} mène à ${addresses.fr}`, `${shown} leads to ${addresses.en}`), parts);
  }
  if (result === 'no-name')
    return fail(
      id,
      say(`${shown}\u00a0: ce nom n’existe pas dans le DNS`, `${shown}: there is no such name in DNS`),
      parts,
    );
  if (result === 'no-address')
    return fail(id, say(`${shown} n’a aucune adresse dans le DNS`, `${shown} has no address in DNS`), parts);
  const why = unread[0] ? ` (${code(unread[0].why)})` : '';
  const text = say(
    `${code(name)}\u00a0: aucun serveur de noms n’a répondu${why}`,
    `${code(name)}: no name server gave an answer${why}`,
  );
  return unknown(id, text, refusal(`DNS ${name}`, text), parts);
}

/**
 * What TLS shows: `probe-tls-invalid`, `probe-tls-expired`, `probe-tls-name-mismatch`, `probe-tls-version-old` and
 * `probe-http2-missing`, which is for information.
 */
export const tlsChecks = (answers: ProbeAnswers): Check[] =>
  answers.tls.flatMap((tls) => {
    const where = `${tls.host}:${tls.port}`;
    const parts = { ...asked(answers, `TLS ${where}`), values: { host: tls.host, port: tls.port } };
    if (tls.silence !== undefined) return [noTls(tls, tls.silence, where, parts)];
    return [...certificateChecks(tls, answers.at, parts), ...versionChecks(tls, where, parts)];
  });

type Parts = { evidence: CallEvidence[]; values: { host: string; port: number } };

function noTls({ error }: TlsAnswer, silence: Silence, where: string, parts: Parts): Check {
  const why = silenceWords[silence];
  const detail = error === undefined ? '' : ` (${code(error)})`;
  const text = say(`${code(where)}\u00a0: ${why.fr}${detail}`, `${code(where)}: ${why.en}${detail}`);
  return silence === 'handshake'
    ? // what stands between this machine and the server may be what refuses
      fail('probe-tls-invalid', text, { ...parts, certainty: 'probable' })
    : unknown('probe-tls-invalid', text, refusal(`TLS ${where}`, why), parts);
}

function certificateChecks({ host, certificate, chain = '' }: TlsAnswer, at: string, parts: Parts): Check[] {
  if (!certificate) return [];
  const { until, from, days, covers, names, issuer } = certificate;
  const day = until.slice(0, 10);
  const expired = until < at;
  const by = issuer === '' ? '' : ` (${code(issuer)})`;
  const listed = codes(names, 4);
  return [
    held(
      'probe-tls-expired',
      !expired,
      say(
        `certificat de ${code(host)} valable jusqu’au ${day} (${days}\u00a0j)`,
        `certificate of ${code(host)} valid until ${day} (${days} d)`,
      ),
      say(`certificat de ${code(host)} expiré le ${day}`, `certificate of ${code(host)} expired on ${day}`),
      parts,
    ),
    held(
      'probe-tls-name-mismatch',
      covers,
      say(`le certificat couvre ${code(host)}`, `the certificate covers ${code(host)}`),
      say(
        `le certificat présenté pour ${code(host)} ne couvre que ${listed.fr}`,
        `the certificate shown for ${code(host)} covers only ${listed.en}`,
      ),
      { ...parts, values: { ...parts.values, names } },
    ),
    chainCheck(chain, { host, by, expired, early: from > at }, parts),
  ];
}

function chainCheck(
  chain: string,
  { host, by, expired, early }: { host: string; by: string; expired: boolean; early: boolean },
  parts: Parts,
): Check {
  const id = 'probe-tls-invalid';
  if (chain === 'valid')
    return pass(id, say(`chaîne de certificats valide${by}`, `valid chain of certificates${by}`), parts);
  if (expired)
    return unknown(
      id,
      say(
        'chaîne non établie\u00a0: le certificat expiré est jugé d’abord',
        'chain not established: the expired certificate is judged first',
      ),
      undefined,
      parts,
    );
  if (early)
    return fail(
      id,
      say(
        `le certificat de ${code(host)} n’est pas encore valable`,
        `the certificate of ${code(host)} is not valid yet`,
      ),
      parts,
    );
  const text = say(
    `chaîne de certificats de ${code(host)} non reconnue${by}\u00a0: ${code(chain)}`,
    `chain of certificates of ${code(host)} not trusted${by}: ${code(chain)}`,
  );
  return fail(id, text, { ...parts, ...(isRootUnknown(chain) && { certainty: 'probable' as const }) });
}

/** RFC 8996 takes TLS 1.0 and 1.1 out of use. */
function versionChecks({ versions, alpn }: TlsAnswer, where: string, parts: Parts): Check[] {
  const id = 'probe-tls-version-old';
  const http2 = pass(
    'probe-http2-missing',
    alpn === 'h2'
      ? say(`${code(where)} parle HTTP/2`, `${code(where)} speaks HTTP/2`)
      : say(`${code(where)} ne propose pas HTTP/2`, `${code(where)} does not offer HTTP/2`),
    parts,
  );
  if (Object.keys(versions).length === 0) return [http2];
  const old = (['TLSv1', 'TLSv1.1'] as const).map((version) => [version, versions[version]] as const);
  const accepted = old.filter(([, answer]) => answer === 'accepted').map(([version]) => version);
  const own = { ...parts, values: { ...parts.values, accepted } };
  if (accepted.length > 0) {
    const listed = codes(accepted);
    const text = say(
      `${code(where)} accepte encore ${listed.fr}`,
      `${code(where)} still accepts ${listed.en}`,
    );
    return [fail(id, text, own), http2];
  }
  if (old.every(([, answer]) => answer === 'refused'))
    return [
      pass(id, say(`${code(where)} refuse TLS 1.0 et 1.1`, `${code(where)} refuses TLS 1.0 and 1.1`), own),
      http2,
    ];
  const text = say(
    `${code(where)}\u00a0: les anciennes versions de TLS n’ont pas été demandées`,
    `${code(where)}: the old versions of TLS were not asked for`,
  );
  return [unknown(id, text, refusal(`TLS ${where}`, text), own), http2];
}

const SILENT_SERVER: ReadonlySet<Silence> = new Set<Silence>([
  'refused',
  'connect-timeout',
  'closed',
  'timeout',
  'malformed',
]);

const shownAs = ({ status, silence, error }: HttpAnswer): Text => {
  if (silence === undefined) return say(code(status ?? ''), code(status ?? ''));
  const detail = error === undefined ? '' : ` (${code(error)})`;
  return say(`${silenceWords[silence].fr}${detail}`, `${silenceWords[silence].en}${detail}`);
};

/** What HTTP answers: `probe-http-failed`, `probe-redirect-loop`. */
export function httpChecks(answers: ProbeAnswers): Check[] {
  const { hops, end } = answers.journey;
  const last = hops.at(-1);
  if (!last) return [];
  return [httpCheck(answers, last, hops.length), ...(end === 'silent' ? [] : [loopCheck(answers)])];
}

function httpCheck(answers: ProbeAnswers, last: HttpAnswer, count: number): Check {
  const id = 'probe-http-failed';
  const { method, url, status, silence, protocol, firstByte } = last;
  const operation = `${method} ${url}`;
  const parts = { ...asked(answers, operation), values: { url, ...(status !== undefined && { status }) } };
  const shown = shownAs(last);
  const bad = say(`${code(operation)}\u00a0: ${shown.fr}`, `${code(operation)}: ${shown.en}`);
  if (silence !== undefined) {
    // that the URL's own name leads nowhere is told of the name; a redirect that leads nowhere is not
    const failed = SILENT_SERVER.has(silence) || (silence === 'unresolved' && count > 1);
    if (!failed) return unknown(id, bad, refusal(operation, silenceWords[silence]), parts);
    // who is slow may answer later, and what drops packets may stand on this side
    return fail(id, bad, {
      ...parts,
      ...(silence.endsWith('timeout') && { certainty: 'probable' as const }),
    });
  }
  if ((status ?? 0) >= 500) return fail(id, bad, parts);
  const redirects = count - 1;
  const after =
    redirects === 0
      ? say('', '')
      : say(
          ` après ${redirects} redirection${redirects > 1 ? 's' : ''}`,
          ` after ${redirects} redirect${redirects > 1 ? 's' : ''}`,
        );
  return pass(
    id,
    say(
      `${code(operation)} répond ${shown.fr} en ${firstByte}\u00a0ms (${protocol})${after.fr}`,
      `${code(operation)} answers ${shown.en} in ${firstByte} ms (${protocol})${after.en}`,
    ),
    parts,
  );
}

function loopCheck(answers: ProbeAnswers): Check {
  const id = 'probe-redirect-loop';
  const { hops, end } = answers.journey;
  const parts = { ...asked(answers, `GET ${answers.url}`), values: { urls: hops.map(({ url }) => url) } };
  const way = codes([
    ...hops.map(({ url }) => url),
    ...(hops.at(-1)?.location ? [hops.at(-1)?.location ?? ''] : []),
  ]);
  if (end === 'loop' && hops.some(({ cookies }) => cookies.length > 0)) {
    const text = say(
      `les redirections reviennent au même point, peut-être faute de renvoyer le cookie posé\u00a0: ${way.fr}`,
      `the redirects come back to where they were, perhaps since the cookie that is set is not sent back: ${way.en}`,
    );
    return unknown(id, text, undefined, parts);
  }
  if (end === 'loop')
    return fail(
      id,
      say(`les redirections tournent en rond\u00a0: ${way.fr}`, `the redirects lead in a circle: ${way.en}`),
      parts,
    );
  if (end === 'too-many') {
    const text = say(
      `plus de ${hops.length - 1} redirections, qui n’ont pas été suivies plus loin`,
      `more than ${hops.length - 1} redirects, which were not followed further`,
    );
    return unknown(id, text, undefined, parts);
  }
  return pass(id, say('aucune boucle de redirections', 'no loop of redirects'), parts);
}

type State = 'works' | 'fails' | 'denied' | 'open';

/** `denied` is an answer that may be meant for a request without credentials, and `open` one that tells nothing. */
function stateOf({ status, silence }: HttpAnswer): State {
  if (silence !== undefined) return SILENT_SERVER.has(silence) || silence === 'handshake' ? 'fails' : 'open';
  if ((status ?? 0) >= 500) return 'fails';
  if ((status ?? 0) < 400) return 'works';
  return status === 401 || status === 407 || status === 429 ? 'open' : 'denied';
}

/** What a load balancer answers directly, beside what comes through the name: `probe-origin-differs`. */
export const originChecks = (answers: ProbeAnswers): Check[] => {
  const through = answers.journey.hops[0];
  return through ? answers.origins.map((origin) => originCheck(answers, origin, through)) : [];
};

function originCheck(answers: ProbeAnswers, origin: OriginAnswer, through: HttpAnswer): Check {
  const id = 'probe-origin-differs';
  const { answer, tls, host } = origin;
  const operation = `${answer.method} ${answer.url}`;
  const { evidence } = asked(answers, `${operation} (${answer.by ?? host})`);
  const values = {
    balancer: host,
    port: origin.port,
    ...(answer.status !== undefined && { direct: answer.status }),
    ...(through.status !== undefined && { through: through.status }),
  };
  const parts = {
    evidence: [...asked(answers, `${through.method} ${through.url}`).evidence, ...evidence],
    values,
  };
  const [seen, direct] = [shownAs(through), shownAs(answer)];
  const other = tls?.certificate?.covers === false;
  const both = say(
    `par ${code(answers.host)}\u00a0: ${seen.fr}\u00a0; directement par ${code(host)}\u00a0: ${direct.fr}${other ? `, avec un certificat qui ne couvre pas ${code(origin.hostHeader)}` : ''}`,
    `through ${code(answers.host)}: ${seen.en}; directly by ${code(host)}: ${direct.en}${other ? `, with a certificate that does not cover ${code(origin.hostHeader)}` : ''}`,
  );
  const [name, balancer] = [stateOf(through), stateOf(answer)];
  if (balancer === 'works' && (name === 'fails' || name === 'denied'))
    return fail(id, both, {
      ...parts,
      values: { ...values, failing: 'cdn' },
      // a firewall may let a browser pass and not a probe
      ...((name === 'denied' || through.silence === 'connect-timeout') && { certainty: 'probable' as const }),
    });
  if (name === 'works' && answer.status !== undefined && balancer === 'fails')
    // what comes through the name may come from a cache
    return fail(id, both, {
      ...parts,
      certainty: 'probable',
      values: { ...values, failing: 'load-balancer' },
    });
  const told = through.silence === undefined && answer.silence === undefined;
  if (told && name === balancer) return pass(id, both, parts);
  return unknown(id, both, answer.silence && refusal(operation, silenceWords[answer.silence]), parts);
}
