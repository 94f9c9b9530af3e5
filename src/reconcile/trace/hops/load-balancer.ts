import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, type Text } from '#model/text.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, observedOf, type Properties, seenOf } from '../graph.ts';
import { type Arrival, askerOf, type HopModel, type HopSide, type Next, type Passage } from '../hop.ts';
import { bare } from '../names.ts';
import { asObjects, asText } from '../values.ts';
import { EDGE_ZONE } from './cloudflare-zones.ts';
import { resolved } from './dns.ts';
import { entry } from './entry.ts';
import { BALANCER, DISTRIBUTION } from './front-doors.ts';
import {
  fixedResponse,
  groupHops,
  listenerCertificate,
  missingListener,
  openRules,
  plainListener,
  shadowCheck,
  shadowedBy,
} from './listener-checks.ts';
import { isSecure, type Listening, portsOf } from './listeners.ts';
import { headersSent, originTo } from './origin.ts';
import { type Routed, route, rulesOf } from './routing.ts';
import { webAclSide } from './web-acl.ts';
import { RECORD } from './zones.ts';

/** Load balancers with their listeners and rules. Elastic Load Balancing API Reference, version 2015-12-01. */
export const loadBalancers: HopModel = {
  kinds: [BALANCER],
  role: 'load-balancer',
  pass(arrival, graph): Passage {
    const { resource } = arrival;
    const seen = seenOf(resource);
    const checks = standing(arrival, seen);
    const side: HopSide[] = [];
    const acl = webAclSide(graph, resource, asText(seen.webACLArn));
    if (acl) side.push(acl);
    const next = listen(graph, arrival, arrival.request, checks, side, []);
    return { checks, side, next };
  },
};

function standing(arrival: Arrival, seen: Properties): Check[] {
  const { resource } = arrival;
  const state = asText(seen.state);
  const scheme = asText(seen.scheme);
  const values = { loadBalancer: resource.id, scheme: scheme ?? '' };
  const parts = { evidence: resource.observed, resources: [resource.id], values };
  const name = code(resource.name);
  const checks: Check[] = [];
  if (state !== undefined)
    checks.push(
      held(
        'load-balancer-inactive',
        state === 'active' || state === 'active_impaired',
        say(`${name} actif`, `${name} active`),
        say(`${name} dans l’état ${code(state)}`, `${name} in state ${code(state)}`),
        parts,
      ),
    );
  if (scheme !== undefined)
    checks.push(
      held(
        'load-balancer-internal',
        scheme !== 'internal' || isFromInside(arrival),
        scheme === 'internal'
          ? say('interne, joint de l’intérieur', 'internal, reached from inside')
          : say('exposé à Internet', 'internet-facing'),
        say(
          `${name} est interne\u00a0: Internet ne le joint pas`,
          `${name} is internal: the internet does not reach it`,
        ),
        parts,
      ),
    );
  return checks;
}

/**
 * Whether who asks is inside the network: CloudFront by a VPC origin, API Gateway by a VPC link, another load balancer; and
 * whoever can look up a name that a private zone alone knows.
 */
function isFromInside(arrival: Arrival): boolean {
  const asker = askerOf(arrival);
  if (asker?.kind === DISTRIBUTION) return originTo(asker, arrival)?.vpcOriginId !== undefined;
  if (asker) return asker.kind !== BALANCER && asker.kind !== EDGE_ZONE;
  const record = arrival.passed.findLast(({ kind }) => kind === RECORD);
  const sets = record ? observedOf(record) : [];
  return sets.length > 0 && sets.every(({ properties }) => properties?.privateZone === true);
}

/** Redirects that browsers follow (WHATWG Fetch Standard, “HTTP-redirect fetch”). */
const MOST_REDIRECTS = 20;

const keyOf = ({ scheme, host, port, path }: PathRequest): string => `${scheme}://${host}:${port}${path}`;

