import { wordsOf } from '#lib/identifier.ts';
import type { ValueClass } from '#model/artifacts.ts';

/** Variables that a build tool puts into what it serves to browsers. */
const PUBLIC =
  /^(?:NEXT_PUBLIC|PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|GATSBY|VUE_APP|STORYBOOK|NG_APP)_|(?:^|_)(?:PUBLIC|PUBLISHABLE|ANON|SITE|CLIENT|SHARED_PUBLIC)_?KEY$/;
const SWITCH =
  /^(?:ENABLE|ENABLED|DISABLE|USE|ALLOW|HAS|IS|SKIP|REQUIRE|SHOW|HIDE|MAX|MIN|NUM|NUMBER)_|_(?:ENABLED?|DISABLED?|REQUIRED|ALLOWED)$/;
/** What stands last when the variable is about a secret and is none: where it is, how long, which one. */
const ABOUT = new Set(
  `path file filename dir directory folder location url uri endpoint host hostname port name id ids arn region prefix
   suffix format regex pattern field header headers type kind mode scope scopes provider issuer audience aud algorithm
   alg algo hasher rounds cost length len size limit max min count ttl expiry expires expire expiration expiresin in
   lifetime duration age timeout interval seconds minutes hours days weeks months ms sec secs mins rotation policy version
   user username login email domain address symbol mint contract budget store storage manager backend engine driver
   class strategy window grace leeway renewal refresh cookie param query label title description hint reset`.split(
    /\s+/,
  ),
);
const SECRET_WORDS = new Set([
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'pw',
  'mdp',
  'secret',
  'secrets',
  'token',
  'apikey',
  'credential',
  'credentials',
  'salt',
  'pepper',
]);
const KEYS = new Set(
  'api private secret access encryption encrypt signing sign signature master auth app jwt service role session cookie license storage account admin hmac crypto deploy ssh webhook rsa seed'.split(
    ' ',
  ),
);

