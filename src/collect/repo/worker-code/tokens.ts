import type { FileEvidence } from '#model/evidence.ts';
import type { TokenCheck, WorkerCode } from '#model/worker.ts';
import type { Analysed, Analysis } from './analysis.ts';
import { type Claim, claimsDecidedIn } from './claims.ts';
import { isExternal, type Place } from './follow.ts';
import { keysKept } from './key-cache.ts';
import { Origins } from './origins.ts';
import { argumentsOf, type Call, dotted, isCall, isMember, type Node, propertyOf } from './syntax.ts';
import { type TokenFunction, tokenFunction } from './token-libraries.ts';
import type { Values } from './values.ts';

type Known = TokenCheck['signature'];
type Analysing = Analysis & { values: Values };

/** Web Crypto's names and those of JSON Web Algorithms, without the length of the digest. RFC 7518, section 3.1. */
const FAMILIES: Readonly<Record<string, string>> = {
  'RSASSA-PKCS1-v1_5': 'RS',
  ECDSA: 'ES',
  HMAC: 'HS',
  'RSA-PSS': 'PS',
};
/** Calls that only read a token, of which it is asked whose it is. */
const MOST_READ = 200;
const OF_TOKENS = /jwt|jwks|\bkid\b|id_?token|access_?token|bearer|cf-access/i;

/** A call that verifies a token, or only reads it. */
interface Looked {
  module: Analysed;
  call: Call;
  by: TokenFunction | 'crypto' | 'atob';
}

/** How the tokens of requests are checked, and where a token of Cloudflare Access is read. */
export function tokensOf(analysis: Analysing, isFound: boolean): Pick<WorkerCode, 'tokens' | 'access'> {
  const { modules } = analysis;
  const looked = modules.flatMap((module) => lookedAt(module, analysis.values));
  const claims = new Map(modules.map((module) => [module, claimsDecidedIn(module)]));
  const verifying = looked.filter(({ by }) => by === 'crypto' || (by !== 'atob' && by.does === 'verify'));
  const reading = looked.filter((one) => !verifying.includes(one));
  const kept = verifying.length > 0 ? keysKept(analysis, isFound) : { keyCache: 'unknown' as const };
  const decided = (module: Analysed, claim: Claim): Known => {
    if (claims.get(module)?.some((one) => one.claim === claim)) return 'yes';
    const isElsewhere = [...claims.values()].some((all) => all.some((one) => one.claim === claim));
    return isElsewhere || !isFound ? 'unknown' : 'no';
  };
  const tokens = verifying.map(({ module, call, by }): TokenCheck => {
    const own =
      by === 'crypto' || by === 'atob'
        ? ({
            algorithms: algorithmOf(module, call, analysis.values),
            issuer: 'no',
            audience: 'no',
            expiry: 'no',
          } as const)
        : byLibrary(module, call, by, analysis.values);
    const told = (known: Known, claim: Claim): Known => (known === 'no' ? decided(module, claim) : known);
    const isOfKeys = !own.algorithms.some((one) => one.startsWith('HS'));
    return {
      at: module.at(call),
      signature: isWithoutEffect(module, call, by, analysis.values) ? 'no' : 'yes',
      algorithms: [...own.algorithms],
      issuer: told(own.issuer, 'iss'),
      audience: told(own.audience, 'aud'),
      expiry: told(own.expiry, 'exp'),
      ...(isOfKeys ? kept : { keyCache: 'unknown' as const }),
    };
  });
  const origins = new Origins(analysis);
  for (const { module, call } of reading.slice(0, MOST_READ)) {
    if (!origins.isOfRequest(module, tokenOf(module, call))) continue;
    const verified = verifying.length === 0 ? 'no' : origins.runsWith(module, call, verifying);
    // what is read beside a check was checked, or will be
    if (verified === 'yes') continue;
    tokens.push({
      at: module.at(call),
      signature: verified === 'unknown' || !isFound ? 'unknown' : 'no',
      algorithms: [],
      issuer: decided(module, 'iss'),
      audience: decided(module, 'aud'),
      expiry: decided(module, 'exp'),
      keyCache: 'unknown',
    });
  }
  return {
    tokens: ofEachPlace(tokens),
    access: modules.flatMap((module) => accessIn(module, analysis.values)),
  };
}

/** One check for each line, the first that was found. */
function ofEachPlace(tokens: readonly TokenCheck[]): TokenCheck[] {
  const places = new Map([...tokens].reverse().map((one) => [`${one.at.file}\n${one.at.line}`, one]));
  return [...places.values()].reverse();
}

