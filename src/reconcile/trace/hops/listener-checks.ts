import type { Json } from '#model/fact.ts';
import { identity } from '#model/kinds/kinds.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { bestCertificate, certificateSides } from '../certificates.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, seenOf } from '../graph.ts';
import { type Arrival, askerOf, type Next } from '../hop.ts';
import { asObjects, asText, asTexts } from '../values.ts';
import { EDGE_ZONE } from './cloudflare-zones.ts';
import { DISTRIBUTION } from './front-doors.ts';
import { isSecure, type Listening, nearOf } from './listeners.ts';
import { groupsOf, isNarrower, type Routed, route, rulesOf, TARGET_GROUP } from './routing.ts';

/** What a listener that is not there would need: where the one that is there leads, and a certificate. */
export function missingListener(
  graph: Graph,
  { resource, tls }: Arrival,
  request: PathRequest,
  ports: readonly Listening[],
): Record<string, Json> {
  const names = [...(tls?.names ?? []), ...(tls?.perhaps ?? []), request.host];
  const better = bestCertificate(graph, names, resource.region, resource.observed[0]?.at);
  const other = ports.find(({ protocol }) => protocol === 'HTTP');
  const group = other && groupsOf(asObjects(seenOf(other.listener).defaultActions))[0];
  const known = group === undefined ? undefined : graph.named(TARGET_GROUP, group, nearOf(resource));
  return {
    loadBalancer: resource.id,
    ...(resource.region !== undefined && { region: resource.region }),
    port: request.port,
    protocol: request.scheme === 'https' ? 'HTTPS' : 'HTTP',
    names: [...new Set(names)].filter((name) => !name.endsWith('.amazonaws.com')),
    ...(better && { better: better.id }),
    ...(known && { targetGroup: known.id }),
  };
}

/** Port 80 beside a path over HTTPS: what is asked in the clear should be sent there. */
export function plainListener(
  graph: Graph,
  arrival: Arrival,
  ports: readonly Listening[],
  request: PathRequest,
): Check[] {
  const { resource } = arrival;
  const asker = askerOf(arrival);
  // who reaches it from inside chooses how it is asked
  if (seenOf(resource).scheme === 'internal') return [];
  const plain = ports.find(({ protocol, port }) => protocol === 'HTTP' && port === 80);
  if (!plain || request.scheme !== 'https') return [];
  // a CDN may be told to ask in the clear for other paths
  const isAskedPlainly =
    asker?.kind === DISTRIBUTION &&
    asObjects(seenOf(asker).origins).some(
      ({ protocolPolicy }) => protocolPolicy !== undefined && protocolPolicy !== 'https-only',
    );
  const { rules } = rulesOf(graph, plain.listener);
  const inTheClear = { ...request, scheme: 'http', port: 80 };
  const { actions } = route(plain.listener, rules, inTheClear).taken;
  const forwards = actions.some(({ type }) => type === 'forward');
  if (!forwards && !actions.some(({ type }) => type === 'redirect')) return [];
  if (forwards && isAskedPlainly) return [];
  const secure = ports.find(({ protocol }) => isSecure(protocol));
  return [
    held(
      'listener-forwards-http',
      !forwards,
      say('le port 80 redirige vers HTTPS', 'port 80 redirects to HTTPS'),
      say('le port 80 transfère au lieu de rediriger', 'port 80 forwards instead of redirecting'),
      {
        evidence: plain.listener.observed,
        resources: [plain.listener.id],
        values: {
          loadBalancer: resource.id,
          ...(resource.region !== undefined && { region: resource.region }),
          listener: plain.listener.id,
          port: secure?.port ?? request.port,
          rules: rules.length,
        },
      },
    ),
  ];
}

const STRICT = new Set(['strict', 'origin_pull']);

/** The certificates of a listener, and whether one is for the names that are asked for. */
export function listenerCertificate(
  graph: Graph,
  arrival: Arrival,
  { listener }: Listening,
  request: PathRequest,
) {
  const { resource, tls } = arrival;
  const asker = askerOf(arrival);
  // any certificate does unless the zone says that it is looked at (Cloudflare SSL/TLS documentation, “Full (strict)”)
  if (asker?.kind === EDGE_ZONE && !STRICT.has(asText(seenOf(asker).sslMode) ?? '')) return [];
  return certificateSides(graph, {
    holder: listener,
    arns: [...asTexts(seenOf(listener).certificates), ...asTexts(seenOf(listener).additionalCertificates)],
    names: tls?.names ?? [request.host],
    perhaps: tls?.perhaps ?? [],
    at: listener.observed[0]?.at,
    values: {
      listener: listener.id,
      loadBalancer: resource.id,
      ...(resource.region !== undefined && { region: resource.region }),
    },
  });
}

export const shadowedBy = ({ rule, actions }: Routed, later: readonly Resource[]): Resource | undefined =>
  later.find(
    (one) =>
      rule !== undefined &&
      isNarrower(one, rule) &&
      groupsOf(asObjects(seenOf(one).actions)).join() !== groupsOf(actions).join(),
  );

