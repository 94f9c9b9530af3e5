import { X509Certificate } from 'node:crypto';
import type { HostCertificate } from '#model/host.ts';
import { note, refuse, seenInPart } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { filesOf, filesScript } from './files.ts';

const DAY = 86_400_000;
const MOST = 500;
/** The first certificate of a file, that of the host itself: a private key in the same file stays on the host. */
export const FIRST_CERTIFICATE = `awk '/-----BEGIN CERTIFICATE-----/{p=1} p{print} /-----END CERTIFICATE-----/{if(p)exit}'`;

const nameIn = (subject: string, key: string): string | undefined =>
  subject
    .split('\n')
    .find((line) => line.startsWith(`${key}=`))
    ?.slice(key.length + 1);

/**
 * A certificate of its PEM text; undefined where it is none. RFC 5280.
 * @param at when it is looked at, RFC 3339
 */
export function certificateOf(
  pem: string,
  path: string,
  usedBy: readonly string[],
  at: string,
): HostCertificate | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return undefined;
  }
  const until = new Date(certificate.validTo);
  const alternative = (certificate.subjectAltName ?? '')
    .split(', ')
    .flatMap((one) => /^(?:DNS|IP Address):(.{1,255})$/.exec(one)?.[1] ?? [])
    .slice(0, 200);
  const common = nameIn(certificate.subject, 'CN');
  return {
    path,
    usedBy: [...usedBy],
    names: alternative.length > 0 ? alternative : common ? [common] : [],
    issuer:
      nameIn(certificate.issuer, 'CN') ??
      nameIn(certificate.issuer, 'O') ??
      certificate.issuer.replaceAll('\n', ', '),
    from: new Date(certificate.validFrom).toISOString(),
    until: until.toISOString(),
    days: Math.floor((until.getTime() - Date.parse(at)) / DAY),
    isSelfSigned: certificate.issuer === certificate.subject && certificate.verify(certificate.publicKey),
  };
}

/** Which files name a certificate: `file:path` lines of grep. */
export function namedCertificates(lines: string): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const line of lines.split('\n')) {
    const [, by, path] = /^=([^:\s]{1,400}):.{0,200}?["']?(\/[^\s"';$*]{1,400})["']?;?\s*$/.exec(line) ?? [];
    if (by && path && named.size < MOST) named.set(path, [...new Set([...(named.get(path) ?? []), by])]);
  }
  return named;
}

/** Sites that are there and not enabled are not looked into; links are followed. */
const GREP = `g() {
  p=$1
  shift
  find -L "$@" -maxdepth 3 -type f -exec grep -HoE -- "$p" {} + 2>/dev/null | head -n ${MOST} | sed 's/^/=/'
}
n=$(g '^[[:space:]]*ssl_certificate[[:space:]]+[^;]+' /etc/nginx/nginx.conf /etc/nginx/conf.d /etc/nginx/sites-enabled /etc/nginx/http.d /etc/nginx/snippets
g '[[:space:]]crt[[:space:]]+[^[:space:]]+' /etc/haproxy
g '^[[:space:]]*tls[[:space:]]+/[^[:space:]]+' /etc/caddy
g '^[[:space:]]*SSLCertificateFile[[:space:]]+[^[:space:]]+' /etc/apache2/apache2.conf /etc/apache2/sites-enabled /etc/apache2/conf-enabled /etc/httpd
g '^[[:space:]]*-?[[:space:]]*certFile:[[:space:]]*[^[:space:]]+' /etc/traefik)
echo "$n"
set -f; IFS='
'`;

/** Files that the proxies' own configuration names, and those that certbot keeps. Private keys are never read. */
export const certificates = defineSection({
  parts: ['certificates'],
  round: 1,
  commands: () => [
    {
      id: 'certificates',
      operation: 'cat CERTIFICATE',
      script: `if [ -e /etc/letsencrypt ] && [ ! -x /etc/letsencrypt/live ] && [ -e /etc/letsencrypt/live ]; then echo '#denied'; fi
${GREP}
set -- $(echo "$n" | sed -n "s|^=[^:]*:.*[[:space:]][\\"']\\{0,1\\}\\(/[^[:space:]\\"';]*\\).*|\\1|p" | sort -u)
set +f; unset IFS
${filesScript([], { globs: ['"$@"', '/etc/letsencrypt/live/*/fullchain.pem'], filter: FIRST_CERTIFICATE })}`,
      needsRoot: true,
    },
  ],
  read(answers, state) {
    const answer = answers.get('certificates');
    if (!answer || refuse(state, 'certificates', answer, 'root')) return;
    const named = namedCertificates(answer.stdout);
    const seen = new Set<string>();
    for (const { path, text, state: how } of filesOf(answer.stdout)) {
      if (seen.has(path)) continue;
      seen.add(path);
      const usedBy = named.get(path) ?? ['certbot'];
      const found = how === 'read' ? certificateOf(text, path, usedBy, state.at) : undefined;
      if (found) state.certificates.push(found);
      if (how === 'denied') note(state, 'certificates', seenInPart(answer));
    }
    if (/^#denied$/m.test(answer.stdout)) note(state, 'certificates', seenInPart(answer));
  },
});