function lookedAt(module: Analysed, values: Values): Looked[] {
  const found: Looked[] = [];
  const dots = splitting(module);
  for (const type of ['CallExpression', 'OptionalCallExpression'] as const)
    for (const call of module.syntax.of(type)) {
      const written = dotted(call.callee as Node) ?? '';
      if (/(?:^|\.)subtle\.verify$/.test(written)) {
        if (isOfToken(module, call, dots)) found.push({ module, call, by: 'crypto' });
        continue;
      }
      if (/^JSON\.parse$/.test(written)) {
        if (readsPayload(module, call, dots)) found.push({ module, call, by: 'atob' });
        continue;
      }
      const callee = values.follower.callee(module, call);
      const by = isExternal(callee) ? tokenFunction(callee) : undefined;
      if (by) found.push({ module, call, by });
    }
  return found;
}

const splitsByDot = (node: Node): boolean =>
  isCall(node) &&
  isMember(node.callee as Node) &&
  propertyOf(node.callee as never) === 'split' &&
  argumentsOf(node)[0]?.type === 'StringLiteral' &&
  (argumentsOf(node)[0] as { value?: string }).value === '.';

/** Functions of a module (or its top) in which a text is split at its points, and those in which base64 is decoded. */
interface Splitting {
  splits: ReadonlyMap<Node | undefined, Node>;
  decodes: ReadonlySet<Node | undefined>;
}

function splitting(module: Analysed): Splitting {
  const splits = new Map<Node | undefined, Node>();
  const decodes = new Set<Node | undefined>();
  for (const type of ['CallExpression', 'OptionalCallExpression'] as const)
    for (const call of module.syntax.of(type)) {
      const around = module.scopes.functionAround(call);
      if (splitsByDot(call) && !splits.has(around)) splits.set(around, call);
      if (/^(?:\w+\.)?(?:atob|\w*base64\w*|b64\w*|from)$/i.test(dotted(call.callee as Node) ?? ''))
        decodes.add(around);
    }
  return { splits, decodes };
}

/** Web Crypto verifies a token where the code around it takes one apart at its points. */
function isOfToken(module: Analysed, call: Call, { splits }: Splitting): boolean {
  return splits.has(module.scopes.functionAround(call)) || (splits.size > 0 && OF_TOKENS.test(module.text));
}

/** `JSON.parse(atob(token.split('.')[1]))`, in one expression or in several of the same function. */
function readsPayload(module: Analysed, call: Call, { splits, decodes }: Splitting): boolean {
  const around = module.scopes.functionAround(call);
  return around !== undefined && splits.has(around) && decodes.has(around) && OF_TOKENS.test(module.text);
}

/** What is decoded: the text that is split, or the first argument. */
function tokenOf(module: Analysed, call: Call): Node | undefined {
  if (dotted(call.callee as Node) !== 'JSON.parse') return argumentsOf(call)[0];
  const around = module.scopes.functionAround(call);
  const split = around && module.syntax.within(around).find(splitsByDot);
  const callee = split && isCall(split) ? (split.callee as Node) : undefined;
  return callee && isMember(callee) ? callee.object : undefined;
}

function byLibrary(module: Analysed, call: Call, by: TokenFunction, values: Values) {
  const given = by.options === undefined ? undefined : argumentsOf(call)[by.options];
  const place = given && { module, node: given };
  const text = place && values.text(place);
  const object = place && text === undefined ? values.object(place) : undefined;
  const isOpaque =
    (place !== undefined && text === undefined && object === undefined) ||
    object?.isWhole === false ||
    hasSpread(call);
  const inner =
    by.keys?.within === undefined
      ? undefined
      : object?.properties.findLast(({ name }) => name === by.keys?.within)?.value;
  const claims = inner ? values.object(inner) : by.keys?.within === undefined ? object : undefined;
  const isTold = (key: string | undefined, own: true | undefined): Known => {
    if (own || (key !== undefined && claims?.properties.some(({ name }) => name === key))) return 'yes';
    return isOpaque || (inner !== undefined && claims?.isWhole !== true) ? 'unknown' : 'no';
  };
  const stated = object?.properties.findLast(({ name }) => name === by.keys?.algorithms)?.value;
  const alone = stated && values.text(stated);
  const algorithms =
    text !== undefined
      ? [text]
      : alone !== undefined
        ? [alone]
        : stated
          ? (values.texts(stated)?.values ?? [])
          : [];
  const isSilent = place === undefined || (object?.isWhole === true && stated === undefined);
  return {
    algorithms:
      algorithms.length > 0 || !isSilent || by.algorithm === undefined ? algorithms : [by.algorithm],
    issuer: isTold(by.keys?.issuer, by.own?.issuer),
    audience: isTold(by.keys?.audience, by.own?.audience),
    expiry: by.hasExpiry ? ('yes' as const) : ('no' as const),
  };
}

