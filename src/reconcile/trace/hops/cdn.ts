import type { Json } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { certificateSides } from '../certificates.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, type Properties, seenOf } from '../graph.ts';
import type { Arrival, HopModel, HopSide, Next, Passage, ServerNames } from '../hop.ts';
import { bare, coveredBy, fitsWildcard } from '../names.ts';
import { asNumber, asObjects, asText, asTexts, isObject } from '../values.ts';
import { absentOf, BALANCER, BUCKET, DISTRIBUTION, leadTo } from './front-doors.ts';
import { portsOf } from './listeners.ts';
import { prefixesOf } from './routing.ts';
import { webAclSide } from './web-acl.ts';

/** The region whose certificates CloudFront takes (Amazon CloudFront Developer Guide, “Requirements for certificates”). */
const CERTIFICATES_IN = 'us-east-1';

const https = (request: PathRequest) => request.scheme === 'https';

/** Distributions of CloudFront: whose name they bear, which origin a path leads to, and how it is asked. */
export const distributions: HopModel = {
  kinds: [DISTRIBUTION],
  role: 'cdn',
  pass(arrival, graph): Passage {
    const { resource, request } = arrival;
    const seen = seenOf(resource);
    const values = { distribution: resource.name };
    const parts = { evidence: resource.observed, resources: [resource.id], values };
    const checks: Check[] = [
      held(
        'cdn-disabled',
        seen.enabled !== false,
        say(`distribution ${code(resource.name)} active`, `distribution ${code(resource.name)} enabled`),
        say(`distribution ${code(resource.name)} désactivée`, `distribution ${code(resource.name)} disabled`),
        parts,
      ),
    ];
    const aliases = asTexts(seen.aliases);
    const isOwn = bare(request.host) === bare(asText(seen.domainName) ?? '');
    if (!isOwn)
      checks.push(
        held(
          'cdn-alias-missing',
          coveredBy(request.host, aliases),
          say(`${code(request.host)} est un de ses noms`, `${code(request.host)} is one of its names`),
          say(
            `${code(request.host)} n’est pas un de ses noms${aliases.length > 0 ? ` (${codes(aliases, 3).fr})` : ''}`,
            `${code(request.host)} is not one of its names${aliases.length > 0 ? ` (${codes(aliases, 3).en})` : ''}`,
          ),
          { ...parts, values: { ...values, name: request.host, aliases } },
        ),
      );
    const behaviour = behaviourFor(seen, request.path);
    checks.push(...viewerChecks(behaviour, request, parts));
    const origins = asObjects(seen.origins);
    const origin = originFor(seen, behaviour);
    const side: HopSide[] = [];
    if (https(request) && !isOwn && (seen.certificate !== undefined || seen.defaultCertificate !== undefined))
      side.push(...viewerCertificate(graph, resource, request, seen));
    const acl = webAclSide(graph, resource, asText(seen.webACLId));
    if (acl) side.push(acl);
    if (!origin) return { checks, side };
    const index = origins.indexOf(origin);
    const onward = toOrigin(graph, arrival, origin, index, checks);
    return { checks, side, next: onward };
  },
};

/** The origin of a behaviour; of a group of origins the one that is asked first. */
function originFor(seen: Properties, behaviour: Properties | undefined): Properties | undefined {
  const origins = asObjects(seen.origins);
  const group = asObjects(seen.originGroups).find(({ id }) => id === behaviour?.origin);
  const name = group ? asTexts(group.origins)[0] : behaviour?.origin;
  return origins.find(({ id }) => id === name) ?? (origins.length === 1 ? origins[0] : undefined);
}

/** The first pattern that fits, in order of precedence; the default behaviour is the last. */
export function behaviourFor(seen: Properties, path: string): Properties | undefined {
  const behaviours = asObjects(seen.behaviours);
  const [own, rest] = [
    behaviours.filter(({ path: pattern }) => pattern !== '*'),
    behaviours.find(({ path: pattern }) => pattern === '*'),
  ];
  const fits = (pattern: string) => fitsWildcard(path, pattern) || fitsWildcard(path, `/${pattern}`);
  return own.find(({ path: pattern }) => fits(asText(pattern) ?? '')) ?? rest;
}

function viewerChecks(
  behaviour: Properties | undefined,
  request: PathRequest,
  parts: { evidence: Resource['observed']; values: Record<string, Json> },
): Check[] {
  const policy = asText(behaviour?.viewerProtocolPolicy);
  if (policy === undefined || !behaviour) return [];
  const pattern = asText(behaviour.path) ?? '*';
  const values = { ...parts.values, behaviour: pattern, actual: policy, expected: 'redirect-to-https' };
  return [
    held(
      'viewer-http-allowed',
      policy !== 'allow-all',
      say(`visiteurs\u00a0: ${code(policy)}`, `viewers: ${code(policy)}`),
      say(
        `HTTP en clair accepté des visiteurs (${code(policy)} pour ${code(pattern)})`,
        `plain HTTP accepted from viewers (${code(policy)} for ${code(pattern)})`,
      ),
      { ...parts, values },
    ),
    ...(policy === 'https-only' && request.scheme === 'http'
      ? [
          fail(
            'viewer-https-only',
            say('une requête HTTP est refusée (403)', 'a request over HTTP is refused (403)'),
            { ...parts, values },
          ),
        ]
      : []),
  ];
}