/** `scheme://user:password@`, as database and broker addresses carry it. */
const URL_PASSWORD = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^/\s:@]{0,200}:([^/\s@]{1,400})@/i;
const PART_PASSWORD = /(?:^|[;\s])(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*([^;\s]{1,400})/i;
const ISSUED =
  /^(?:sk_(?:live|test)_|rk_(?:live|test)_|whsec_|sk-|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|xapp-|AIza|SG\.|npm_|hf_|r8_|dckr_pat_|shp(?:at|ss|ca)_|ya29\.|lin_api_|dop_v1_|sbp_|pul-|EAAC|ATATT|eyJ[\w-]+\.eyJ)/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/;

/** Whether a variable's name says that its value is a secret. Key ids, paths, lifetimes and public keys are not. */
export function isSecretName(name: string): boolean {
  const upper = name.toUpperCase().replace(/[.-]/g, '_');
  if (PUBLIC.test(upper) || SWITCH.test(upper)) return false;
  const words = upper.toLowerCase().split('_').filter(Boolean);
  const last = words.at(-1) ?? '';
  // `SECRET_KEY_BASE` is Rails' own secret.
  const said = last === 'base' && words.at(-2) === 'key' ? words.slice(0, -1) : words;
  const end = said.at(-1) ?? '';
  if (/^\d+$/.test(end)) return isSecretName(said.slice(0, -1).join('_'));
  if (ABOUT.has(end)) return false;
  if (upper === 'PWD' || upper === 'OLDPWD') return false;
  if (end === 'pass') return true;
  if (end === 'key' || end === 'keys') return said.length > 1 && KEYS.has(said.at(-2) ?? '');
  return said.some((word) => SECRET_WORDS.has(word)) || /(?:apikey|secretkey|password|privatekey)$/.test(end);
}

const PLACEHOLDER_WORDS = new Set(
  `your change changeme changethis replace replaceme placeholder todo tbd fixme insert here example dummy fake redacted
   sample fill enter generate generated paste put xxx yyy zzz abc votre vos remplacer remplacez changer changez ici
   exemple factice fictif fictive tobemodified tobereplaced tobechanged bidon`.split(/\s+/),
);
const PLACEHOLDER =
  /^(?:<.*>|\[.*\]|\{\{.*\}\}|__.+__|%.+%|@.+@|\.{2,}|…|\*+|-+|\?+|_+|0{6,}|x+|none|null|nil|undefined|n\/a|optional|required|secret_?here|(?:please_?)?set[_-]?(?:it|me|this)|your[a-z]{2,40}here)$|x{4,}|\.{3}|…|\*{4,}|EXAMPLE(?:KEY)?$|<[a-z][^<>]{0,60}>/i;
const REFERENCE =
  /^(?:arn:|ssm:|op:\/\/|vault:|aws-?sm:|secretsmanager:|secretsmanager\/|gcp-?sm:|projects\/[^/]+\/secrets\/|azurekeyvault:|@Microsoft\.KeyVault|doppler:|sops:|ENC\[|encrypted:|file:\/\/|ref\+|keyring:|bws:|infisical:|\/run\/secrets\/|\$[A-Za-z_{(]|%[A-Z_]+%$|`)/i;
const WHOLE_REFERENCE = /^\$\{\{.*\}\}$|^\{\{\s*(?:secrets?|vault|op|env)\b/i;
const DEFAULTS = new Set(
  `postgres postgresql admin root toor password passw0rd p@ssw0rd p@ssword password1 password123 password1! passwd pass minioadmin
   minio guest secret secrets supersecret mysecret mysecretkey secretkey secret_key mypassword my-secret-pw mysql mariadb mongo mongodb
   redis rabbitmq rabbit user username administrator admin123 admin1234 adminadmin 123456 1234567 12345678 123456789
   1234567890 12345 1234 qwerty letmein welcome default docker grafana elastic sa neo4j keycloak wordpress laravel django
   rails symfony changeit vagrant pgadmin nextcloud airflow superset metabase sonar nexus admin123! hasura localstack
   test testing masterkey yourstrong!passw0rd yourstrong(!)password !changeme! !changethismercurehubjwtsecretkey! thisisasecret
   devpassword postgrespassword rootpassword somepassword`.split(/\s+/),
);
/** Words that people build a weak value from. */
const COMMON =
  /password|passwd|passw0rd|secret|super|jwt|token|access|refresh|session|cookie|development|production|staging|insecure|local(?:host)?|default|admin|root|user|test(?:ing)?|demo|django|flask|rails|laravel|postgres|mysql|redis|mongo|minio|signing|encryption|private|public|random|string|value|strong|secure|long|very|this|that|must|should|least|chars?|characters|bytes|minimum|only|with|please|some|hello|world|key|dev|app|api|auth|prod|not|for|the|and|use|my|is|in|a|at|it|do|to|of|be|or/gi;

/**
 * The class of a variable's value, decided from name and value; the value itself goes no further. `secret` tells
 * whether it is one at all: by its name, by a password inside an address, or by an issuer's prefix.
 */
export function classify(name: string, value: string): { secret: boolean; class: ValueClass } {
  const text = value.trim();
  const isPublic = PUBLIC.test(name.toUpperCase());
  const inside = isPublic ? undefined : (URL_PASSWORD.exec(text)?.[1] ?? PART_PASSWORD.exec(text)?.[1]);
  const issued = !isPublic && (ISSUED.test(text) || PRIVATE_KEY.test(text)) && text.length >= 20;
  const secret = inside !== undefined || issued || isSecretName(name);
  if (text === '') return { secret, class: 'empty' };
  if (!secret)
    return {
      secret,
      class: isPlaceholder(text) ? 'placeholder' : REFERENCE.test(text) ? 'reference' : 'plain',
    };
  return { secret, class: classOfSecret(name, inside ?? text, issued) };
}

/** What only its key opens: ciphertext of AWS KMS, SOPS, Ansible Vault. It names no secret by itself. */
const CIPHERTEXT = /^(?:AQ[EI]CA[HQ][A-Za-z0-9+/]{40}|ENC\[AES256|\$ANSIBLE_VAULT;)/;

function classOfSecret(name: string, text: string, issued: boolean): ValueClass {
  const lower = text.toLowerCase();
  if (WHOLE_REFERENCE.test(text) || REFERENCE.test(text) || CIPHERTEXT.test(text)) return 'reference';
  if (DEFAULTS.has(lower)) return 'default';
  // nobody issues such a token or key, while a password may be chosen so
  if (/^(?:demo|mock)$/.test(lower) && !/pass|pwd/i.test(name)) return 'placeholder';
  if (isPlaceholder(text)) return 'placeholder';
  if (issued) return 'strong';
  if (/^(?:true|false|yes|no|on|off|\d{1,6})$/.test(lower)) return 'weak';
  return isWeak(name, text) ? 'weak' : 'strong';
}

const isPlaceholder = (text: string): boolean =>
  (text.length <= 200 && PLACEHOLDER.test(text)) ||
  (text.length <= 120 && wordsOf(text).some((word) => PLACEHOLDER_WORDS.has(word)));

/** Short, of few different characters, or nothing left once common words and the name's own are taken out. */
function isWeak(name: string, text: string): boolean {
  if (text.length < 16) return true;
  let rest = text.slice(0, 400).toLowerCase();
  for (const word of wordsOf(name)) if (word.length > 2) rest = rest.replaceAll(word, '');
  rest = rest.replace(/0?1234\d*|[^a-z0-9]+|(?:19|20)\d\d/g, '');
  const words = wordsOf(text);
  const readable =
    words.length > 1 &&
    words.every((word) => /^[a-z]{2,12}$|^\d{1,4}$/.test(word)) &&
    text === text.toLowerCase();
  if (readable) rest = rest.replace(COMMON, '');
  if (readable && words.length < 7) return true;
  return (readable ? rest : rest.replace(COMMON, '')).length < 8 || entropy(text) < 3;
}

/** Shannon's, in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
