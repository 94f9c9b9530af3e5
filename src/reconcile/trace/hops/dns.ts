import type { Fact, Json } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, type Near, observedOf } from '../graph.ts';
import type { HopModel, Next, Passage } from '../hop.ts';
import { behindAddress } from '../hosts/host.ts';
import { bare, covers } from '../names.ts';
import { asNumber, asText } from '../values.ts';
import { absentRecord, aliasOf, bearerOf, bears, noRecord, otherForm } from './entry.ts';
import { absentOf, type Led, leadTo } from './front-doors.ts';
import { type Answered, answerFor, evidenceOf, idOf, RECORD, setsOf, targetsOf } from './zones.ts';

/** Sets that are answered with: one without weight is answered only where all are without. */
function answered(sets: readonly Fact[]): Fact[] {
  const weighs = sets.some(({ properties }) => (asNumber(properties?.weight) ?? 0) > 0);
  return sets.filter(({ properties }) => !weighs || asNumber(properties?.weight) !== 0);
}

/** Records of Route 53: where the name leads, in both families of addresses, and its other form (`www`). */
export const records: HopModel = {
  kinds: [RECORD],
  role: 'dns',
  pass({ resource, request, passed, tls }, graph): Passage {
    const { host } = request;
    const isFirst = !passed.some(({ kind }) => kind === RECORD);
    // a star bears no name of its own: it was asked for the host
    const isStar = resource.name.startsWith('*.');
    const answer = answerFor(graph, isStar ? host : resource.name);
    const own = answer?.found?.record.id === resource.id ? answer.found.sets : observedOf(resource);
    const sets = answered(own);
    const next: Next[] = [];
    const checks: Check[] = [];
    const zone = answer?.zone;
    // a name that a CDN or a redirect asks for is not what visitors ask for
    const isVisitor = passed.every(({ kind }) => kind === RECORD) || covers(resource.name, host);
    const asked = isVisitor ? host : isStar ? undefined : resource.name;
    if (answer?.isPrivate) checks.push(insideOnly(answer, resource.name));
    for (const set of sets) {
      const targets = targetsOf(set);
      // several addresses are one server to whoever asks
      const target = targets.find((one) => 'resource' in leadTo(graph, one, {}, asked)) ?? targets[0];
      if (target !== undefined)
        follow(graph, { resource, set, target, request, zone, asked, isVisitor, passed }, checks, next);
    }
    if (zone && isFirst && !answer.isPrivate) {
      checks.push(...sameInBothFamilies(graph, zone, host, sets));
      checks.push(...otherForm(graph, zone, host));
    }
    return { checks, next: distinct(next).map((one) => ('resource' in one && tls ? { ...one, tls } : one)) };
  },
};

/** A name that only networks of the estate know: what others are answered is not told by its zone. */
const insideOnly = ({ zone, found }: Answered, name: string): Check =>
  unknown(
    'dns-record-missing',
    say(
      `${code(name)} n’est connu que de la zone privée ${code(zone.name)}\u00a0: hors de ses VPC, le DNS est servi ailleurs`,
      `only the private zone ${code(zone.name)} knows ${code(name)}: outside of its VPCs its DNS is served elsewhere`,
    ),
    undefined,
    { evidence: (found?.sets ?? []).slice(0, 1).map(evidenceOf), resources: [zone.id] },
  );

const distinct = (next: readonly Next[]): Next[] => [
  ...new Map(
    next.map((one) => ['resource' in one ? one.resource.id : `${one.absent.kind} ${one.absent.name}`, one]),
  ).values(),
];

interface Following {
  resource: Resource;
  set: Fact;
  target: string;
  request: PathRequest;
  zone: Resource | undefined;
  /** The name that was looked up, where it is known. */
  asked: string | undefined;
  isVisitor: boolean;
  passed: readonly Resource[];
}

