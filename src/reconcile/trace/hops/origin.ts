import type { Json } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, type Properties, seenOf } from '../graph.ts';
import { type Arrival, askerOf, type ServerNames } from '../hop.ts';
import { bare, covers } from '../names.ts';
import { asNumber, asObjects, asText, asTexts, isObject } from '../values.ts';
import { BALANCER, DISTRIBUTION, namedBy } from './front-doors.ts';
import { isSecure, type Listening, portsOf } from './listeners.ts';
import { prefixesOf } from './routing.ts';
import { RECORD } from './zones.ts';

/** Whether the name that the visitor asks for is sent on: told with the behaviour, or by its policies. */
function sendsHost(seen: Properties, behaviour: Properties | undefined): boolean | undefined {
  if (typeof behaviour?.forwardsHost === 'boolean') return behaviour.forwardsHost;
  const told = isObject(seen.hostForwarded) ? seen.hostForwarded[asText(behaviour?.path) ?? ''] : undefined;
  return typeof told === 'boolean' ? told : undefined;
}

/** How an origin inside a VPC is reached, where that was read. Amazon CloudFront API Reference, VpcOriginEndpointConfig. */
export const vpcOriginOf = (seen: Properties, { vpcOriginId }: Properties): Properties | undefined =>
  vpcOriginId === undefined ? undefined : asObjects(seen.vpcOrigins).find(({ id }) => id === vpcOriginId);

/**
 * The origin by which a distribution came to something: by its own address, by a record that leads there, or inside a VPC.
 */
export function originTo(
  distribution: Resource,
  { resource, passed }: Pick<Arrival, 'resource' | 'passed'>,
): Properties | undefined {
  const seen = seenOf(distribution);
  const after = passed.slice(passed.findIndex(({ id }) => id === distribution.id) + 1);
  const record = after.find(({ kind }) => kind === RECORD);
  const address = bare(asText(seenOf(resource).dnsName) ?? '');
  const origins = asObjects(seen.origins);
  const found = origins.find((origin) => {
    const domain = bare(asText(origin.domainName) ?? '');
    const inside = vpcOriginOf(seen, origin);
    if (inside) return inside.arn === resource.id;
    return record ? covers(record.name, domain) : domain === address || domain === `dualstack.${address}`;
  });
  // of one that was made again the origin has the address that it had before
  return found ?? origins.find(({ domainName }) => isEarlier(asText(domainName) ?? '', resource));
}

function isEarlier(domain: string, { kind, name, region }: Resource): boolean {
  const named = namedBy(domain);
  return named?.kind === kind && named.name === name.toLowerCase() && named.region === region;
}

/** The names of the headers that a distribution adds to what it asks, in lower case; none of who else asks. */
export function headersSent(arrival: Arrival): string[] {
  const asker = askerOf(arrival);
  const origin = asker?.kind === DISTRIBUTION ? originTo(asker, arrival) : undefined;
  return asTexts(origin?.headers).map((header) => header.toLowerCase());
}