function listen(
  graph: Graph,
  arrival: Arrival,
  request: PathRequest,
  checks: Check[],
  side: HopSide[],
  visited: readonly string[],
): Next[] {
  const { resource } = arrival;
  const { ports, refusal, evidence } = portsOf(graph, resource);
  const at = ports.find(({ port }) => port === request.port);
  const parts = { evidence, resources: [resource.id] };
  if (!at) {
    const values = missingListener(graph, arrival, request, ports);
    checks.push(
      refusal
        ? unknown(
            'listener-missing',
            say('les écouteurs n’ont pas été lus', 'the listeners were not read'),
            refusal,
            parts,
          )
        : fail(
            'listener-missing',
            say(`aucun écouteur sur ${request.port}`, `no listener on ${request.port}`),
            { ...parts, values },
          ),
    );
    checks.push(...plainListener(graph, arrival, ports, request));
    return onward(graph, arrival, ports[0], request);
  }
  const speaks = isSecure(at.protocol) ? 'https' : at.protocol === 'HTTP' ? 'http' : undefined;
  checks.push(
    held(
      'listener-missing',
      speaks === undefined || speaks === request.scheme,
      say(`écoute sur ${request.port} (${at.protocol})`, `listens on ${request.port} (${at.protocol})`),
      say(
        `l’écouteur de ${request.port} parle ${at.protocol}, la requête ${request.scheme.toUpperCase()}`,
        `the listener on ${request.port} speaks ${at.protocol}, the request ${request.scheme.toUpperCase()}`,
      ),
      {
        evidence: at.listener.observed,
        resources: [at.listener.id],
        values: {
          ...missingListener(graph, arrival, request, ports),
          loadBalancer: resource.id,
          listener: at.listener.id,
          port: request.port,
          protocol: request.scheme === 'https' ? 'HTTPS' : 'HTTP',
          actual: at.protocol,
        },
      },
    ),
  );
  if (isSecure(at.protocol)) side.push(...listenerCertificate(graph, arrival, at, request));
  if (request.scheme === 'https') checks.push(...plainListener(graph, arrival, ports, request));
  // what ends TLS here goes on as the group says
  const inner = at.protocol === 'TLS' ? { ...request, scheme: 'http' } : request;
  return act(graph, arrival, at, inner, checks, side, visited);
}

/** Where a request would go if it were listened to: what is wrong further on is told all the same. */
function onward(
  graph: Graph,
  arrival: Arrival,
  listening: Listening | undefined,
  request: PathRequest,
): Next[] {
  if (!listening) return [];
  const { rules } = rulesOf(graph, listening.listener);
  const { taken } = route(listening.listener, rules, request, headersSent(arrival));
  return groupHops(graph, arrival.resource, taken, request);
}

/** What the listener does with the request. */
function act(
  graph: Graph,
  arrival: Arrival,
  { listener }: Listening,
  request: PathRequest,
  checks: Check[],
  side: HopSide[],
  visited: readonly string[],
): Next[] {
  const { resource } = arrival;
  const { rules, refusal } = rulesOf(graph, listener);
  const { taken, before, later } = route(listener, rules, request, headersSent(arrival));
  // a rule that nobody read, or that hangs on a header, may take the request first
  const isOpen = refusal !== undefined || before.length > 0;
  const shadowed = isOpen || !taken.rule ? undefined : shadowedBy(taken, later);
  if (isOpen) checks.push(openRules(listener, before, refusal));
  else if (taken.rule) checks.push(shadowCheck(taken.rule, shadowed, listener));
  const meant = shadowed ? { rule: shadowed, actions: asObjects(seenOf(shadowed).actions), open: [] } : taken;
  const to = (one: Pick<Routed, 'actions' | 'open' | 'rule'>) =>
    groupHops(graph, resource, one, request, {
      listener: listener.id,
      ...(one.rule && { rule: one.rule.id }),
    });
  const perhaps = before.flatMap(to);
  const action = taken.actions.find(
    ({ type }) => type === 'redirect' || type === 'forward' || type === 'fixed-response',
  );
  switch (action?.type) {
    case 'fixed-response':
      // that the rule comes first is what is wrong, and not what it does with other requests
      if (shadowed) return to(meant);
      checks.push(
        fixedResponse(graph, resource, listener, taken.rule, asText(action.statusCode) ?? '', isOpen),
      );
      return perhaps;
    case 'redirect':
      return before.length > 0
        ? perhaps
        : redirected(graph, arrival, { listener, action, request }, checks, side, visited);
    case 'forward':
      return [...to(meant), ...perhaps.map((one) => ({ ...one, isPerhaps: true }))];
    default:
      return perhaps;
  }
}

interface Redirecting {
  listener: Resource;
  action: Properties;
  request: PathRequest;
}

const part = (value: string | undefined, name: string, current: string): string =>
  value === undefined ? current : value.replaceAll(`#{${name}}`, current);