const viewerCertificate = (graph: Graph, resource: Resource, request: PathRequest, seen: Properties) => {
  const arn = asText(seen.certificate);
  return certificateSides(graph, {
    holder: resource,
    arns: arn === undefined ? [] : [arn],
    names: [request.host],
    region: CERTIFICATES_IN,
    at: resource.observed[0]?.at,
    values: { distribution: resource.name },
  });
};

/** Whether the name that the visitor asks for is sent on: told with the behaviour, or by its policies. */
function sendsHost(seen: Properties, behaviour: Properties | undefined): boolean | undefined {
  if (typeof behaviour?.forwardsHost === 'boolean') return behaviour.forwardsHost;
  const told = isObject(seen.hostForwarded) ? seen.hostForwarded[asText(behaviour?.path) ?? ''] : undefined;
  return typeof told === 'boolean' ? told : undefined;
}

/** The request as the origin gets it. Amazon CloudFront API Reference, CustomOriginConfig. */
function asOriginGets(
  seen: Properties,
  origin: Properties,
  behaviour: Properties | undefined,
  request: PathRequest,
): PathRequest {
  const [httpPort = 80, httpsPort = 443] = Array.isArray(origin.ports) ? origin.ports.map(asNumber) : [];
  const policy = asText(origin.protocolPolicy);
  const scheme = policy === 'http-only' ? 'http' : policy === 'match-viewer' ? request.scheme : 'https';
  const host = asText(origin.domainName) ?? '';
  const rooted =
    request.path === '/' && asText(seen.defaultRootObject)
      ? `/${asText(seen.defaultRootObject)}`
      : request.path;
  return {
    scheme,
    host: sendsHost(seen, behaviour) === true ? request.host : host,
    port: scheme === 'http' ? httpPort : httpsPort,
    path: `${(asText(origin.path) ?? '').replace(/\/$/, '')}${rooted}`,
  };
}

function toOrigin(
  graph: Graph,
  { resource, request, passed }: Arrival,
  origin: Properties,
  index: number,
  checks: Check[],
): Next[] {
  const seen = seenOf(resource);
  const domain = asText(origin.domainName) ?? '';
  const onward = asOriginGets(seen, origin, behaviourFor(seen, request.path), request);
  const values: Record<string, Json> = {
    distribution: resource.name,
    origin: asText(origin.id) ?? '',
    originIndex: index,
    actual: domain,
  };
  const parts = { evidence: resource.observed, resources: [resource.id], values };
  const ownNames = [asText(seen.domainName) ?? '', ...asTexts(seen.aliases)];
  const led = leadTo(graph, domain, { ...(resource.account !== undefined && { account: resource.account }) });
  const isLoop =
    coveredBy(domain, ownNames) ||
    ('resource' in led &&
      (led.resource.id === resource.id || passed.some(({ id }) => id === led.resource.id)));
  if (isLoop) {
    checks.push(
      fail(
        'origin-loop',
        say(
          `l’origine ${code(domain)} ramène à la distribution elle-même`,
          `the origin ${code(domain)} leads back to the distribution itself`,
        ),
        { ...parts, values: { ...values, ...soleBalancer(graph) } },
      ),
    );
    return [];
  }
  if (!('resource' in led)) {
    const named = 'missing' in led ? led.missing : 'unseen' in led ? led.unseen : undefined;
    checks.push(
      'missing' in led
        ? fail(
            'origin-missing',
            say(`l’origine ${code(domain)} n’est pas là`, `the origin ${code(domain)} is not there`),
            { ...parts, values: { ...values, ...soleBalancer(graph) }, certainty: 'probable' },
          )
        : unknown(
            'origin-missing',
            say(
              `l’origine ${code(domain)} n’est pas de ce qui a été lu`,
              `the origin ${code(domain)} is not of what was read`,
            ),
            'unseen' in led ? led.refusal : undefined,
            parts,
          ),
    );
    return named
      ? [
          {
            absent: { ...absentOf(named), status: 'missing' in led ? 'missing' : 'unverified' },
            request: onward,
          },
        ]
      : [];
  }
  const target = led.resource;
  checks.push(
    pass('origin-missing', say(`origine\u00a0: ${code(target.name)}`, `origin: ${code(target.name)}`), {
      ...parts,
      resources: [target.id],
    }),
  );
  if (target.kind !== BUCKET) checks.push(...protocolChecks(graph, target, origin, onward, parts));
  if (target.kind === BALANCER) checks.push(...pathChecks(graph, target, origin, parts));
  return [
    {
      resource: target,
      request: onward,
      tls: serverNames(seen, behaviourFor(seen, request.path), domain, request.host),
    },
  ];
}

