/** The field's own marks of a token: what follows them is the secret. */
const TOKENS = new RegExp(
  [
    '\\b(?:AKIA|ASIA|A3T[A-Z0-9])[A-Z0-9]{12,}',
    '\\b(?:gh[pousr]|github_pat|glpat|glsa|glc|npm|hf|gsk|dckr_pat|shp(?:at|ca|pa|ss)|[rs]k_(?:live|test)|whsec|pat|figd|cf(?:k|ut|at)|vc[piark]|lin_api|ntn|ops|xkeysib|key)[-_][A-Za-z0-9_+/=.-]{16,}',
    '\\b(?:sk|pk|rk|xox[abeoprs]|xapp|tskey)-[A-Za-z0-9_-]{10,}',
    '\\bSG\\.[\\w-]{16,}\\.[\\w-]{16,}',
    '\\bhv[sbr]\\.[\\w-]{20,}',
    '\\bAIza[\\w-]{30,}',
    '\\bya29\\.[\\w-]{20,}',
    '\\bdapi[0-9a-f]{32}',
    '\\beyJ[\\w-]{8,}\\.[\\w-]{8,}(?:\\.[\\w-]*)?',
    '(?<=hooks\\.slack\\.com/services/)[\\w/]{10,}',
  ].join('|'),
  'g',
);
const SECRET_WORD =
  'password|passwd|passphrase|pwd|secret|token|credential|api[_-]?key|apikey|access[_-]?key|private[_-]?key|(?:encryption|signing|master|account|client|auth|service|admin|storage|shared)[_-]?key|connection[_-]?string|authorization';
/** Keys whose value says where or what a secret is, not the secret. */
const ABOUT =
  /[-_.]?(?:names?|arns?|ids?|paths?|files?|dirs?|prefix|suffix|url|uri|endpoint|type|kind|length|ttl|expir\w*|age|regions?|versions?|polic\w+|provider|manager|stores?|refs?|from|keyring|rotation|stdin|enabled|required|count|limit|header|field|audience|issuer|format|class)$/i;
const ASSIGNED = new RegExp(
  `((?:${SECRET_WORD})[\\w.-]{0,40})(["']?\\s{0,8}(?:=>|:=|[:=])\\s{0,8}|["']\\s{0,4},\\s{0,4}(?=["']))("[^"]*"?|'[^']*'?|[^\\s"',;&|)}\\]]+)`,
  'gi',
);
/** A field with its type, as Python and TypeScript declare it: `password: str = "…"`, `token: str = Field(default="…")`. */
const TYPED = new RegExp(
  `((?:${SECRET_WORD})[\\w.-]{0,40}\\s{0,4}:\\s{0,4}[\\w.[\\]|? ]{1,60}=\\s{0,4}(?:\\w{1,20}\\((?:default\\s{0,2}=\\s{0,2})?)?)("[^"]*"?|'[^']*'?)`,
  'gi',
);
const FLAG = new RegExp(
  `((?<![\\w-])--?[\\w-]{0,40}(?:${SECRET_WORD})[\\w-]{0,40})(\\s{1,8})("[^"]*"?|'[^']*'?|[^\\s"'-][^\\s"']*)`,
  'gi',
);
const HEADER =
  /\b((?:proxy-)?authorization["']?\s{0,8}[:=]\s{0,8}["']?(?:[a-z]{3,12}\s{1,4})?|\bbearer\s{1,4})([^\s"',]+)/gi;
/** A quote that JSON closes a text with ends it: what follows is no password. */
const USER_AND_PASSWORD = /(:\/\/[^\s:@/]{0,128}:)((?:[^\s@/"]|"(?![\]},:])){1,256})(?=@)/g;
const OPTIONS = /(\s-u\s{0,4}["']?[^\s:"']{1,64}:)([^\s"']+)/g;
const LOGIN = /(\b(?:login|mysql\w{0,8}|mariadb|sshpass)\b[^|;&]{0,200}?\s-p\s?)([^\s-][^\s]*)/g;
const PARAMETER = /(--value[\s=]{1,4})("[^"]*"?|'[^']*'?|[^\s"']+)/g;
/** What a value may be without being a secret: a reference, a switch, a number, a placeholder. */
const HARMLESS =
  /^(?:\$|\{\{|<|%|\(|\[|\{$|\||>|\*|…|⟨|arn:|op:\/\/|vault:|ssm:|secretsmanager:|(?:secrets|vars|env|inputs|steps|needs|github|process|os|config|var|local|data|module|self|this)\.|(?:true|false|null|none|nil|undefined|inherit|read|write|required|optional|string|bool|str|any|basic|bearer|token|apikey)$|\d{1,5}$)/i;
const BARE_BASE64 = /(?<![A-Za-z0-9+/=_.:@-])[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/=_.@-])/g;

/**
 * A mask that lets people recognise a value they know and nobody else use it: the first four and last two characters
 * of a long one, the first two of a shorter one, nothing below twelve.
 */
export function maskValue(value: string): string {
  if (value.length >= 20) return `${value.slice(0, 4)}…${value.slice(-2)}`;
  return value.length >= 12 ? `${value.slice(0, 2)}…` : '…';
}

const hidden = (value: string): string => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  const inner = quote ? value.slice(1).replace(new RegExp(`${quote}$`), '') : value;
  if (inner === '' || HARMLESS.test(inner) || inner.includes('…')) return value;
  return `${quote}…${quote && value.length > 1 && value.endsWith(quote) ? quote : ''}`;
};

/** Base64 of a key or a password, told from paths and hexadecimal digests by its mixture of characters. */
const isBareSecret = (run: string): boolean =>
  /[a-z]/.test(run) &&
  /[A-Z]/.test(run) &&
  /[0-9+]/.test(run) &&
  run
    .split('/')
    .some((part) => part.length >= 16 && /[a-z]/.test(part) && /[A-Z]/.test(part) && /[0-9]/.test(part));

/**
 * One line of text with what is likely a secret value replaced by `…`: tokens of a known form, passwords in URLs and
 * options, `Authorization` headers, values of keys that say so, long base64. References (`${{ secrets.X }}`, `$X`,
 * ARNs) stay. Meant for excerpts: it hides rather too much. Linear for lines up to some thousand characters, which
 * is for the caller to see to.
 */
export function maskSecrets(line: string): string {
  return line
    .replace(TOKENS, maskValue)
    .replace(USER_AND_PASSWORD, (_, before: string, value: string) => before + hidden(value))
    .replace(HEADER, (_, before: string, value: string) => before + hidden(value))
    .replace(OPTIONS, (_, before: string, value: string) => before + hidden(value))
    .replace(LOGIN, (_, before: string, value: string) => before + hidden(value))
    .replace(TYPED, (whole, before: string, value: string) =>
      ABOUT.test(/^[\w.-]+/.exec(before)?.[0] ?? '') ? whole : before + hidden(value),
    )
    .replace(ASSIGNED, (whole, key: string, between: string, value: string, at: number, all: string) =>
      ABOUT.test(key) || /arn:[\w:*-]{0,100}$/.test(all.slice(Math.max(0, at - 110), at))
        ? whole
        : key + between + hidden(value),
    )
    .replace(FLAG, (whole, flag: string, space: string, value: string) =>
      ABOUT.test(flag) ? whole : flag + space + hidden(value),
    )
    .replace(PARAMETER, (whole, before: string, value: string) =>
      line.includes('SecureString') ? before + hidden(value) : whole,
    )
    .replace(BARE_BASE64, (run) => (isBareSecret(run) ? maskValue(run) : run));
}
