import type { Check } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { fail, held, pass, say } from '../checks.ts';
import { type Graph, seenOf } from '../graph.ts';
import { type Arrival, askerOf, type HopModel, type HopSide, type Next, type Passage } from '../hop.ts';
import { logGroupSide } from '../logs.ts';
import { asNumber, asObjects, asText, asTexts } from '../values.ts';
import { BUCKET, DISTRIBUTION, leadTo } from './front-doors.ts';

/** Functions of Lambda: their state, and where their lines go. AWS Lambda API Reference, FunctionConfiguration. */
export const functions: HopModel = {
  kinds: ['AWS::Lambda::Function'],
  role: 'function',
  pass({ resource }, graph): Passage {
    const seen = seenOf(resource);
    const parts = {
      evidence: resource.observed,
      resources: [resource.id],
      values: { function: resource.name },
    };
    const state = asText(seen.state);
    const update = asText(seen.lastUpdateStatus);
    const reserved = asNumber(seen.reservedConcurrentExecutions);
    const checks: Check[] = [];
    if (state !== undefined)
      checks.push(
        held(
          'function-inactive',
          state === 'Active' || state === 'Inactive',
          say(
            `fonction ${code(resource.name)}, état ${code(state)}`,
            `function ${code(resource.name)}, state ${code(state)}`,
          ),
          say(`état ${code(state)}`, `state ${code(state)}`),
          parts,
        ),
      );
    if (update === 'Failed')
      checks.push(
        fail('function-inactive', say('la dernière mise à jour a échoué', 'the last update failed'), parts),
      );
    if (reserved === 0)
      checks.push(
        fail(
          'function-throttled',
          say(
            'concurrence réservée à 0\u00a0: aucun appel ne passe',
            'reserved concurrency of 0: no call passes',
          ),
          parts,
        ),
      );
    const group = asText(seen.logGroup);
    const side: HopSide[] =
      // Lambda makes the group itself with the first line
      group === undefined ? [] : [logGroupSide(graph, resource, group, resource.region, true)];
    return { checks, side };
  },
};

/** Buckets that are asked for objects: by a CDN, or as a website. */
export const buckets: HopModel = {
  kinds: [BUCKET],
  role: 'bucket',
  pass({ resource, request, passed }, _graph): Passage {
    const seen = seenOf(resource);
    const parts = {
      evidence: resource.observed,
      resources: [resource.id],
      values: { bucket: resource.name },
    };
    const checks: Check[] = [
      pass(
        'bucket-missing',
        say(`compartiment ${code(resource.name)}`, `bucket ${code(resource.name)}`),
        parts,
      ),
    ];
    const isPublic = seen.publicPolicy === true && seen.publicAccessBlock !== true;
    // a website is read by everyone, also where a CDN stands before it
    const isWebsite = /\bs3-website[.-]/.test(request.host) || askerOf({ passed })?.kind !== DISTRIBUTION;
    if (isWebsite && seen.publicPolicy !== undefined)
      checks.push(
        held(
          'bucket-not-public',
          isPublic,
          say('lisible de tous', 'readable by everyone'),
          say('fermé au public\u00a0: le site répond 403', 'closed to the public: the site answers 403'),
          { ...parts, certainty: 'probable' },
        ),
      );
    const asker = askerOf({ passed });
    if (asker?.kind === DISTRIBUTION) checks.push(...readerChecks(resource, asker, request.host));
    return { checks };
  },
};

/**
 * Whether the policy lets a distribution with origin access control read: what nobody else is let to read. “Restrict access
 * to an Amazon S3 origin”, Amazon CloudFront Developer Guide.
 */
function readerChecks(bucket: Resource, distribution: Resource, host: string): Check[] {
  const seen = seenOf(bucket);
  const origin = asObjects(seenOf(distribution).origins).find(({ domainName }) => domainName === host);
  // what everyone may read, and what older identities and lists may open, is left aside
  if (asText(origin?.originAccessControl) === undefined || seen.publicPolicy !== false) return [];
  const hasNone = seen.hasPolicy === false;
  if (!Array.isArray(seen.readingDistributions) && !hasNone) return [];
  const readers = asTexts(seen.readingDistributions);
  const isReader = readers.includes('*') || readers.includes(distribution.id);
  // of a policy that lets others read in its own way, nothing is told
  if (!isReader && !hasNone && readers.length === 0) return [];
  return [
    held(
      'bucket-unreadable',
      isReader,
      say('la distribution peut le lire', 'the distribution may read it'),
      hasNone
        ? say(
            'sans politique, la distribution ne peut pas le lire',
            'without a policy the distribution cannot read it',
          )
        : say(
            `sa politique ne laisse lire que ${codes(readers, 3).fr}`,
            `its policy lets only ${codes(readers, 3).en} read`,
          ),
      {
        evidence: bucket.observed,
        resources: [bucket.id, distribution.id],
        values: { bucket: bucket.name, distribution: distribution.name },
      },
    ),
  ];
}

/** What a resource is related to as leading there. */
export const relatedTo = (graph: Graph, { resource, request }: Arrival): Next[] =>
  graph.out(resource, 'routes-to').map((one) => ({ resource: one, request }));

/** Kinds without a model: what they are related to is what they lead to. */
export const alongRelations = (resource: Resource): HopModel => ({
  kinds: [resource.kind],
  role: 'server',
  pass: (arrival, graph) => ({ checks: [], next: relatedTo(graph, arrival) }),
});

/** Environments of Elastic Beanstalk: they stand in front of a load balancer, or of one machine. */
export const environments: HopModel = {
  kinds: ['AWS::ElasticBeanstalk::Environment'],
  role: 'server',
  pass(arrival, graph): Passage {
    const led = leadTo(graph, asText(seenOf(arrival.resource).endpointURL) ?? '', {});
    return {
      checks: [],
      next:
        'resource' in led
          ? [{ resource: led.resource, request: arrival.request }]
          : relatedTo(graph, arrival),
    };
  },
};