export function shadowCheck(rule: Resource, shadowed: Resource | undefined, listener: Resource): Check {
  const { priority } = seenOf(rule);
  return held(
    'listener-rule-shadowed',
    shadowed === undefined,
    say(
      `règle ${code(String(priority ?? ''))} de l’écouteur`,
      `rule ${code(String(priority ?? ''))} of the listener`,
    ),
    say(
      `la règle ${code(String(priority ?? ''))} prend la requête avant la règle ${code(String(seenOf(shadowed ?? rule).priority ?? ''))}, plus précise`,
      `rule ${code(String(priority ?? ''))} takes the request before rule ${code(String(seenOf(shadowed ?? rule).priority ?? ''))}, which is narrower`,
    ),
    {
      evidence: rule.observed,
      resources: [rule.id, ...(shadowed ? [shadowed.id] : [])],
      values: {
        listener: listener.id,
        ...(listener.region !== undefined && { region: listener.region }),
        rule: shadowed?.id ?? rule.id,
        by: rule.id,
        priority: priority ?? 0,
        shadowedPriority: seenOf(shadowed ?? rule).priority ?? 0,
      },
    },
  );
}

/** Rules that come first and cannot be told to take the request or not. */
export function openRules(
  listener: Resource,
  before: readonly Routed[],
  refusal: Refusal | undefined,
): Check {
  const open = [...new Set(before.flatMap((one) => one.open))];
  return unknown(
    'listener-rule-shadowed',
    refusal
      ? say(
          `les règles de ${code(listener.name)} n’ont pas été lues`,
          `the rules of ${code(listener.name)} were not read`,
        )
      : say(
          `une règle qui dépend de ${open.map(code).join(', ')} passe avant`,
          `a rule that hangs on ${open.map(code).join(', ')} comes first`,
        ),
    refusal,
    {
      evidence: listener.observed,
      resources: [listener.id, ...before.flatMap(({ rule }) => rule?.id ?? [])],
    },
  );
}

/** A listener that answers by itself, where nothing that was not told may take the request before. */
export function fixedResponse(
  graph: Graph,
  balancer: Resource,
  listener: Resource,
  rule: Resource | undefined,
  status: string,
  isOpen: boolean,
): Check {
  const id = 'listener-answers-itself';
  const holder = rule ?? listener;
  const parts = {
    evidence: holder.observed,
    resources: [holder.id],
    values: {
      listener: listener.id,
      loadBalancer: balancer.id,
      ...(listener.region !== undefined && { region: listener.region }),
      ...(rule && { rule: rule.id }),
      ...soleGroup(graph, balancer),
    },
  };
  if (/^[23]/.test(status))
    return pass(id, say(`répond lui-même ${status}`, `answers ${status} itself`), parts);
  return isOpen
    ? unknown(
        id,
        say(
          `l’écouteur répond ${status} à ce qu’aucune autre règle ne prend`,
          `the listener answers ${status} to what no other rule takes`,
        ),
        undefined,
        parts,
      )
    : fail(
        id,
        say(
          `aucune règle ne prend la requête\u00a0: l’écouteur répond ${status}`,
          `no rule takes the request: the listener answers ${status}`,
        ),
        parts,
      );
}

/** The target groups that actions lead to; `of` says whose actions they are. */
export function groupHops(
  graph: Graph,
  balancer: Resource,
  { actions }: Pick<Routed, 'actions' | 'open'>,
  request: PathRequest,
  of: Record<string, Json> = {},
): Next[] {
  return groupsOf(actions).flatMap((name): Next[] => {
    const group = graph.named(TARGET_GROUP, name, nearOf(balancer));
    if (group) return [{ resource: group, request }];
    const refusal = graph.unseen(TARGET_GROUP, nearOf(balancer));
    const shown = code(identity({ kind: TARGET_GROUP, name }).name);
    const text = refusal
      ? say(`groupe de cibles ${shown} non lu`, `target group ${shown} not read`)
      : say(`le groupe de cibles ${shown} n’existe plus`, `the target group ${shown} is no longer there`);
    return [
      {
        absent: {
          kind: TARGET_GROUP,
          name,
          role: 'target-group',
          status: refusal ? 'unverified' : 'missing',
          checks: [
            refusal
              ? unknown('listener-wrong-target', text, refusal)
              : fail('listener-wrong-target', text, {
                  evidence: balancer.observed,
                  resources: [balancer.id],
                  values: {
                    loadBalancer: balancer.id,
                    ...(balancer.region !== undefined && { region: balancer.region }),
                    ...of,
                    actual: name,
                  },
                }),
          ],
        },
        request,
      },
    ];
  });
}

/** The one group of a load balancer, where there is only one. */
export function soleGroup(graph: Graph, balancer: Resource): Record<string, Json> {
  const groups = graph.into(balancer, 'part-of', TARGET_GROUP);
  return groups.length === 1 && groups[0] ? { targetGroup: groups[0].id } : {};
}
