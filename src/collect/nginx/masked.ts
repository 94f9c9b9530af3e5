import { excerpt } from '#lib/excerpt.ts';
import { maskSecrets } from '#lib/mask.ts';

/** Headers, cookies and arguments of a request that hold nothing to hide. */
const OPEN =
  /^(?:http_(?:host|upgrade|connection|origin|referer|user_agent|x_forwarded_(?:proto|for|host|port|ssl)|accept\w{0,12}|content_type|range|if_\w{1,20}|purpose|x_real_ip|cf_\w{1,24}|x_requested_with)|arg_(?:page|lang|v|version))$/i;
const COMPARED =
  /(\$\{?((?:http|cookie|arg)_\w{1,60})\}?["']?\s{0,8}(?:!?=|!?~\*?)\s{0,8})("[^"]{0,400}"?|'[^']{0,400}'?|[^\s"'(){;]{1,400})/gi;
/** Names of variables, headers and parameters whose values are not to be told. */
export const SECRET_NAME =
  /pass(?:word|wd|phrase)?|secret|token|credential|api[_-]?key|authorization|cookie|private|signature|_md5$|hmac/i;
const GIVEN =
  /(\b(?:(?:proxy|grpc|uwsgi|scgi|fastcgi)_(?:set_header|param|set_param)|(?:fastcgi|uwsgi|scgi)_param|grpc_set_header|add_header|more_set_(?:input_)?headers|set|env)\s{1,8}["']?\$?\{?([\w-]{1,80})["'}]?[\s=:]\s{0,8})("[^"]{0,2000}"?|'[^']{0,2000}'?|[^;{}]{1,2000})/gi;
const WHOLE =
  /(\b(?:secure_link_(?:md5|secret)|ssl_certificate(?:_key)?\s{1,8}["']?data:|auth_jwt_key\w{0,8}|proxy_ssl_certificate_key\s{1,8}["']?data:|user\w{0,10}\s{1,4}insecure-password|insecure-password|http_auth_\w{1,10}|return\s{1,8}[1245]\d\d\s{1,8})\s{0,8})("[^"]{0,2000}"?|'[^']{0,2000}'?|[^;{}\s]{1,2000})/gi;
/** A reference alone, or a word that only says how the secret is sent. */
const REFERENCE = /^["']?(?:\$[\w{}]{1,80}|off|on|""|''|['"]{0,2})["']?$/;

/** One line of a proxy's configuration for people: what it compares with, or gives on, that may be a secret is `…`. */
export function maskProxyLine(line: string): string {
  const cut = line.length > 2_000 ? `${line.slice(0, 2_000)}…` : line;
  return maskSecrets(
    cut
      .replace(COMPARED, (whole, before: string, name: string, value: string) =>
        OPEN.test(name) || REFERENCE.test(value) ? whole : `${before}…`,
      )
      .replace(GIVEN, (whole, before: string, name: string, value: string) =>
        SECRET_NAME.test(name) && !REFERENCE.test(value.trim()) ? `${before}…` : whole,
      )
      .replace(WHOLE, '$1…'),
  );
}

/** The same, as an excerpt: one line, cut. */
export const proxyExcerpt = (line: string): string => excerpt(maskProxyLine(line)).trim();
