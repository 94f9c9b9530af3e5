/**
 * What the detector matches by form and people know to be no secret: placeholders, examples of documentation, values
 * of a development machine.
 */
const PLACEHOLDER =
  /example|sample|dummy|fake|placeholder|change[_-]?me|redacted|your[_-]|insert|replace|xxxx|\*{3}|\.{3}|<|>|\$\{|\{\{|%[a-z_]+%|not[_-]?a[_-]?real|foobar|deadbeef|1234567890|0123456789|abcdefgh|todo/i;
const REPEATED = /(.)\1{5}/;
const LOCAL_HOST =
  /^(?:localhost|host\.docker\.internal|[\w-]+|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]+\]|.*\.(?:example(?:\.\w+)?|test|invalid|localhost|local|internal\.example)|(?:.*\.)?(?:example|domain|host|server|yourdomain|mydomain|company)\.(?:com|org|net|io|dev))$/i;
const DEFAULT_PASSWORD =
  /^(?:.*(?:passw|secret|admin|root|postgres|mysql|mongo|rabbit|redis|guest|user|demo|local|token|test|devel|qwerty|hunter2|pwd|letmein|welcome).*|dev|pass|foo|bar|baz)$/i;
const MARKED_TOKEN = /^[a-z]{2,10}[_-]/i;
/** Bits for a character: random hexadecimal has over 3, words and repetitions less. */
const LEAST_ENTROPY = 3;

/** Shannon entropy of a text, in bits for a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy;
}

/** Whether a token that has the form of a secret can be one. */
export function isPlausibleToken(token: string): boolean {
  if (PLACEHOLDER.test(token) || REPEATED.test(token)) return false;
  return entropyOf(token.replace(MARKED_TOKEN, '')) >= LEAST_ENTROPY;
}

/** The password of a URL that could be used by somebody else: not of this machine, not a word that stands for one. */
export function passwordIn(url: string): string | undefined {
  const [, user = '', password = '', host = ''] =
    /:\/\/([^:@/\s]*):([^@/\s]*)@([^/?#\s"':,]*)/.exec(url) ?? [];
  if (password.length < 8 || password === user || LOCAL_HOST.test(host) || host === '') return undefined;
  if (PLACEHOLDER.test(password) || PLACEHOLDER.test(host) || DEFAULT_PASSWORD.test(password))
    return undefined;
  return entropyOf(password) >= 2.5 ? password : undefined;
}

const EXAMPLE_FOLDER =
  /(?:^|\/)(?:__(?:tests?|mocks|fixtures|snapshots)__|tests?|specs?|e2e|testing|test-?data|testdata|fixtures?|mocks?|stubs?|examples?|samples?|demos?|docs?|tutorials?|snippets|benchmarks?)\//i;
const EXAMPLE_FILE = /(?:\.|_|-|^)(?:test|tests|spec|fixture|mock|example|sample|template|dist)(?:\.|_|-|$)/i;

/** Whether a file is a test, a fixture, an example or documentation. */
export const isExample = (path: string): boolean =>
  EXAMPLE_FOLDER.test(path) ||
  EXAMPLE_FILE.test(path.slice(path.lastIndexOf('/') + 1)) ||
  /\.mdx?$/i.test(path);