/**
 * The certificate of an origin must cover its domain name, or the `Host` header where that is forwarded (Amazon CloudFront
 * Developer Guide, “Requiring HTTPS for communication between CloudFront and your custom origin”).
 */
function serverNames(
  seen: Properties,
  behaviour: Properties | undefined,
  domain: string,
  host: string,
): ServerNames {
  const forwardsHost = sendsHost(seen, behaviour);
  return {
    names: forwardsHost === true ? [host, domain] : [domain],
    perhaps: forwardsHost === undefined ? [host] : [],
  };
}

/** The one load balancer that the internet can reach, where there is only one: what an origin that leads nowhere may mean. */
function soleBalancer(graph: Graph): Record<string, Json> {
  const all = graph.all(BALANCER).filter((one) => seenOf(one).scheme === 'internet-facing');
  const name = all.length === 1 ? asText(seenOf(all[0] as Resource).dnsName) : undefined;
  return name === undefined ? {} : { target: name, expected: name };
}

/** Whether the origin listens where it is asked, as far as its listeners tell. */
function protocolChecks(
  graph: Graph,
  target: Resource,
  origin: Properties,
  onward: PathRequest,
  parts: { evidence: Resource['observed']; values: Record<string, Json> },
): Check[] {
  const policy = asText(origin.protocolPolicy);
  const asked = `${onward.scheme}:${onward.port}`;
  const shown = code(policy ?? onward.scheme);
  if (target.kind !== BALANCER) return [];
  const listening = portsOf(graph, target);
  const evidence = [...parts.evidence, ...listening.evidence];
  const values = {
    ...parts.values,
    policy: policy ?? '',
    port: onward.port,
    loadBalancer: target.id,
    listens: listening.ports.map(({ port, protocol }) => `${protocol}:${port}`),
  };
  const at = listening.ports.find(({ port }) => port === onward.port);
  const speaks = (protocol: string) =>
    /^(?:HTTPS|TLS)$/.test(protocol) ? 'https' : protocol === 'HTTP' ? 'http' : undefined;
  const protocol = at && speaks(at.protocol);
  if (listening.refusal && !at)
    return [
      unknown(
        'origin-protocol-mismatch',
        say(
          `${shown} vers des écouteurs qui n’ont pas été lus`,
          `${shown} towards listeners that were not read`,
        ),
        listening.refusal,
        { ...parts, evidence, values },
      ),
    ];
  const agrees = at !== undefined && (protocol === undefined || protocol === onward.scheme);
  return [
    held(
      'origin-protocol-mismatch',
      agrees,
      say(
        `${shown}, et l’origine écoute sur ${onward.port}`,
        `${shown}, and the origin listens on ${onward.port}`,
      ),
      at
        ? say(
            `${shown} (${asked}) vers un écouteur ${code(at.protocol)}`,
            `${shown} (${asked}) towards a listener of ${code(at.protocol)}`,
          )
        : say(
            `${shown} vers une origine sans écouteur sur ${onward.port}`,
            `${shown} towards an origin without a listener on ${onward.port}`,
          ),
      { evidence, resources: [target.id], values },
    ),
  ];
}

/** A path that is put before each request, and that nothing behind the origin speaks of. */
function pathChecks(
  graph: Graph,
  target: Resource,
  origin: Properties,
  parts: { evidence: Resource['observed']; values: Record<string, Json> },
): Check[] {
  const prefix = asText(origin.path)?.replace(/\/$/, '');
  if (!prefix)
    return [pass('origin-path-unexpected', say('chemin d’origine vide', 'empty origin path'), parts)];
  const known = prefixesOf(graph, target);
  const values = { ...parts.values, actual: prefix, expected: '' };
  if (known.paths.some((path) => path.startsWith(prefix)))
    return [
      pass(
        'origin-path-unexpected',
        say(
          `chemin d’origine ${code(prefix)}, que l’origine connaît`,
          `origin path ${code(prefix)}, which the origin knows`,
        ),
        parts,
      ),
    ];
  return [
    known.refusal
      ? unknown(
          'origin-path-unexpected',
          say(`chemin d’origine ${code(prefix)}`, `origin path ${code(prefix)}`),
          known.refusal,
          { ...parts, values },
        )
      : fail(
          'origin-path-unexpected',
          say(
            `${code(prefix)} est ajouté à chaque chemin, et rien derrière l’origine ne le connaît`,
            `${code(prefix)} is put before each path, and nothing behind the origin knows it`,
          ),
          { ...parts, values, certainty: 'probable' },
        ),
  ];
}
