import type { Json, Kind } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { certificateSides } from '../certificates.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, type Near, type Properties, refusedDetail, seenOf } from '../graph.ts';
import type { Arrival, HopModel, HopSide, Next, Passage } from '../hop.ts';
import { bare, coveredBy, fitsWildcard } from '../names.ts';
import { asObjects, asText, asTexts } from '../values.ts';
import { type Resolved, resolved } from './dns.ts';
import { absentOf, BALANCER, BUCKET, DISTRIBUTION } from './front-doors.ts';
import {
  asListened,
  asOriginGets,
  nameCheck,
  pathChecks,
  protocolChecks,
  serverNames,
  vpcOriginOf,
} from './origin.ts';
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
    const [origin, ...others] = originsFor(seen, behaviour);
    const side: HopSide[] = [];
    if (https(asked) && !isOwn && (seen.certificate !== undefined || seen.defaultCertificate !== undefined))
      side.push(...viewerCertificate(graph, resource, request, seen));
    const acl = webAclSide(graph, resource, asText(seen.webACLId));
    if (acl) side.push(acl);
    if (!origin) return { checks, side };
    const at = { ...arrival, request: asked };
    const onward = toOrigin(graph, at, origin, checks);
    // the others are asked where the first does not answer
    const spare = others
      .flatMap((one) => toOrigin(graph, at, one, []))
      .map((one) => ({ ...one, isPerhaps: true }));
    return { checks, side, next: [...onward, ...spare] };
  },
};

/** The request that comes back where one in the clear is redirected. */
function asRedirected(seen: Properties, request: PathRequest): PathRequest {
  const isSentBack =
    request.scheme === 'http' &&
    behaviourFor(seen, request.path)?.viewerProtocolPolicy === 'redirect-to-https';
  return isSentBack ? { ...request, scheme: 'https', port: 443 } : request;
}

/** The origins of a behaviour: of a group, the one that is asked first and then those that stand in for it. */
function originsFor(seen: Properties, behaviour: Properties | undefined): Properties[] {
  const origins = asObjects(seen.origins);
  const group = asObjects(seen.originGroups).find(({ id }) => id === behaviour?.origin);
  const names = group ? asTexts(group.origins) : [asText(behaviour?.origin) ?? ''];
  const found = names.flatMap((name) => origins.filter(({ id }) => id === name));
  return found.length > 0 || origins.length !== 1 ? found : origins;
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
    // distributions of China take them from elsewhere
    ...(!resource.id.startsWith('arn:aws-cn:') && { region: CERTIFICATES_IN }),
    at: resource.observed[0]?.at,
    values: { distribution: resource.name },
  });
};

/** Where an origin leads: a name, or something inside a VPC. */
function ledBy(graph: Graph, seen: Properties, origin: Properties, near: Near): Resolved {
  if (origin.vpcOriginId === undefined) return resolved(graph, asText(origin.domainName) ?? '', near);
  const inside = vpcOriginOf(seen, origin);
  const arn = asText(inside?.arn);
  if (arn === undefined) return { led: { elsewhere: asText(origin.domainName) ?? '' } };
  const kind: Kind = arn.includes(':elasticloadbalancing:') ? BALANCER : 'AWS::EC2::Instance';
  const resource = graph.named(kind, arn);
  return { led: resource ? { resource } : { elsewhere: arn } };
}

function toOrigin(graph: Graph, arrival: Arrival, origin: Properties, checks: Check[]): Next[] {
  const { resource, request, passed } = arrival;
  const seen = seenOf(resource);
  const domain = asText(origin.domainName) ?? '';
  const behaviour = behaviourFor(seen, request.path);
  const onward = asOriginGets(seen, origin, behaviour, request);
  const values: Record<string, Json> = {
    distribution: resource.name,
    origin: asText(origin.id) ?? '',
    originIndex: asObjects(seen.origins).findIndex(({ id }) => id === origin.id),
    actual: domain,
  };
  const parts = { evidence: resource.observed, resources: [resource.id], values };
  const near = resource.account === undefined ? {} : { account: resource.account };
  const { led, record } = ledBy(graph, seen, origin, near);
  const isBack =
    'resource' in led
      ? led.resource.id === resource.id || passed.some(({ id }) => id === led.resource.id)
      : coveredBy(domain, [asText(seen.domainName) ?? '', ...asTexts(seen.aliases)]);
  if (isBack) {
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
  const again = 'missing' in led && !record ? led.again : undefined;
  if (!('resource' in led) && !again)
    return unseenOrigin(resource, { led, record, onward, domain, parts }, checks);
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
    checks.push(nameCheck(seen, behaviour, domain, request.host, parts));
  if (target.kind === BALANCER) checks.push(...pathChecks(graph, target, origin, parts));
  return [
    {
      resource: record ?? target,
      request: asListened(graph, target, onward),
      tls: serverNames(seen, behaviour, domain, request.host),
    },
  ];
}

interface Unseen {
  led: Exclude<Resolved['led'], { resource: Resource }>;
  record: Resource | undefined;
  onward: PathRequest;
  domain: string;
  parts: { evidence: Resource['observed']; resources: string[]; values: Record<string, Json> };
}

/** An origin that was not seen: it may be of another account, or of somebody else. */
function unseenOrigin(
  distribution: Resource,
  { led, record, onward, domain, parts }: Unseen,
  checks: Check[],
): Next[] {
  const named = 'missing' in led ? led.missing : 'unseen' in led ? led.unseen : undefined;
  const refusal = 'unseen' in led ? led.refusal : named ? undefined : refusedDetail(distribution);
  checks.push(
    unknown(
      'origin-missing',
      'missing' in led
        ? say(
            `l’origine ${code(domain)} n’a pas été vue dans ce compte`,
            `the origin ${code(domain)} was not seen in this account`,
          )
        : say(
            `l’origine ${code(domain)} n’est pas de ce qui a été lu`,
            `the origin ${code(domain)} is not of what was read`,
          ),
      refusal,
      parts,
    ),
  );
  if (record) return [{ resource: record, request: onward }];
  return named ? [{ absent: { ...absentOf(named), status: 'unverified' }, request: onward }] : [];
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
