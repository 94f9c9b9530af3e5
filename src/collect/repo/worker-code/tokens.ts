import type { Node } from '@babel/types';
import type { FileEvidence } from '#model/evidence.ts';
import type { TokenCheck, WorkerCode } from '#model/worker.ts';
import type { Module } from './modules.ts';
import { calleeOf, chainOf, entryOf, numberOf, propertyName, textOf, walk } from './walk.ts';

type Known = TokenCheck['signature'];

/** Libraries that verify tokens, with the calls that do and those that only decode. */
const LIBRARIES: readonly { name: RegExp; verify: RegExp; decode: RegExp }[] = [
  { name: /^jose$/, verify: /^jwtVerify$|^compactVerify$/, decode: /^decodeJwt$/ },
  { name: /^@tsndr\/cloudflare-worker-jwt$/, verify: /^verify$/, decode: /^decode$/ },
  { name: /^jsonwebtoken$/, verify: /^verify$/, decode: /^decode$/ },
  { name: /^hono\/jwt$/, verify: /^verify$|^jwt$/, decode: /^decode$/ },
  { name: /^hono\/jwk$/, verify: /^jwk$/, decode: /^$/ },
  { name: /^(?:jwt-decode)$/, verify: /^$/, decode: /^(?:jwtDecode|jwt_decode)$/ },
  { name: /^@cloudflare\/pages-plugin-cloudflare-access/, verify: /./, decode: /^$/ },
];
/** Web Crypto's names and those of JSON Web Algorithms. RFC 7518, section 3.1. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  'RSASSA-PKCS1-v1_5': 'RS256',
  ECDSA: 'ES256',
  HMAC: 'HS256',
  'RSA-PSS': 'PS256',
  Ed25519: 'EdDSA',
};
const KEYS_KEPT =
  /(?:jwks?|keys|certs?)\w*(?:cache|cached|store|memo)|(?:cache|cached|memo)\w*(?:jwks?|keys|certs?)/i;
const KEPT_FOR = /(?:cache|jwks?|keys?|certs?)\w*(?:ttl|duration|max_?age|expir|lifetime|ms|seconds)|^ttl$/i;

/** What of a token the code of a module looks at by itself. */
interface ByHand {
  /** `crypto.subtle.verify` is called. */
  verify?: Node;
  algorithms: string[];
  compared: Set<string>;
  splits: boolean;
  decodes?: Node;
  keepsKeys: boolean;
  keptSeconds?: number;
  /** It speaks of tokens at all: `kid`, `jwks`, `jwt`. */
  isOfTokens: boolean;
}

/** How the tokens of requests are checked, and where a token of Cloudflare Access is read. */
export function tokensOf(
  modules: readonly Module[],
  isWhole: boolean,
): Pick<WorkerCode, 'tokens' | 'access'> {
  const looks = modules.map((module) => ({ module, own: byHandOf(module) }));
  const compared = new Set(looks.flatMap(({ own }) => [...own.compared]));
  const keeps = looks.find(({ own }) => own.keepsKeys)?.own;
  const all: TokenCheck[] = modules.flatMap((module) => byLibrary(module, compared));
  // what one module decodes another has checked, or made
  const verified = all.filter(({ signature }) => signature === 'yes');
  const tokens = verified.length > 0 ? verified : all;
  for (const { module, own } of looks)
    if (own.verify && own.isOfTokens)
      tokens.push({
        at: module.at(own.verify),
        signature: 'yes',
        algorithms: own.algorithms,
        issuer: told(compared, 'iss', isWhole),
        audience: told(compared, 'aud', isWhole),
        expiry: told(compared, 'exp', isWhole),
        keyCache: keeps ? 'yes' : isWhole ? 'no' : 'unknown',
        ...(keeps?.keptSeconds !== undefined && { cacheSeconds: keeps.keptSeconds }),
      });
  const isVerified = tokens.some(({ signature }) => signature === 'yes');
  if (!isVerified)
    for (const { module, own } of looks)
      if (own.decodes && own.splits && own.isOfTokens)
        tokens.push({
          at: module.at(own.decodes),
          signature: isWhole ? 'no' : 'unknown',
          algorithms: [],
          issuer: told(compared, 'iss', isWhole),
          audience: told(compared, 'aud', isWhole),
          expiry: told(compared, 'exp', isWhole),
          keyCache: 'no',
        });
  return { tokens, access: modules.flatMap(accessIn) };
}

const told = (compared: ReadonlySet<string>, claim: string, isWhole: boolean): Known =>
  compared.has(claim) ? 'yes' : isWhole ? 'no' : 'unknown';

