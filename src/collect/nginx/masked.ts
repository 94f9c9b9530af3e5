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
  /(\b(?:secure_link_(?:md5|secret)|ssl_certificate(?:_key)?\s{1,8}["']?data:|auth_jwt_key\w{0,8}|proxy_ssl_certificate_key\s{1,8}["']?data:|user\w{0,10}\s{1,4}insecure-password|insecure-password|http_auth_\w{1,10}|return\s{1,8}[1245]\d\d\s{1,8}|respond\s{1,8}(?:(?:[/@]\S{0,100}|\*)\s{1,8})?(?=["`]))\s{0,8})("[^"]{0,2000}"?|'[^']{0,2000}'?|`[^`]{0,2000}`?|[^;{}\s]{1,2000})/gi;
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

const FETCHED =
  /(\b(?:req\.|res\.)?(?:f?hdr|cook|urlp?|url_param|body_param|http_auth(?:_group)?|hdr_\w{1,5}|cook_\w{1,5}|urlp_\w{1,5})\(\s{0,4})([^),]{0,80})([^)]{0,80}\)[\w.,()-]{0,80})((?:\s{1,8}-[imnuf]\s{0,4}\w{0,8}){0,6})(\s{1,8}(?!if\b|unless\b|\}))([^}]{1,1000})/gi;
const PLAIN_HEADER =
  /^(?:host|x-forwarded-(?:proto|for|host|port)|upgrade|connection|user-agent|referer|origin|accept[\w-]{0,20}|content-type|sec-websocket-\w{1,20})$/i;
const LOGIN = /(\b(?:stats\s{1,8}auth|(?:insecure-)?password|auth-pass)\s{1,8})(\S{1,400})/gi;

/** One line of HAProxy's configuration for people: what headers, cookies and parameters are compared with is `…`. */
export const maskHaproxyLine = (line: string): string =>
  maskSecrets(
    (line.length > 2_000 ? `${line.slice(0, 2_000)}…` : line)
      .replace(FETCHED, (whole, before: string, name: string, after: string, flags: string, space: string) =>
        PLAIN_HEADER.test(name.trim()) ? whole : `${before}${name}${after}${flags}${space}…`,
      )
      .replace(
        /(\b(?:set|add|replace)-(?:header|cookie|var|value)\s{1,8}(\S{1,80})\s{1,8})(.{1,1500})/gi,
        (whole, before: string, name: string) => (SECRET_NAME.test(name) ? `${before}…` : whole),
      )
      .replace(/(\b(?:string|lf-string)\s{1,8})("[^"]{0,1000}"?|'[^']{0,1000}'?|\S{1,1000})/gi, '$1…')
      .replace(LOGIN, '$1…'),
  );
