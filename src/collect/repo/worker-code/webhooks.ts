import type { WorkerCode } from '#model/worker.ts';
import type { Analysed, Analysis } from './analysis.ts';
import { isExternal, type Place } from './follow.ts';
import { type Lost, Reach } from './reach.ts';
import { type Route, routesOf } from './routes.ts';
import {
  argumentsOf,
  dotted,
  isCall,
  isClass,
  isFunction,
  isMember,
  type Node,
  propertyOf,
} from './syntax.ts';
import type { Values } from './values.ts';
import { textOf } from './walk.ts';

type Verified = WorkerCode['webhooks'][number]['isVerified'];

/** Webhooks that are told of one Worker. */
const MOST_WEBHOOKS = 100;
/** Headers in which senders sign what they send, or say the secret that was agreed. */
const SIGNATURE =
  /^(?:stripe-signature|x-hub-signature(?:-256)?|tally-signature|svix-signature|webhook-signature|x-shopify-hmac-sha256|x-slack-signature|x-signature-ed25519|x-signature|x-twilio-signature|paddle-signature|x-gitlab-token|linear-signature|x-line-signature|typeform-signature|(?:x-)?calendly-webhook-signature|x-zm-signature|x-webhook-signature|x-telegram-bot-api-secret-token|x-clerk-signature|x-wc-webhook-signature|x-razorpay-signature|x-cal-signature-256|x-vercel-signature|lemonsqueezy-signature|x-event-key)$/i;