const hasSpread = (call: Call): boolean => call.arguments.some(({ type }) => type === 'SpreadElement');

/** The algorithm that Web Crypto is given; the digest of an RSA or HMAC key is said when it is imported. */
function algorithmOf(module: Analysed, call: Call, values: Values): string[] {
  const [given] = argumentsOf(call);
  if (!given) return [];
  const place = { module, node: given };
  const named = values.property(place, 'name');
  const name = values.text(place) ?? (named && values.text(named));
  if (name === undefined) return [];
  if (/^Ed25519$/i.test(name)) return ['EdDSA'];
  const family = FAMILIES[name];
  if (family === undefined) return [];
  return [`${family}${digestOf(place, values) ?? digestOfKeys(module, values) ?? '256'}`];
}

/** `256` of `{ hash: 'SHA-256' }`. */
function digestOf(algorithm: Place, values: Values): string | undefined {
  const hash = values.property(algorithm, 'hash');
  const inner = hash && values.property(hash, 'name');
  const text = hash && (values.text(hash) ?? (inner && values.text(inner)));
  return /^SHA-?(256|384|512)$/i.exec(text ?? '')?.[1];
}

const digests = new WeakMap<Analysed, string | undefined>();

/** The digest with which the keys of a module are imported. */
function digestOfKeys(module: Analysed, values: Values): string | undefined {
  if (!digests.has(module)) {
    const given = module.syntax
      .of('CallExpression')
      .filter((one) => /(?:^|\.)subtle\.importKey$/.test(dotted(one.callee) ?? ''))
      .slice(0, MOST_READ)
      .flatMap((one) => argumentsOf(one)[2] ?? []);
    digests.set(
      module,
      given.map((node) => digestOf({ module, node }, values)).find((one) => one !== undefined),
    );
  }
  return digests.get(module);
}

/** What the check says is dropped, or a promise of it is taken for its answer. */
function isWithoutEffect(module: Analysed, call: Call, by: Looked['by'], values: Values): boolean {
  const parent = module.syntax.parentOf(call);
  if (!parent || by === 'atob' || (by !== 'crypto' && by.isAsync !== true)) return false;
  const isTest =
    (parent.type === 'UnaryExpression' && parent.operator === '!') ||
    ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test === call);
  if (isTest || parent.type === 'ExpressionStatement') return true;
  const isDropped =
    parent.type === 'AwaitExpression' && module.syntax.parentOf(parent)?.type === 'ExpressionStatement';
  if (!isDropped) return false;
  if (by === 'crypto') return true;
  if (by.tellsByResult === undefined) return false;
  const options = by.options === undefined ? undefined : argumentsOf(call)[by.options];
  const object = options && values.object({ module, node: options });
  return (
    options === undefined ||
    (object?.isWhole === true && !object.properties.some(({ name }) => name === by.tellsByResult))
  );
}

const ACCESS = /^cf-access-jwt-assertion$|CF_Authorization/i;
const READS =
  /^(?:get|has|header|getCookie|cookie|cookies|startsWith|includes|indexOf|match|matchAll|find|exec|test|split|getHeader)$/;

/** Reads of the header or the cookie in which Access gives its token. Cloudflare documentation, “Validate JWTs”. */
function accessIn(module: Analysed, values: Values): FileEvidence[] {
  const { syntax } = module;
  const found: Node[] = [];
  for (const type of ['CallExpression', 'OptionalCallExpression'] as const)
    for (const call of syntax.of(type)) {
      const callee = call.callee as Node;
      const name = isMember(callee)
        ? propertyOf(callee)
        : callee.type === 'Identifier'
          ? callee.name
          : undefined;
      if (name === undefined || !READS.test(name)) continue;
      for (const one of argumentsOf(call)) {
        const text = one.type === 'RegExpLiteral' ? one.pattern : values.text({ module, node: one });
        if (text !== undefined && ACCESS.test(text)) found.push(call);
      }
    }
  for (const node of [...syntax.of('MemberExpression'), ...syntax.of('OptionalMemberExpression')])
    if (ACCESS.test(propertyOf(node) ?? '')) found.push(node);
  for (const node of syntax.of('RegExpLiteral')) if (/CF_Authorization/.test(node.pattern)) found.push(node);
  const places = new Map(found.map((node) => [module.at(node).line, module.at(node)]));
  return [...places.values()];
}
