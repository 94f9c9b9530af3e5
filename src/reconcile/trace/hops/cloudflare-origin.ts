import ipaddr from 'ipaddr.js';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import type { Graph } from '../graph.ts';
import type { Next } from '../hop.ts';
import { behindAddress } from '../hosts/host.ts';
import { noRecord } from './cloudflare-entry.ts';
import { edgeAnswer, isServing, near, PAGES, type Target, TUNNEL } from './cloudflare-zones.ts';
import { absentOf, leadTo } from './front-doors.ts';
import { answerFor } from './zones.ts';

/** Where a request goes on from Cloudflare, and what was seen of it. */
export interface Onward {
  checks: Check[];
  next: Next[];
}

/**
 * An address of a block that nobody is given: a record with it is there only to be proxied (RFC 6666, “A Discard Prefix for
 * IPv6”; RFC 5737; Cloudflare DNS documentation, originless setups).
 */
export function isPlaceholder(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return PLACEHOLDERS.some(
    ([range, bits]) => range.kind() === parsed.kind() && parsed.match(range as never, bits as never),
  );
}
const PLACEHOLDERS = ['100::/64', '192.0.2.0/24'].map((range) => ipaddr.parseCIDR(range));

/** Where the target of a record is: something of the accounts that were read, or elsewhere. */
export function onward(
  graph: Graph,
  record: Resource,
  target: Target | undefined,
  request: PathRequest,
  zone: Resource | undefined,
): Onward {
  const id = 'dns-record-misdirected';
  const shown = code(`${record.scope} ${record.name}`);
  if (!target) return { checks: [], next: [] };
  const evidence = target.records.flatMap(({ observed }) => observed);
  const parts = { evidence, resources: target.records.map((one) => one.id) };
  if ('tunnel' in target) {
    const tunnel = graph.named(TUNNEL, target.tunnel, zone ? near(zone) : {});
    return tunnel
      ? { checks: [], next: [{ resource: tunnel, request }] }
      : { checks: [], next: [{ absent: noTunnel(graph, target.tunnel, zone, parts), request }] };
  }
  const name = 'pages' in target ? target.pages : 'address' in target ? target.address : target.host;
  const good = say(`${shown} mène à ${code(name)}`, `${shown} leads to ${code(name)}`);
  if ('pages' in target) {
    const project = graph.named(PAGES, name);
    if (project) return { checks: [pass(id, good, parts)], next: [{ resource: project, request }] };
    const refusal = graph.unseen(PAGES);
    const check = unknown(
      id,
      say(
        `le projet Pages ${code(name)} n’a pas été vu dans ce compte`,
        `the Pages project ${code(name)} was not seen in this account`,
      ),
      refusal,
      parts,
    );
    return {
      checks: [],
      next: [
        { absent: { kind: PAGES, name, role: 'pages', status: 'unverified', checks: [check] }, request },
      ],
    };
  }
  const led = leadTo(graph, name, {}, name);
  if ('resource' in led)
    return { checks: [pass(id, good, parts)], next: [{ resource: led.resource, request }] };
  if ('elsewhere' in led) {
    const answer = answerFor(graph, name);
    if (answer?.found && !answer.isPrivate)
      return { checks: [pass(id, good, parts)], next: [{ resource: answer.found.record, request }] };
    const own = edgeAnswer(graph, name);
    // the zone of the name is here, and says nothing of it
    if ('host' in target && own && isServing(own.zone))
      return {
        checks: [pass(id, good, parts)],
        next: [{ absent: noRecord(graph, own.zone, name, own.delegated), request }],
      };
  }
  const text =
    'missing' in led
      ? say(`${code(name)} n’a pas été vu dans ce compte`, `${code(name)} was not seen in this account`)
      : 'unseen' in led
        ? say(`${code(name)} n’a pas été lu`, `${code(name)} was not read`)
        : say(`${code(name)} n’est de rien de ce qui a été lu`, `${code(name)} is of nothing that was read`);
  const check = unknown(id, text, 'unseen' in led ? led.refusal : undefined, parts);
  const named = 'missing' in led ? led.missing : 'unseen' in led ? led.unseen : undefined;
  const absent = named ? absentOf(named) : { kind: 'Host' as const, name, role: 'server', checks: [] };
  return {
    checks: [pass(id, good, parts)],
    next: [
      { absent: { ...absent, status: 'unverified', checks: [check] }, request },
      ...(named ? [] : behindAddress(graph, request)),
    ],
  };
}

/** A tunnel serves records of its own account alone (Cloudflare One documentation, “DNS records” of tunnels). */
function noTunnel(
  graph: Graph,
  name: string,
  zone: Resource | undefined,
  parts: { evidence: Resource['observed']; resources: string[] },
) {
  const refusal = graph.unseen(TUNNEL, zone ? near(zone) : {});
  const text = say(
    `le tunnel ${code(name)} n’est pas dans ce compte`,
    `the tunnel ${code(name)} is not in this account`,
  );
  return {
    kind: TUNNEL,
    name,
    role: 'tunnel',
    status: refusal ? ('unverified' as const) : ('missing' as const),
    checks: [
      refusal
        ? unknown('tunnel-down', say('tunnels non lus', 'tunnels not read'), refusal, parts)
        : fail('tunnel-down', text, { ...parts, certainty: 'probable' }),
    ],
  };
}
