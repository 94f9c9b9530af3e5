import { code, type Text } from '#model/text.ts';
import type { Timing } from './pace.ts';

/** The API of Cloudflare, where the environment leads nowhere else. Cloudflare API documentation, “Make API calls”. */
const API = 'https://api.cloudflare.com/client/v4';

/** How an account is reached: the variables are those of Wrangler and of Cloudflare's own libraries. */
export interface CloudflareAccess {
  /** Requests a second that are never exceeded. */
  maxRate?: number;
  /** How often a request is sent at most; default 4. */
  attempts?: number;
  /** Milliseconds that one answer may take; default 30,000. */
  timeout?: number;
  /** Milliseconds before the first retry, doubled with each; default 250. */
  delay?: number;
  /** Where credentials and the address of the API are taken from; default: that of the process. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** The clock by which requests are paced and asked again; default: that of the machine. For tests that do not wait. */
  timing?: Timing;
}

/** Where the API is, and what is shown there. */
export interface Credentials {
  base: string;
  headers: Record<string, string>;
  /** The variable that people look at when they are refused. */
  variable: string;
}

const say = (fr: string, en: string): Text => ({ fr, en });
/** What a header can hold. RFC 9110, section 5.5; credentials have no spaces within. */
const VISIBLE = /^[\x21-\x7e]+$/;

/** What the environment gives, or why nothing can be asked with it. Never holds a value in what it says. */
export function credentialsOf(
  environment: CloudflareAccess['environment'] = process.env,
): Credentials | Text {
  const given = (name: string) => environment[name]?.trim() || undefined;
  const base = (given('CLOUDFLARE_API_BASE_URL') ?? API).replace(/\/+$/, '');
  const token = given('CLOUDFLARE_API_TOKEN');
  const key = given('CLOUDFLARE_API_KEY');
  const email = given('CLOUDFLARE_EMAIL');
  const misshapen = (name: string) =>
    say(
      `${code(name)} contient des espaces ou des caractères qu’aucun jeton n’a\u00a0: la copier de nouveau`,
      `${code(name)} holds spaces or characters that no token has: copy it again`,
    );
  if (token !== undefined) {
    if (!VISIBLE.test(token)) return misshapen('CLOUDFLARE_API_TOKEN');
    return { base, headers: { authorization: `Bearer ${token}` }, variable: 'CLOUDFLARE_API_TOKEN' };
  }
  if (key !== undefined && email !== undefined) {
    if (!VISIBLE.test(key)) return misshapen('CLOUDFLARE_API_KEY');
    if (!VISIBLE.test(email)) return misshapen('CLOUDFLARE_EMAIL');
    return { base, headers: { 'x-auth-key': key, 'x-auth-email': email }, variable: 'CLOUDFLARE_API_KEY' };
  }
  return key !== undefined
    ? say(
        '`CLOUDFLARE_API_KEY` ne sert qu’avec `CLOUDFLARE_EMAIL`\u00a0: donner les deux, ou plutôt un jeton dans `CLOUDFLARE_API_TOKEN`',
        '`CLOUDFLARE_API_KEY` is of use only with `CLOUDFLARE_EMAIL`: give both, or rather a token in `CLOUDFLARE_API_TOKEN`',
      )
    : say(
        'aucune identité Cloudflare n’a été trouvée\u00a0: donner un jeton dans `CLOUDFLARE_API_TOKEN` (`constat policy cloudflare` dit ses permissions)',
        'no Cloudflare credentials were found: give a token in `CLOUDFLARE_API_TOKEN` (`constat policy cloudflare` tells its permissions)',
      );
}
