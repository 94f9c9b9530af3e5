import { describe, expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import {
  type HttpAnswer,
  type NameAnswer,
  type ProbeAnswers,
  SILENCES,
  type TlsAnswer,
} from '#model/probe.ts';
import { checksOf } from './probe-checks.ts';

const AT = '2026-11-28T10:00:00.000Z';

const name: NameAnswer = {
  name: 'shop.test',
  result: 'addresses',
  a: ['198.41.0.4'],
  aaaa: [],
  aliases: [],
  unread: [],
  notPublic: [],
};
const tls: TlsAnswer = {
  host: 'shop.test',
  port: 443,
  certificate: {
    subject: 'shop.test',
    issuer: 'Amazon RSA 2048 M02',
    names: ['shop.test'],
    from: '2026-06-01T00:00:00.000Z',
    until: '2027-02-26T00:00:00.000Z',
    days: 89,
    covers: true,
  },
  chain: 'valid',
  protocol: 'TLSv1.3',
  alpn: 'h2',
  versions: { TLSv1: 'refused', 'TLSv1.1': 'refused', 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted' },
};
const answer: HttpAnswer = {
  method: 'GET',
  url: 'https://shop.test/',
  status: 200,
  protocol: 'HTTP/2',
  firstByte: 35,
  headers: {},
  otherHeaders: [],
  cookies: [],
};
const silent = (silence: HttpAnswer['silence'], error = 'E'): HttpAnswer => ({
  method: 'GET',
  url: 'https://shop.test/',
  headers: {},
  otherHeaders: [],
  cookies: [],
  ...(silence && { silence, error }),
});
const sound: ProbeAnswers = {
  url: 'https://shop.test/',
  host: 'shop.test',
  at: AT,
  names: [name],
  tls: [tls],
  journey: { hops: [answer], end: 'answered' },
  origins: [],
  operations: [],
  milliseconds: 300,
};
const journey = (hops: HttpAnswer[], end: ProbeAnswers['journey']['end'] = 'answered') => ({
  ...sound,
  journey: { hops, end },
});
const certificate = (
  changes: Partial<NonNullable<TlsAnswer['certificate']>>,
  chain = 'valid',
): ProbeAnswers => ({
  ...sound,
  tls: [
    {
      ...tls,
      chain,
      certificate: { ...tls.certificate, ...changes } as NonNullable<TlsAnswer['certificate']>,
    },
  ],
});
const direct = (through: HttpAnswer, origin: HttpAnswer, shown?: TlsAnswer): ProbeAnswers => ({
  ...journey([through], through.silence ? 'silent' : 'answered'),
  origins: [
    {
      host: 'lb.test',
      port: 443,
      scheme: 'https',
      hostHeader: 'shop.test',
      answer: { ...origin, by: 'lb.test:443' },
      ...(shown && { tls: shown }),
    },
  ],
});

const of = (answers: ProbeAnswers, id: string): Check | undefined =>
  checksOf(answers).find((check) => check.id === id);
const said = (check: Check | undefined) => [check?.result, check?.certainty, check?.text.en];
const failing = (answers: ProbeAnswers) =>
  checksOf(answers).flatMap(({ id, result }) => (result === 'fail' ? [id] : []));

test('a sound site passes every check, each with the request that shows it', () => {
  const checks = checksOf(sound);
  expect(checks.map(({ id, result, text }) => `${result} ${id}: ${text.en}`)).toEqual([
    'pass probe-dns-unresolved: `shop.test` leads to `198.41.0.4`',
    'pass probe-tls-expired: certificate of `shop.test` valid until 2027-02-26 (89 d)',
    'pass probe-tls-name-mismatch: the certificate covers `shop.test`',
    'pass probe-tls-invalid: valid chain of certificates (`Amazon RSA 2048 M02`)',
    'pass probe-tls-version-old: `shop.test:443` refuses TLS 1.0 and 1.1',
    'pass probe-http2-missing: `shop.test:443` speaks HTTP/2',
    'pass probe-http-failed: `GET https://shop.test/` answers `200` in 35 ms (HTTP/2)',
    'pass probe-redirect-loop: no loop of redirects',
  ]);
  for (const { evidence } of checks) expect(evidence).toMatchObject([{ source: 'probe', at: AT }]);
});

describe('DNS', () => {
  const dns = (changes: Partial<NameAnswer>) =>
    of({ ...sound, names: [{ ...name, a: [], ...changes }] }, 'probe-dns-unresolved');
  test('what a name server answers may be a failure', () => {
    expect(said(dns({ result: 'no-name', aliases: ['gone.cdn.test'] }))).toEqual([
      'fail',
      undefined,
      '`shop.test` → `gone.cdn.test`: there is no such name in DNS',
    ]);
    expect(dns({ result: 'no-address' })?.result).toBe('fail');
    expect(dns({ result: 'unknown', aliases: ['shop.test'], aliasesLoop: true })?.result).toBe('fail');
  });
  test('no answer of a name server is none', () => {
    const check = dns({ result: 'unknown', unread: [{ record: 'A', why: 'ETIMEOUT' }] });
    expect(check).toMatchObject({ result: 'unknown', refusal: { operation: 'DNS shop.test' } });
    expect(check?.text.fr).toBe('`shop.test`\u00a0: aucun serveur de noms n’a répondu (`ETIMEOUT`)');
  });
});

describe('TLS', () => {
  test('an expired certificate is told once', () => {
    const expired = certificate({ until: '2026-11-20T00:00:00.000Z', days: -9 }, 'CERT_HAS_EXPIRED');
    expect(failing(expired)).toEqual(['probe-tls-expired']);
    expect(of(expired, 'probe-tls-invalid')?.result).toBe('unknown');
    expect(of(expired, 'probe-tls-expired')?.text.fr).toBe('certificat de `shop.test` expiré le 2026-11-20');
  });
  test('an expired certificate further up the chain is one of the chain', () => {
    expect(failing(certificate({}, 'CERT_HAS_EXPIRED'))).toEqual(['probe-tls-invalid']);
  });
  test('one that expires today is not expired before its hour', () => {
    expect(failing(certificate({ until: '2026-11-28T10:00:01.000Z', days: 0 }))).toEqual([]);
    expect(failing(certificate({ until: '2026-11-28T09:59:59.000Z', days: -1 }))).toEqual([
      'probe-tls-expired',
    ]);
  });
  test('a certificate for other names', () => {
    const check = of(certificate({ covers: false, names: ['a.test', 'b.test'] }), 'probe-tls-name-mismatch');
    expect(said(check)).toEqual([
      'fail',
      undefined,
      'the certificate shown for `shop.test` covers only `a.test`, `b.test`',
    ]);
  });
  test('a root that is not known here may be known elsewhere', () => {
    expect(of(certificate({}, 'SELF_SIGNED_CERT_IN_CHAIN'), 'probe-tls-invalid')).toMatchObject({
      result: 'fail',
      certainty: 'probable',
    });
    expect(
      of(certificate({}, 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'probe-tls-invalid')?.certainty,
    ).toBeUndefined();
  });
  test('old versions', () => {
    const versions = (seen: TlsAnswer['versions']) =>
      of({ ...sound, tls: [{ ...tls, versions: seen }] }, 'probe-tls-version-old');
    expect(versions({ TLSv1: 'accepted', 'TLSv1.1': 'unknown' })).toMatchObject({
      result: 'fail',
      values: { accepted: ['TLSv1'] },
    });
    expect(versions({ TLSv1: 'refused', 'TLSv1.1': 'unknown' })?.result).toBe('unknown');
    expect(versions({ 'TLSv1.3': 'accepted' })?.result).toBe('unknown');
    expect(versions({})).toBeUndefined();
  });
  test('HTTP/2 that is not offered is for information', () => {
    const { result, text } = of(
      { ...sound, tls: [{ ...tls, alpn: 'http/1.1' }] },
      'probe-http2-missing',
    ) as Check;
    expect([result, text.en]).toEqual(['pass', '`shop.test:443` does not offer HTTP/2']);
  });
});

describe('HTTP', () => {
  test.each(SILENCES)('%s is a failure only where the other end is what fails', (silence) => {
    const { result, certainty } = of(journey([silent(silence)], 'silent'), 'probe-http-failed') as Check;
    const failed = ['refused', 'connect-timeout', 'closed', 'timeout', 'malformed'].includes(silence);
    expect(result).toBe(failed ? 'fail' : 'unknown');
    expect(certainty).toBe(silence.endsWith('timeout') ? 'probable' : undefined);
  });
  test('a status of the server’s own failure, and not one of the request', () => {
    expect(failing(journey([{ ...answer, status: 503 }]))).toEqual(['probe-http-failed']);
    expect(failing(journey([{ ...answer, status: 404 }]))).toEqual([]);
  });
  test('a redirect to a name that is not there', () => {
    const hops = [
      { ...answer, status: 301 },
      { ...silent('unresolved', 'NXDOMAIN'), url: 'https://old.test/' },
    ];
    expect(said(of(journey(hops, 'silent'), 'probe-http-failed'))).toEqual([
      'fail',
      undefined,
      '`GET https://old.test/`: the name leads to no address (`NXDOMAIN`)',
    ]);
  });
  test('a loop, unless a cookie that is sent back would end it', () => {
    const hops = ['https://shop.test/', 'https://shop.test/b'].map((url) => ({
      ...answer,
      url,
      status: 302,
      location: 'https://shop.test/',
    }));
    expect(failing(journey(hops, 'loop'))).toEqual(['probe-redirect-loop']);
    const [first, ...others] = hops as [HttpAnswer];
    const cookies = journey([{ ...first, cookies: ['seen'] }, ...others], 'loop');
    expect(of(cookies, 'probe-redirect-loop')?.result).toBe('unknown');
    expect(of(journey(hops, 'too-many'), 'probe-redirect-loop')?.result).toBe('unknown');
  });
});

describe('a load balancer that is asked directly', () => {
  const status = (code: number): HttpAnswer => ({ ...answer, status: code });
  test.each<[string, HttpAnswer, HttpAnswer, Check['result'], string | undefined, Check['certainty']]>([
    ['works where the name fails', status(502), status(200), 'fail', 'cdn', undefined],
    ['works where the name is refused', status(403), status(200), 'fail', 'cdn', 'probable'],
    ['works where no TLS is agreed on before it', silent('handshake'), status(200), 'fail', 'cdn', undefined],
    ['fails where the name works', status(200), status(503), 'fail', 'load-balancer', 'probable'],
    [
      'is closed to others than the CDN',
      status(200),
      silent('connect-timeout'),
      'unknown',
      undefined,
      undefined,
    ],
    ['wants a header of the CDN', status(502), status(403), 'unknown', undefined, undefined],
    ['is behind a login', status(401), status(200), 'unknown', undefined, undefined],
    ['fails as the name does', status(502), status(503), 'pass', undefined, undefined],
    ['answers as the name does', status(200), status(301), 'pass', undefined, undefined],
    [
      'works, where nobody could ask the name',
      silent('resolver'),
      status(200),
      'unknown',
      undefined,
      undefined,
    ],
    ['does not answer, as the name', silent('timeout'), silent('timeout'), 'unknown', undefined, undefined],
  ])('%s', (_, through, origin, result, hop, certainty) => {
    const check = of(direct(through, origin), 'probe-origin-differs') as Check;
    expect([check.result, check.values?.failing, check.certainty]).toEqual([result, hop, certainty]);
    expect(check.evidence).toHaveLength(2);
  });
  test('says what certificate it shows', () => {
    const other = {
      ...tls,
      certificate: { ...tls.certificate, covers: false } as NonNullable<TlsAnswer['certificate']>,
    };
    expect(of(direct(status(502), status(200), other), 'probe-origin-differs')?.text).toEqual({
      fr: 'par `shop.test`\u00a0: `502`\u00a0; directement par `lb.test`\u00a0: `200`, avec un certificat qui ne couvre pas `shop.test`',
      en: 'through `shop.test`: `502`; directly by `lb.test`: `200`, with a certificate that does not cover `shop.test`',
    });
  });
});
