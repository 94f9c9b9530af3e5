import { maskSecrets } from '#lib/mask.ts';
import type { Json } from '#model/fact.ts';
import { LIMITS } from './limits.ts';

const MASKED = '⟨masked⟩';
/** Options and keys whose value is a secret. */
const SECRET_KEY =
  /(^|[-_.])(password|passwd|passphrase|pwd|secret|token|api-?key|apikey|access-key|private-key|secret-key|client-secret|auth-?token|secret-string|secret-binary|user-password|credentials?)$/i;
/** Options whose name ends like one and whose value is none. */
const HARMLESS_KEY = /secret-(id|name|arn)|^secret$|password-stdin$|token-(file|path)|^no-/i;
const ASSIGNMENT = /^([A-Za-z_][\w.-]*)=(.*)$/s;
const SECRET_NAME = /password|passwd|passphrase|secret|token|api_?key|access_?key|private_?key|credential/i;
const HEADER =
  /^(\s*(?:proxy-)?authorization\s*:\s*(?:\w+\s+)?|\s*(?:x-)?[\w-]*(?:token|key|secret)\s*:\s*)(.+)$/is;
const USER = /^([^:\s]{1,64}:)(.+)$/s;

/** What only refers to a secret hides nothing: `⟨secrets.X⟩`, `$TOKEN`, next to nothing beside them. */
const refers = (value: string): boolean => {
  const known = value.replace(/⟨[^⟩]*⟩/g, '').replace(/\$\{?\w+\}?/g, '');
  return known.replace(/[^A-Za-z0-9]/g, '').length <= 2;
};

function maskedText(value: string): string {
  const assignment = ASSIGNMENT.exec(value);
  if (
    assignment &&
    SECRET_NAME.test(assignment[1] ?? '') &&
    !refers(assignment[2] ?? '') &&
    !/^(true|false|\d*)$/.test(assignment[2] ?? '')
  )
    return `${assignment[1]}=${MASKED}`;
  return value
    .split('\n')
    .map((line) => (line.length > 2000 ? line.slice(0, 2000) : line))
    .map((line) => maskSecrets(line).replace(/\S*…\S*/g, (part) => (line.includes(part) ? part : MASKED)))
    .join('\n');
}

function masked(key: string, value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, 200).map((item) => masked(key, item));
  if (value && typeof value === 'object') return maskArguments(value);
  if (typeof value !== 'string') return value;
  const cut = value.length > LIMITS.valueLength ? `${value.slice(0, LIMITS.valueLength)}…` : value;
  if (SECRET_KEY.test(key) && !HARMLESS_KEY.test(key) && !refers(cut)) return MASKED;
  if (key === 'H' || key === 'header') {
    const header = HEADER.exec(cut);
    if (header && !refers(header[2] ?? '')) return `${header[1]}${MASKED}`;
  }
  if (key === 'u' || key === 'user') {
    const user = USER.exec(cut);
    if (user && !refers(user[2] ?? '')) return `${user[1]}${MASKED}`;
  }
  return maskedText(cut);
}

/** Commands whose `-p` is a password, not a port or a project. */
const LOGIN = /(^| )login$/;

/** The arguments of a call with every literal that looks like a credential replaced, and long values cut. */
export function maskArguments(given: Record<string, Json>, operation = ''): Record<string, Json> {
  const isLogin = LOGIN.test(operation);
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      masked(isLogin && key === 'p' ? 'password' : key, value),
    ]),
  );
}

/** A line for people (a note) with the same care. */
export const maskNote = (text: string): string => maskedText(text);