/** Where a redirect sends the client: a CDN that asks in the clear gets the same answer for ever. */
function redirected(
  graph: Graph,
  arrival: Arrival,
  { listener, action, request }: Redirecting,
  checks: Check[],
  side: HopSide[],
  visited: readonly string[],
): Next[] {
  const { resource } = arrival;
  const asker = askerOf(arrival);
  const scheme = part(asText(action.protocol), 'protocol', request.scheme.toUpperCase()).toLowerCase();
  const host = part(asText(action.host), 'host', request.host);
  const port = Number(part(asText(action.port), 'port', String(request.port)));
  const path = part(asText(action.path), 'path', request.path.slice(1)).replace(/^(?!\/)/, '/');
  const target: PathRequest = {
    scheme,
    host,
    port: Number.isInteger(port) ? port : scheme === 'https' ? 443 : 80,
    path,
  };
  const shown = code(`${scheme}://${host}${scheme === 'https' && port === 443 ? '' : `:${port}`}${path}`);
  const parts = { evidence: listener.observed, resources: [listener.id] };
  const policy = asker?.kind === DISTRIBUTION ? originTo(asker, arrival) : undefined;
  const isAskedPlainly =
    request.scheme === 'http' && policy?.protocolPolicy === 'http-only' && scheme === 'https';
  // of what a visitor asks over HTTPS, the origin is asked in the clear (Cloudflare SSL/TLS documentation, “Flexible”)
  const isFlexible =
    asker?.kind === EDGE_ZONE &&
    seenOf(asker).sslMode === 'flexible' &&
    request.scheme === 'http' &&
    scheme === 'https' &&
    bare(host) === bare(request.host);
  const passed = [...visited, keyOf(request)];
  const isBack = passed.includes(keyOf(target));
  if (isBack || isAskedPlainly || isFlexible || passed.length > MOST_REDIRECTS) {
    checks.push(
      fail(
        'redirect-loop',
        endless(shown, { isAskedPlainly, isFlexible, isBack, isItself: keyOf(target) === keyOf(request) }),
        {
          ...parts,
          values: {
            listener: listener.id,
            ...(asker &&
              policy &&
              isAskedPlainly && {
                distribution: asker.name,
                originIndex: asObjects(seenOf(asker).origins).findIndex(({ id }) => id === policy.id),
                actual: 'http-only',
                expected: 'https-only',
              }),
          },
        },
      ),
    );
    return [];
  }
  checks.push(pass('redirect-loop', say(`redirige vers ${shown}`, `redirects to ${shown}`), parts));
  if (bare(host) === bare(request.host)) return listen(graph, arrival, target, checks, side, passed);
  const next = entry(graph, target);
  // the client may come back to this one under the other name
  const { led } = resolved(graph, host, {});
  const comesBack = 'resource' in led && led.resource.id === resource.id;
  return [
    ...next.filter((one) => !('resource' in one) || !arrival.passed.some(({ id }) => id === one.resource.id)),
    ...(comesBack ? listen(graph, arrival, target, checks, side, passed) : []),
  ];
}

/** Why a redirect leads nowhere. */
function endless(
  shown: string,
  {
    isAskedPlainly,
    isFlexible,
    isBack,
    isItself,
  }: { isAskedPlainly: boolean; isFlexible: boolean; isBack: boolean; isItself: boolean },
): Text {
  if (isAskedPlainly)
    return say(
      `redirige vers ${shown}, que la distribution redemande en HTTP\u00a0: la boucle est sans fin`,
      `redirects to ${shown}, which the distribution asks for over HTTP again: it never ends`,
    );
  if (isFlexible)
    return say(
      `redirige vers ${shown}, que Cloudflare redemande en HTTP (mode ${code('flexible')})\u00a0: la boucle est sans fin`,
      `redirects to ${shown}, which Cloudflare asks for over HTTP again (mode ${code('flexible')}): it never ends`,
    );
  if (isItself) return say(`redirige vers elle-même (${shown})`, `redirects to itself (${shown})`);
  return isBack
    ? say(
        `redirige vers ${shown}, d’où vient la requête\u00a0: la boucle est sans fin`,
        `redirects to ${shown}, where the request comes from: it never ends`,
      )
    : say(
        `redirige plus de ${MOST_REDIRECTS} fois, la dernière vers ${shown}\u00a0: les navigateurs abandonnent`,
        `redirects more than ${MOST_REDIRECTS} times, the last time to ${shown}: browsers give up`,
      );
}