/** Calls of libraries that check tokens. */
function byLibrary(module: Module, compared: ReadonlySet<string>): TokenCheck[] {
  const own = LIBRARIES.filter(({ name }) => module.packages.some((one) => name.test(one.name)));
  if (own.length === 0) return [];
  const verified: TokenCheck[] = [];
  const decoded: TokenCheck[] = [];
  const isRemote = /\bcreateRemoteJWKSet\b/.test(module.text);
  walk(module.ast.program, (node) => {
    const callee = calleeOf(node);
    if (!callee || (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression')) return;
    if (callee.of && /^crypto\b|subtle/.test(chainOf(callee.of))) return;
    const options = [...node.arguments].reverse().find((one) => one.type === 'ObjectExpression') as
      | Node
      | undefined;
    const isOpaque = node.arguments.length > 2 && options === undefined;
    const claim = (key: string, short: string): Known =>
      entryOf(options, key) || compared.has(short) ? 'yes' : isOpaque ? 'unknown' : 'no';
    const algorithms = algorithmsIn(
      entryOf(options, 'algorithms') ?? entryOf(options, 'algorithm') ?? entryOf(options, 'alg'),
    );
    const of = { at: module.at(node), algorithms };
    if (own.some(({ verify }) => verify.test(callee.name)))
      verified.push({
        ...of,
        signature: 'yes',
        issuer: claim('issuer', 'iss'),
        audience: claim('audience', 'aud'),
        expiry: 'yes',
        keyCache: isRemote ? 'yes' : 'unknown',
      });
    else if (own.some(({ decode }) => decode.test(callee.name)))
      decoded.push({
        ...of,
        signature: 'no',
        issuer: claim('issuer', 'iss'),
        audience: claim('audience', 'aud'),
        expiry: claim('exp', 'exp'),
        keyCache: 'no',
      });
  });
  // what is decoded beside a check was, or will be, checked
  return verified.length > 0 ? verified.slice(0, 3) : decoded.slice(0, 1);
}

const algorithmsIn = (node: Node | undefined): string[] => {
  const texts: string[] = [];
  if (node)
    walk(node, (one) => {
      const text = textOf(one);
      if (text !== undefined && /^(?:[RHEP]S\d{3}|EdDSA|none)$/.test(text)) texts.push(text);
    });
  return texts;
};

function byHandOf(module: Module): ByHand {
  const own: ByHand = {
    algorithms: [],
    compared: new Set(),
    splits: false,
    keepsKeys: false,
    isOfTokens: /\bjwt|jwks|\bkid\b|bearer|cf-access-jwt|id_token|access_token/i.test(module.text),
  };
  walk(module.ast.program, (node, parents) => {
    const callee = calleeOf(node);
    if (callee?.name === 'verify' && /(?:^|\.)subtle$/.test(chainOf(callee.of))) own.verify ??= node;
    if (
      callee?.name === 'split' &&
      node.type === 'CallExpression' &&
      textOf(node.arguments[0] as Node) === '.'
    )
      own.splits = true;
    if (callee && /^(?:atob|base64[Uu]rl\w*|decodeBase64\w*|b64\w*)$/.test(callee.name)) own.decodes ??= node;
    if (callee?.name === 'createRemoteJWKSet') own.keepsKeys = true;
    const text = textOf(node);
    const algorithm = text === undefined ? undefined : ALGORITHMS[text];
    if (algorithm !== undefined && !own.algorithms.includes(algorithm)) own.algorithms.push(algorithm);
    if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
      const name = propertyName(node);
      if (name !== undefined && /^(?:iss|aud|exp)$/.test(name) && isLookedAt(parents)) own.compared.add(name);
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
      const { name } = node.id;
      if (KEYS_KEPT.test(name)) own.keepsKeys = true;
      const kept = KEPT_FOR.test(name) ? numberOf(node.init) : undefined;
      if (kept !== undefined && kept > 0) own.keptSeconds = kept >= 10_000 ? kept / 1000 : kept;
    }
  });
  if (own.keptSeconds !== undefined && own.isOfTokens) own.keepsKeys = true;
  return own;
}

/** The value decides something: it is compared, tested, or handed to something that does. */
const isLookedAt = (parents: readonly Node[]): boolean =>
  parents
    .slice(-4)
    .some((node) =>
      /^(?:BinaryExpression|LogicalExpression|IfStatement|ConditionalExpression|CallExpression|UnaryExpression|OptionalCallExpression)$/.test(
        node.type,
      ),
    );

/** Reads of the header or the cookie in which Access gives its token. Cloudflare documentation, “Validate JWTs”. */
function accessIn(module: Module): FileEvidence[] {
  const found: FileEvidence[] = [];
  walk(module.ast.program, (node) => {
    const text = node.type === 'TemplateElement' ? (node.value.cooked ?? '') : (textOf(node) ?? '');
    const pattern = node.type === 'RegExpLiteral' ? node.pattern : '';
    if (/^cf-access-jwt-assertion$/i.test(text) || /CF_Authorization/.test(text + pattern))
      found.push(module.at(node));
  });
  return found;
}