/** Where one set leads, and whether that is there. */
function follow(
  graph: Graph,
  { resource, set, target, request, zone, asked, isVisitor, passed }: Following,
  checks: Check[],
  next: Next[],
) {
  const type = resource.scope ?? 'A';
  const evidence = [evidenceOf(set)];
  const led = leadTo(graph, target, {}, asked);
  const label = setLabel(set);
  const bearer = isVisitor ? bearerOf(graph, request.host) : undefined;
  const shown = code(`${type} ${resource.name}`);
  const good = say(
    `${shown} mène à ${code(target)}${label.fr}`,
    `${shown} leads to ${code(target)}${label.en}`,
  );
  const values = (better: Resource | undefined): Record<string, Json> => ({
    zone: zone ? idOf(zone) : '',
    name: resource.name,
    type,
    actual: target,
    ...(better && aliasOf(better)),
  });
  if ('resource' in led) {
    const misled =
      bearer &&
      bearer.id !== led.resource.id &&
      led.resource.kind === bearer.kind &&
      !bears(graph, led.resource, request.host);
    checks.push(
      held(
        'dns-record-misdirected',
        !misled,
        good,
        say(
          `${shown} mène à ${code(target)}, mais c’est ${code(bearer?.name ?? '')} qui porte ce nom`,
          `${shown} leads to ${code(target)}, but it is ${code(bearer?.name ?? '')} that bears this name`,
        ),
        {
          evidence,
          resources: bearer ? [led.resource.id, bearer.id] : [led.resource.id],
          values: values(bearer),
          ...(misled && { certainty: 'probable' }),
        },
      ),
    );
    next.push({ resource: misled ? bearer : led.resource, request });
    return;
  }
  if ('elsewhere' in led) {
    const answer = answerFor(graph, led.elsewhere);
    if (answer?.found) {
      const { record } = answer.found;
      const isBack = record.id === resource.id || passed.some(({ id }) => id === record.id);
      checks.push(
        held(
          'dns-record-misdirected',
          !isBack,
          good,
          say(
            `${shown} mène à ${code(target)}, qui ramène à ${code(resource.name)}\u00a0: personne n’obtient d’adresse`,
            `${shown} leads to ${code(target)}, which leads back to ${code(resource.name)}: nobody is given an address`,
          ),
          { evidence, resources: [record.id], values: values(bearer) },
        ),
      );
      if (isBack) return;
      next.push({ resource: answer.found.record, request });
      return;
    }
    if (answer && !answer.isPrivate) {
      // the zone of the name is here, and says nothing of it
      checks.push(pass('dns-record-misdirected', good, { evidence }));
      const check = noRecord(graph, answer, led.elsewhere, undefined);
      next.push({ absent: absentRecord(led.elsewhere, check), request });
      return;
    }
  }
  const named = 'missing' in led ? led.missing : 'unseen' in led ? led.unseen : undefined;
  // an alias is of one distribution in the world; a load balancer that is made again keeps its name alone
  const kin = bearer && named && bearer.kind === named.kind && graph.answering(request.host).includes(bearer);
  const meant = kin ? bearer : 'missing' in led ? led.again : undefined;
  const isWrong = 'missing' in led && meant !== undefined;
  const text = isWrong
    ? kin
      ? say(
          `${shown} mène à ${code(target)}, qui n’est pas là\u00a0; c’est ${code(meant.name)} qui porte ce nom`,
          `${shown} leads to ${code(target)}, which is not there; it is ${code(meant.name)} that bears this name`,
        )
      : say(
          `${shown} mène à ${code(target)}, qui n’est plus là\u00a0; ${code(meant.name)} a été recréé sous une autre adresse`,
          `${shown} leads to ${code(target)}, which is gone; ${code(meant.name)} was made again under another address`,
        )
    : 'missing' in led
      ? say(
          `${shown} mène à ${code(target)}, qui n’a pas été vu dans ce compte`,
          `${shown} leads to ${code(target)}, which was not seen in this account`,
        )
      : say(
          `${shown} mène à ${code(target)}, que personne n’a lu`,
          `${shown} leads to ${code(target)}, which nobody read`,
        );
  const parts = {
    evidence,
    values: values(meant ?? bearer),
    ...(meant && { resources: [meant.id] }),
    // it may be another account's, of the same name
    ...(isWrong && !kin && { certainty: 'probable' as const }),
  };
  checks.push(
    isWrong
      ? fail('dns-record-misdirected', text, parts)
      : unknown('dns-record-misdirected', text, 'unseen' in led ? led.refusal : undefined, parts),
  );
  if (meant) next.push({ resource: meant, request });
  else if (named) next.push({ absent: { ...absentOf(named), status: 'unverified' }, request });
  else if (isVisitor) next.push(...behindAddress(graph, request));
}

/** Where a name leads in the end, by the records of the estate. */
export interface Resolved {
  led: Led;
  /** The first of the records that lead there. */
  record?: Resource;
}

/** Names that lead to one another before it is taken for a loop. */
const MOST_NAMES = 8;

/** What answers for the name that a CDN asks for: a name of a provider, or one of the estate's own. */
export function resolved(graph: Graph, host: string, near: Near): Resolved {
  let led = leadTo(graph, host, near, host);
  let first: Resource | undefined;
  for (let step = 0; step < MOST_NAMES && 'elsewhere' in led; step += 1) {
    const found = answerFor(graph, led.elsewhere)?.found;
    const target = found && answered(found.sets).flatMap(targetsOf)[0];
    if (!found || target === undefined) break;
    first ??= found.record;
    led = leadTo(graph, target, near, led.elsewhere);
  }
  return { led, ...(first && { record: first }) };
}

/** How a set is chosen among several. */
function setLabel({ properties = {} }: Fact): { fr: string; en: string } {
  const weight = asNumber(properties.weight);
  if (weight !== undefined) return { fr: ` (poids ${weight})`, en: ` (weight ${weight})` };
  const failover = asText(properties.failover);
  if (failover) return { fr: ` (${code(failover)})`, en: ` (${code(failover)})` };
  const region = asText(properties.latencyRegion) ?? asText(properties.geoLocation);
  return region ? { fr: ` (${code(region)})`, en: ` (${code(region)})` } : { fr: '', en: '' };
}

/** A client that has IPv6 goes where AAAA leads. */
function sameInBothFamilies(graph: Graph, zone: Resource, host: string, sets: readonly Fact[]): Check[] {
  if (sets.some(({ scope }) => scope !== 'A')) return [];
  const six = setsOf(graph, zone, host, 'AAAA');
  if (!six) return [];
  const plain = (target: string) => bare(target).replace(/^dualstack\./, '');
  const four = new Set(sets.flatMap(targetsOf).map(plain));
  const others = answered(six.sets)
    .flatMap(targetsOf)
    .filter((target) => !/^[0-9a-f:]+$/i.test(target));
  const away = others.filter((target) => !four.has(plain(target)));
  if (others.length === 0) return [];
  return [
    held(
      'dns-records-disagree',
      away.length === 0,
      say('A et AAAA mènent au même endroit', 'A and AAAA lead to the same place'),
      say(`AAAA mène à ${codes(away).fr}, A ailleurs`, `AAAA leads to ${codes(away).en}, A elsewhere`),
      {
        evidence: six.sets.map(evidenceOf),
        resources: [six.record.id],
        values: {
          zone: idOf(zone),
          name: six.record.name,
          type: 'AAAA',
          actual: others[0] ?? '',
          target: [...four][0] ?? '',
        },
      },
    ),
  ];
}
