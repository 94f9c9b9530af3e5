import type { Node } from '@babel/types';
import type { WorkerCode } from '#model/worker.ts';
import type { Module } from './modules.ts';
import { calleeOf, chainOf, textOf, walk } from './walk.ts';

/** Headers in which senders sign what they send. */
const SIGNATURE =
  /^(?:stripe-signature|x-hub-signature(?:-256)?|tally-signature|svix-signature|webhook-signature|x-shopify-hmac-sha256|x-slack-signature|x-signature-ed25519|x-signature|x-twilio-signature|paddle-signature|x-gitlab-token|linear-signature|x-line-signature|typeform-signature|x-calendly-webhook-signature|calendly-webhook-signature|x-zm-signature|x-webhook-signature)$/i;
const PATH = /^\/(?:[\w:.*-]+\/)*(?:[\w-]*webhooks?|hooks?)(?:\/[\w:.*-]+)*\/?$/i;
/** Calls that check a signature, of libraries and of Web Crypto and Node.js. */
const CHECKS =
  /^(?:constructEvent(?:Async)?|verifyWebhook\w*|verifySignature\w*|isValidSignature\w*|validateSignature\w*|verifyHmac\w*|timingSafeEqual|createHmac|verifyKey|verifyRequest)$/;

/** Where calls of other services come in, and whether their signature is checked. */
export function webhooksOf(modules: readonly Module[], isWhole: boolean): WorkerCode['webhooks'] {
  const found: { path: string; at: WorkerCode['webhooks'][number]['at'] }[] = [];
  let checks = false;
  let readsSignature = false;
  for (const module of modules) {
    let signs = false;
    let compares = false;
    walk(module.ast.program, (node, parents) => {
      const text = textOf(node);
      if (text !== undefined && PATH.test(text) && isRoute(node, parents))
        found.push({ path: text, at: module.at(node) });
      if (text !== undefined && SIGNATURE.test(text)) readsSignature = true;
      const callee = calleeOf(node);
      if (!callee) return;
      const of = chainOf(callee.of);
      if (CHECKS.test(callee.name) || (callee.name === 'Webhook' && node.type === 'NewExpression'))
        checks = true;
      if (callee.name === 'verify' && (/subtle$/.test(of) || /webhook|wh\b|svix/i.test(of))) checks = true;
      if (callee.name === 'sign' && /subtle$/.test(of)) signs = true;
      if (/^(?:timingSafeEqual|safeEqual|secureCompare|constantTimeEqual)$/.test(callee.name))
        compares = true;
    });
    // a signature that is made of what was sent, and compared
    if (signs && (compares || SIGNATURE_COMPARED.test(module.text))) checks = true;
  }
  // a secret in the address or in a header of its own is a check too, which only its team can judge
  const isVerified = checks ? true : readsSignature || !isWhole ? ('unknown' as const) : false;
  return found.map((one) => ({ ...one, isVerified }));
}

const SIGNATURE_COMPARED = /signature\w*\s*[!=]==?\s*\w|[!=]==?\s*\w*signature/i;

/** The path is routed or compared. */
function isRoute(node: Node, parents: readonly Node[]): boolean {
  const parent = parents.at(-1);
  const call = parent && calleeOf(parent);
  return (
    (call?.of !== undefined &&
      /^(?:post|all|on|use|put|route|any|add|startsWith|endsWith|includes|mount|openapi)$/.test(call.name)) ||
    (parent?.type === 'BinaryExpression' && /^[!=]==?$/.test(parent.operator)) ||
    (parent?.type === 'SwitchCase' && parent.test === node)
  );
}