const PATH = /^\/(?:[\w:.*{}-]+\/)*(?:[\w-]*webhooks?|hooks?)(?:\/[\w:.*{}-]+)*\/?$/i;
/** Somebody's own list of webhooks is managed there, none is taken. */
const MANAGED =
  /(?:web)?hooks\/?$|hooks?\/(?:[:{*]|tests?\b|create|register|subscri|list|config|settings|setup|logs?\b|retry|replay|events?\b)/i;
const SECRET_IN_PATH = /[:{*](?:\w*(?:secret|token|key|hash|sig)\w*)/i;
const TAKES = /^(?:POST|PUT|PATCH|ALL|ANY)$/;
/** Calls that check a signature, of libraries and of Web Crypto and Node.js. */
const CHECKS =
  /^(?:constructEvent(?:Async)?|timingSafeEqual|safeEqual|secureCompare|constantTimeEqual|verifyKey|verifyRequest|verifyWebhook\w*)$/;
const OF_LIBRARY =
  /(?:^|\.)(?:verify\w*|validate(?:Webhook|Event|Signature|Request)\w*|constructEvent\w*|unwrap|receive|unmarshal)$/i;
const MAY_CHECK =
  /verif|auth|sign|valid|check|hmac|guard|protect|secret|token|decrypt|ensure|require|assert/i;
const READS_BODY = /^(?:json|text|formData|arrayBuffer|blob|bytes|parseBody|body|valid)$/;
const COMPARED = /sig(?:nature)?s?\b|hmac|digest|expected|computed|secret|token|api_?key|passw/i;
const AUTHORISES = /^(?:authorization|cookie|x-api-key|x-auth-\w+)$/i;

/** Where calls of other services come in, and whether the code that runs for each checks their signature. */
export function webhooksOf(
  analysis: Analysis & { values: Values },
  isFound: boolean,
): WorkerCode['webhooks'] {
  const reach = new Reach(analysis);
  const routes = routesOf(analysis);
  const known = new Map<string, WorkerCode['webhooks'][number]>();
  for (const route of routes) {
    if (known.size >= MOST_WEBHOOKS) break;
    if ((route.method !== undefined && !TAKES.test(route.method)) || isMiddleware(route)) continue;
    const isNamed = PATH.test(route.path);
    const own = reach.from(route.code);
    const isSigned = own.places.some(readsSignature);
    // what a route without a name of its own reaches may be all others: a path that only leads on
    if (!isNamed && !(isSigned && own.places.length < 40)) continue;
    const before = reach.from(beforehand(route, routes, analysis));
    const isVerified = verdict(route, own, before, { isFound, isSigned }, analysis.values);
    const takes = isSigned || own.places.some(readsBody) || own.lost.some(({ call }) => isGivenRequest(call));
    // what takes nothing is called by nobody to tell something
    if (isVerified !== true && !takes && own.places.some(({ node }) => isFunction(node))) continue;
    const at = route.module.at(route.node);
    known.set(`${route.path}\n${at.file}\n${at.line}`, { path: route.path, isVerified, at });
  }
  return [...known.values()];
}

interface Run {
  places: Place[];
  lost: Lost[];
  isWhole: boolean;
}

function verdict(
  route: Route,
  own: Run,
  before: Run,
  { isFound, isSigned }: { isFound: boolean; isSigned: boolean },
  values: Values,
): Verified {
  const places = [...own.places, ...before.places];
  const lost = [...own.lost, ...before.lost];
  if (lost.some(({ module, call }) => isCheck(module, call, values)) || comparesSecret(places)) return true;
  const signs = places.filter((place) => place.module.syntax.within(place.node).some(isSigning));
  if (signs.some((place) => comparisonsIn(place).length > 0)) return true;
  const goesOn = signs.length > 0 || lost.some(({ module, call }) => mayCheck(module, call, values));
  const isGuarded = places.some(readsAuthorisation) || SECRET_IN_PATH.test(route.path);
  const isManaged = !isSigned && MANAGED.test(route.path);
  const isRead = own.places.some(
    ({ node }) => isFunction(node) || isClass(node) || /Statement$/.test(node.type),
  );
  return !isFound || !isRead || !own.isWhole || !before.isWhole || goesOn || isGuarded || isManaged
    ? 'unknown'
    : false;
}

/** What runs before the route: middlewares of its path, and what stands before the branch in the same handler. */
function beforehand(
  route: Route,
  routes: readonly Route[],
  { modules, values }: Analysis & { values: Values },
): Place[] {
  const middlewares = routes.filter((one) => isMiddleware(one) && covers(one.path, route.path));
  const unnamed = modules.flatMap((module) =>
    module.syntax.of('CallExpression').flatMap((call): Place[] => {
      const callee = call.callee as Node;
      const [first] = argumentsOf(call);
      if (!isUse(callee) || !first || values.text({ module, node: first }) !== undefined) return [];
      return argumentsOf(call).map(
        (node) => values.follower.functionOf({ module, node }) ?? { module, node },
      );
    }),
  );
  const ofFolder = modules
    .filter(
      ({ file }) => /(?:^|\/)_middleware\.[cm]?[jt]sx?$/.test(file) && isInside(route.module.file, file),
    )
    .flatMap((module) =>
      [...module.exports.values()].flatMap((one) => ('node' in one ? [{ module, node: one.node }] : [])),
    );
  return [...middlewares.flatMap(({ code }) => code), ...unnamed, ...ofFolder, ...statementsBefore(route)];
}

const isMiddleware = ({ node }: Route): boolean => isCall(node) && isUse(node.callee as Node);
const isUse = (callee: Node): boolean => isMember(callee) && propertyOf(callee) === 'use';
const covers = (pattern: string, path: string): boolean =>
  path.startsWith(pattern.replace(/\/?\*.*$|\/:.*$/, ''));
const isInside = (file: string, middleware: string): boolean =>
  file.startsWith(middleware.slice(0, middleware.lastIndexOf('/') + 1));

/** The statements that run before a branch is taken, without the branches of other paths. */
function statementsBefore({ module, node, code }: Route): Place[] {
  if (code.some(({ node: own }) => isFunction(own)) && !/Literal$/.test(node.type)) return [];
  const found: Place[] = [];
  const until = node.start ?? 0;
  for (let at = module.syntax.parentOf(node); at; at = module.syntax.parentOf(at)) {
    if (isFunction(at) && at.body.type !== 'BlockStatement') break;
    if (at.type !== 'BlockStatement') continue;
    for (const one of at.body) {
      if ((one.end ?? 0) > until) break;
      const isBranch =
        one.type === 'IfStatement' &&
        module.syntax
          .within(one.test)
          .some((inner) => inner.type === 'StringLiteral' && inner.value.startsWith('/'));
      if (!isBranch && one.type !== 'FunctionDeclaration') found.push({ module, node: one });
    }
  }
  return found;
}

const readsHeader =
  (pattern: RegExp) =>
  ({ module, node }: Place): boolean =>
    module.syntax.within(node).some((one) => {
      const parent = pattern.test(textOf(one) ?? '') ? module.syntax.parentOf(one) : undefined;
      return (isCall(parent) && parent.arguments[0] === one) || (isMember(parent) && parent.property === one);
    });
const readsSignature = readsHeader(SIGNATURE);
const readsAuthorisation = readsHeader(AUTHORISES);

const readsBody = ({ module, node }: Place): boolean =>
  module.syntax
    .within(node)
    .some((one) => isMember(one) && READS_BODY.test(propertyOf(one) ?? '') && isRequest(one.object));
const isRequest = (node: Node): boolean =>
  /(?:^|\.)(?:req|request|raw|clone|cloned\w*|clonedRequest)$/i.test(nameOf(node));
const nameOf = (node: Node): string => (isCall(node) ? nameOf(node.callee as Node) : (dotted(node) ?? ''));

function isCheck(module: Analysed, call: Lost['call'], values: Values): boolean {
  const written = dotted(call.callee as Node) ?? '';
  const name = written.slice(written.lastIndexOf('.') + 1);
  if (CHECKS.test(name) || /subtle\.verify$/.test(written)) return true;
  const callee = values.follower.callee(module, call);
  if (isExternal(callee))
    return OF_LIBRARY.test(callee.name) || (callee.name === 'Webhook' && call.type === 'NewExpression');
  const [object] = isMember(call.callee as Node) ? [written.slice(0, -name.length - 1)] : [];
  return /^(?:verify|unwrap|receive)$/.test(name) && /webhook|\bwh\b|svix|stripe|octokit/i.test(object ?? '');
}

/** A call out of sight that may look at who asks: by its name, or because it is given the request whole. */
function mayCheck(module: Analysed, call: Lost['call'], values: Values): boolean {
  const written = dotted(call.callee as Node) ?? '';
  const callee = values.follower.callee(module, call);
  const [root = ''] = written.split('.', 1);
  const isGlobal = root !== '' && root !== 'this' && !module.scopes.resolve(root, call);
  if (isGlobal || OWN.test(written) || call.type === 'NewExpression') return false;
  if (!isExternal(callee) && callee !== undefined) return false;
  if (MAY_CHECK.test(written.slice(written.lastIndexOf('.') + 1))) return true;
  return isGivenRequest(call) && !(isExternal(callee) && callee.package === 'hono/adapter');
}

/** Methods of the context or the request itself. */
const OWN = /^(?:c|ctx|context|ctxt|req|request|event)\./;
const isGivenRequest = (call: Lost['call']): boolean =>
  !/^(?:console|JSON)\./.test(dotted(call.callee as Node) ?? '') &&
  argumentsOf(call).some((one) => /^(?:req|request|c|ctx|context|event)$/.test(dotted(one) ?? ''));

/** What makes a signature of a text: Web Crypto, Node.js, CryptoJS. */
const isSigning = (node: Node): boolean =>
  isCall(node) && /(?:subtle\.sign|createHmac|HmacSHA\d+|hmac)$/i.test(dotted(node.callee as Node) ?? '');

/** Comparisons of two values, neither of them written out. */
const comparisonsIn = ({ module, node }: Place): Node[] =>
  module.syntax.within(node).filter((one) => {
    if (one.type !== 'BinaryExpression' || !/^[!=]==?$/.test(one.operator)) return false;
    return [one.left as Node, one.right].every(
      (side) =>
        !/^(?:String|Null|Numeric|Boolean)Literal$|^UnaryExpression$/.test(side.type) &&
        dotted(side) !== 'undefined' &&
        !(isMember(side) && propertyOf(side) === 'length'),
    );
  });

/** What came is compared with a secret that was agreed, or with the signature that should be. */
const comparesSecret = (places: readonly Place[]): boolean =>
  places.some((place) =>
    comparisonsIn(place).some((one) => {
      const start = one.start ?? 0;
      return COMPARED.test(place.module.text.slice(start, Math.min(one.end ?? 0, start + 400)));
    }),
  );
