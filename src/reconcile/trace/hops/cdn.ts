import type { Json } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { certificateSides } from '../certificates.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, type Properties, seenOf } from '../graph.ts';
import type { Arrival, HopModel, HopSide, Next, Passage } from '../hop.ts';
import { bare, coveredBy, fitsWildcard } from '../names.ts';
import { asObjects, asText, asTexts } from '../values.ts';
import { absentOf, BALANCER, BUCKET, DISTRIBUTION, leadTo } from './front-doors.ts';
import { asListened, asOriginGets, nameCheck, pathChecks, protocolChecks, serverNames } from './origin.ts';
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
    const asked = asRedirected(seen, request);
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
    if (https(asked) && !isOwn && (seen.certificate !== undefined || seen.defaultCertificate !== undefined))
      side.push(...viewerCertificate(graph, resource, request, seen));
    const acl = webAclSide(graph, resource, asText(seen.webACLId));
    if (acl) side.push(acl);
    if (!origin) return { checks, side };
    const index = origins.indexOf(origin);
    const onward = toOrigin(graph, { ...arrival, request: asked }, origin, index, checks);
    return { checks, side, next: onward };
  },
};

/** The request that comes back where one in the clear is redirected. */
function asRedirected(seen: Properties, request: PathRequest): PathRequest {
  const isSentBack =
    request.scheme === 'http' &&
    behaviourFor(seen, request.path)?.viewerProtocolPolicy === 'redirect-to-https';
  return isSentBack ? { ...request, scheme: 'https', port: 443 } : request;
}

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
  const again = 'missing' in led ? led.again : undefined;
  if (!('resource' in led) && !again) {
    const named = 'missing' in led ? led.missing : 'unseen' in led ? led.unseen : undefined;
    checks.push(
      unknown(
        'origin-missing',
        'missing' in led
          ? say(
              `l’origine ${code(domain)} n’est pas de ce compte`,
              `the origin ${code(domain)} is not of this account`,
            )
          : say(
              `l’origine ${code(domain)} n’est pas de ce qui a été lu`,
              `the origin ${code(domain)} is not of what was read`,
            ),
        'unseen' in led ? led.refusal : undefined,
        parts,
      ),
    );
    return named ? [{ absent: { ...absentOf(named), status: 'unverified' }, request: onward }] : [];
  }
  const target = 'resource' in led ? led.resource : (again as Resource);
  checks.push(
    again
      ? goneOrigin(again, domain, parts)
      : pass('origin-missing', say(`origine\u00a0: ${code(target.name)}`, `origin: ${code(target.name)}`), {
          ...parts,
          resources: [target.id],
        }),
  );
  if (target.kind !== BUCKET) checks.push(...protocolChecks(graph, target, origin, onward, parts));
  if (onward.scheme === 'https' && target.kind === BALANCER)
    checks.push(nameCheck(seen, behaviourFor(seen, request.path), domain, request.host, parts));
  if (target.kind === BALANCER) checks.push(...pathChecks(graph, target, origin, parts));
  return [
    {
      resource: target,
      request: asListened(graph, target, onward),
      tls: serverNames(seen, behaviourFor(seen, request.path), domain, request.host),
    },
  ];
}

/** An origin that was made again: its address is another. */
const goneOrigin = (
  again: Resource,
  domain: string,
  { values, ...parts }: { evidence: Resource['observed']; values: Record<string, Json> },
): Check => {
  const address = asText(seenOf(again).dnsName) ?? '';
  return fail(
    'origin-missing',
    say(
      `l’origine ${code(domain)} n’est plus là\u00a0; ${code(again.name)} a été recréé sous une autre adresse`,
      `the origin ${code(domain)} is gone; ${code(again.name)} was made again under another address`,
    ),
    {
      ...parts,
      resources: [again.id],
      values: { ...values, target: address, expected: address },
      // it may be another account's, of the same name
      certainty: 'probable',
    },
  );
};

/** The one load balancer that the internet can reach, where there is only one: what an origin that leads nowhere may mean. */
function soleBalancer(graph: Graph): Record<string, Json> {
  const all = graph.all(BALANCER).filter((one) => seenOf(one).scheme === 'internet-facing');
  const name = all.length === 1 ? asText(seenOf(all[0] as Resource).dnsName) : undefined;
  return name === undefined ? {} : { target: name, expected: name };
}