/** The request as the origin gets it. Amazon CloudFront API Reference, CustomOriginConfig. */
export function asOriginGets(
  seen: Properties,
  origin: Properties,
  behaviour: Properties | undefined,
  request: PathRequest,
): PathRequest {
  const { ports, protocolPolicy } = vpcOriginOf(seen, origin) ?? origin;
  const [httpPort = 80, httpsPort = 443] = Array.isArray(ports) ? ports.map(asNumber) : [];
  const policy = asText(protocolPolicy);
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

/**
 * The certificate of an origin must cover its domain name, or the `Host` header where that is forwarded (Amazon CloudFront
 * Developer Guide, “Requiring HTTPS for communication between CloudFront and your custom origin”). Of a name that AWS
 * gives there is none: what is served must be for the name that the visitor asks for.
 */
export function serverNames(
  seen: Properties,
  behaviour: Properties | undefined,
  domain: string,
  host: string,
): ServerNames {
  if (namedBy(domain) !== undefined) return { names: [host], perhaps: [] };
  const forwardsHost = sendsHost(seen, behaviour);
  return {
    names: forwardsHost === true ? [host, domain] : [domain],
    perhaps: forwardsHost === undefined ? [host] : [],
  };
}

/** What a listener speaks; undefined where that is not HTTP. */
const speaks = (protocol: string) =>
  isSecure(protocol) ? 'https' : protocol === 'HTTP' ? 'http' : undefined;

/** The one port on which the origin speaks what it is asked in, where it does not listen on the port that it is asked on. */
function meantPort(graph: Graph, target: Resource, { scheme, port }: PathRequest): number | undefined {
  if (target.kind !== BALANCER) return undefined;
  const { ports, refusal } = portsOf(graph, target);
  if (refusal || ports.some((one) => one.port === port)) return undefined;
  const [only, ...others] = ports.filter(({ protocol }) => speaks(protocol) === scheme);
  return others.length === 0 ? only?.port : undefined;
}

/** The request with the port that is meant: one that the distribution has wrong is no fault of what stands behind it. */
export const asListened = (graph: Graph, target: Resource, onward: PathRequest): PathRequest => ({
  ...onward,
  port: meantPort(graph, target, onward) ?? onward.port,
});

/** Whether the origin listens where it is asked, as far as its listeners tell. */
export function protocolChecks(
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
  const protocol = at && speaks(at.protocol);
  const meant = meantPort(graph, target, onward);
  const versions = at && refusedVersions(at, origin);
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
  if (agrees && versions)
    return [
      fail(
        'origin-protocol-mismatch',
        say(
          `l’origine est demandée en ${versions.asked.map(code).join(', ')}, l’écouteur n’accepte rien avant TLS 1.${versions.least}`,
          `the origin is asked in ${versions.asked.map(code).join(', ')}, the listener takes nothing before TLS 1.${versions.least}`,
        ),
        { evidence, resources: [target.id], values: { ...values, tlsVersions: versions.asked } },
      ),
    ];
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
      {
        evidence,
        resources: [target.id],
        values: { ...values, ...(meant !== undefined && { expectedPort: meant }) },
      },
    ),
  ];
}

/** Versions of TLS as CloudFront names them, by their minor number. */
const TLS_VERSIONS: Record<string, number> = { SSLv3: -1, TLSv1: 0, 'TLSv1.1': 1, 'TLSv1.2': 2 };

/**
 * The oldest version of TLS that a security policy takes: it stands in the policy's name, where it is not the first of
 * all (Elastic Load Balancing, “Security policies for your Application Load Balancer”).
 */
const leastVersion = (policy: string): number => Number(/-(?:TLS13|TLS|FS)-1-(\d)/.exec(policy)?.[1] ?? 0);

/** The versions in which the origin is asked, where its listener takes none of them. */
function refusedVersions(
  { listener, protocol }: Listening,
  origin: Properties,
): { asked: string[]; least: number } | undefined {
  const policy = asText(seenOf(listener).sslPolicy);
  const asked = asTexts(origin.tlsVersions);
  if (!isSecure(protocol) || policy === undefined || asked.length === 0) return undefined;
  const least = leastVersion(policy);
  // where 1.3 is asked for, a distribution speaks it although nothing of its settings says so
  const isRefused = least < 3 && asked.every((one) => (TLS_VERSIONS[one] ?? 9) < least);
  return isRefused ? { asked, least } : undefined;
}

/**
 * Nobody is issued a certificate for the name that AWS gives a load balancer: over HTTPS it answers for another one, which
 * CloudFront takes only where it sends the visitor's `Host` on.
 */
export function nameCheck(
  seen: Properties,
  behaviour: Properties | undefined,
  domain: string,
  host: string,
  parts: { evidence: Resource['observed']; values: Record<string, Json> },
): Check {
  const id = 'origin-name-uncoverable';
  const sends = sendsHost(seen, behaviour);
  const own = {
    ...parts,
    values: {
      ...parts.values,
      behaviour: asText(behaviour?.path) ?? '*',
      names: [host],
      cachePolicy: asText(behaviour?.cachePolicyId) ?? '',
    },
  };
  if (namedBy(domain) === undefined)
    return pass(
      id,
      say(`l’origine a un nom propre, ${code(domain)}`, `the origin has a name of its own, ${code(domain)}`),
      own,
    );
  if (sends === true)
    return pass(id, say('`Host` est transmis à l’origine', '`Host` is sent on to the origin'), own);
  const text = say(
    `demandée en HTTPS sous le nom ${code(domain)}, qu’aucun certificat ne couvre, sans transmettre ${code('Host')}`,
    `asked over HTTPS as ${code(domain)}, which no certificate covers, without sending ${code('Host')} on`,
  );
  return sends === false
    ? fail(id, text, own)
    : unknown(
        id,
        say(
          `rien ne dit si ${code('Host')} est transmis à l’origine`,
          `whether ${code('Host')} is sent on to the origin is not known`,
        ),
        undefined,
        own,
      );
}

/** A path that is put before each request, and that nothing behind the origin speaks of. */
export function pathChecks(
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
