import type { Json, Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { type Graph, refusedDetail, seenOf } from '../graph.ts';
import type { HopModel, Passage } from '../hop.ts';
import { bare, isWithin } from '../names.ts';
import { asNumber, asObjects, asText, asTexts } from '../values.ts';
import { accessSide } from './cloudflare-access.ts';
import { isPlaceholder, onward } from './cloudflare-origin.ts';
import { isForHost, routesFor, routesOf } from './cloudflare-routes.ts';
import { DOMAIN, EDGE_RECORD, EDGE_ZONE, ledTo, near, ROUTE, SCRIPT, targetOf } from './cloudflare-zones.ts';

const RULESET: Kind = 'Cloudflare::Ruleset';
const BUCKET: Kind = 'Cloudflare::R2::Bucket';

/**
 * Phases that answer in place of what follows, or change where a request goes (Cloudflare Ruleset Engine documentation,
 * “Phases list”).
 */
const CHANGING = new Set([
  'http_request_dynamic_redirect',
  'http_request_redirect',
  'http_request_transform',
  'http_request_origin',
  'http_request_snippets',
  'http_config_settings',
]);

/** A zone: HTTPS, Access, routes of Workers, custom domains, and the origin of a record. */
export const edgeZones: HopModel = {
  kinds: [EDGE_ZONE],
  role: 'cdn',
  pass({ resource: zone, request, passed }, graph): Passage {
    const checks: Check[] = [];
    const asked = overHttps(zone, request, checks);
    const side = [accessSide(graph, zone, asked)];
    const isPerhaps = changing(graph, zone).length > 0 && { isPerhaps: true };
    const [route] = routesFor(graph, zone, asked);
    if (route && seenOf(route).isOff !== true) {
      checks.push(
        pass(
          'worker-route-missing',
          say(
            `la route ${code(route.name)} prend la requête`,
            `the route ${code(route.name)} takes the request`,
          ),
          { evidence: route.observed, resources: [route.id] },
        ),
      );
      return { checks, side, next: [{ resource: route, request: asked, ...isPerhaps }] };
    }
    // a route that nobody read may take the request first
    const refusal = graph.unseen(ROUTE, near(zone)) ?? graph.unseen(DOMAIN, near(zone));
    const bearer = bearerOf(graph, zone, asked.host);
    if (bearer) {
      checks.push(
        pass(
          'worker-route-missing',
          say(
            `${code(bearer.name)} répond pour ${code(asked.host)}`,
            `${code(bearer.name)} answers for ${code(asked.host)}`,
          ),
          { evidence: bearer.observed, resources: [bearer.id] },
        ),
      );
      return { checks, side, next: [{ resource: bearer, request: asked, ...isPerhaps }] };
    }
    const record = passed.findLast(({ kind }) => kind === EDGE_RECORD);
    const target = record && targetOf(graph, record);
    if (!record || !target) return { checks, side };
    if ('address' in target && isPlaceholder(target.address)) {
      checks.push(
        noOrigin(graph, { zone, record, address: target.address, request: asked, off: route, refusal }),
      );
      return { checks, side };
    }
    const mode = asText(seenOf(zone).sslMode);
    const led = onward(graph, record, target, asOriginGets(asked, mode), zone);
    if (!('tunnel' in target) && !('pages' in target)) checks.push(modeCheck(zone, mode));
    const isOpen = refusal !== undefined || mode === undefined || isPerhaps !== false;
    return {
      checks: [...checks, ...led.checks],
      side,
      next: led.next.map((one) => (isOpen ? { ...one, isPerhaps: true } : one)),
    };
  },
};

/** What a visitor asks in the clear comes again over HTTPS where the zone says so. */
function overHttps(zone: Resource, request: PathRequest, checks: Check[]): PathRequest {
  if (request.scheme !== 'http' || seenOf(zone).alwaysUseHttps !== 'on') return request;
  checks.push(
    pass('viewer-http-allowed', say('HTTP est redirigé vers HTTPS', 'HTTP is redirected to HTTPS'), {
      evidence: zone.observed,
      resources: [zone.id],
    }),
  );
  return { ...request, scheme: 'https', port: 443 };
}

/** How Cloudflare asks the origin. Cloudflare SSL/TLS documentation, “Encryption modes”. */
function asOriginGets(request: PathRequest, mode: string | undefined): PathRequest {
  if (mode === 'flexible' || mode === 'off') return { ...request, scheme: 'http', port: 80 };
  return mode === 'origin_pull' ? { ...request, scheme: 'https', port: 443 } : request;
}

function modeCheck(zone: Resource, mode: string | undefined): Check {
  const parts = { evidence: zone.observed, resources: [zone.id] };
  return mode === undefined
    ? unknown(
        'origin-protocol-mismatch',
        say('le mode SSL de la zone n’a pas été lu', 'the SSL mode of the zone was not read'),
        refusedDetail(zone),
        parts,
      )
    : pass(
        'origin-protocol-mismatch',
        say(`mode SSL ${code(mode)} vers l’origine`, `SSL mode ${code(mode)} towards the origin`),
        parts,
      );
}

/** A custom domain of a Worker or of a bucket that bears a name. */
function bearerOf(graph: Graph, zone: Resource, host: string): Resource | undefined {
  return (
    graph.named(DOMAIN, host, near(zone)) ??
    graph
      .all(BUCKET)
      .find((one) => asTexts(seenOf(one).customDomains).some((name) => bare(name) === bare(host)))
  );
}

/** Rulesets of a zone, or of its account, that may change where a request goes; what of them was not read may too. */
const changing = (graph: Graph, zone: Resource): Resource[] =>
  graph.all(RULESET).filter((ruleset) => {
    const { phase, ruleCount, rules } = seenOf(ruleset);
    const isOwn = ruleset.name === phase || graph.out(ruleset, 'part-of').includes(zone);
    if (!isOwn || !CHANGING.has(asText(phase) ?? '')) return false;
    const listed = asObjects(rules);
    return asNumber(ruleCount) !== listed.length || listed.some(({ enabled }) => enabled !== false);
  });

interface WithoutOrigin {
  zone: Resource;
  record: Resource;
  address: string;
  request: PathRequest;
  /** A route that keeps Workers from the request. */
  off: Resource | undefined;
  refusal: Refusal | undefined;
}

/**
 * The record leads to an address that nobody has: what no Worker takes is answered by nobody. Redirections and page rules
 * are set up so too, and page rules are not read: where no route is for the host, it is not said.
 */
function noOrigin(graph: Graph, { zone, record, address, request, off, refusal }: WithoutOrigin): Check {
  const id = 'worker-route-missing';
  const others = routesOf(graph, zone).filter(
    (route) => isForHost(route, request.host) && ledTo(graph, route, SCRIPT) !== undefined,
  );
  const shown = code(`${request.host}${request.path}`);
  const altering = changing(graph, zone);
  const values: Record<string, Json> = {
    host: request.host,
    path: request.path,
    routes: others.map(({ name }) => name),
  };
  const parts = {
    evidence: [...record.observed, ...[...others, ...(off ? [off] : [])].flatMap(({ observed }) => observed)],
    resources: [zone.id, record.id, ...others.map((one) => one.id), ...(off ? [off.id] : [])],
    values,
  };
  const nobody = say(`${code(address)} n’est l’adresse de personne`, `${code(address)} is nobody’s address`);
  const seen = off
    ? say(
        `la route ${code(off.name)} écarte les Workers de ${shown}, et ${nobody.fr}`,
        `the route ${code(off.name)} keeps Workers from ${shown}, and ${nobody.en}`,
      )
    : others.length > 0
      ? say(
          `aucune route ne prend ${shown}, seulement ${
            codes(
              others.map(({ name }) => name),
              3,
            ).fr
          }, et ${nobody.fr}`,
          `no route takes ${shown}, only ${
            codes(
              others.map(({ name }) => name),
              3,
            ).en
          }, and ${nobody.en}`,
        )
      : say(
          `aucune route de Worker ne prend ${shown}, et ${nobody.fr}`,
          `no Worker route takes ${shown}, and ${nobody.en}`,
        );
  const unread = refusal ?? graph.unseen(RULESET, near(zone));
  // a Worker that answers for the rest of the host is the sign that one was meant to answer here
  return unread || altering.length > 0 || others.length === 0 || !isWithin(request.host, zone.name)
    ? unknown(id, seen, unread, parts)
    : fail(id, seen, { ...parts, certainty: 'probable' });
}
