import type { Kind } from '#model/fact.ts';
import type { Check } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { certificateSides } from '../certificates.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, seenOf } from '../graph.ts';
import type { Arrival, HopModel, HopSide, Next, Passage } from '../hop.ts';
import { logGroupSide } from '../logs.ts';
import { asNumber, asText } from '../values.ts';
import { BUCKET, DISTRIBUTION } from './front-doors.ts';

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
  pass({ resource, from }, _graph): Passage {
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
    if (from?.kind !== DISTRIBUTION && seen.publicPolicy !== undefined)
      checks.push(
        held(
          'bucket-not-public',
          isPublic,
          say('lisible de tous', 'readable by everyone'),
          say('fermé au public\u00a0: le site répond 403', 'closed to the public: the site answers 403'),
          { ...parts, certainty: 'probable' },
        ),
      );
    return { checks };
  },
};

const DOMAINS: readonly Kind[] = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'];
const APIS: readonly Kind[] = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

const relatedTo = (graph: Graph, { resource, request }: Arrival, kinds?: readonly Kind[]): Next[] =>
  graph
    .out(resource, 'routes-to')
    .filter(({ kind }) => kinds?.includes(kind) ?? true)
    .map((one) => ({ resource: one, request }));

/** Custom domain names of API Gateway, with the certificate that they serve and the APIs that they lead to. */
export const apiDomains: HopModel = {
  kinds: DOMAINS,
  role: 'api-gateway',
  pass(arrival, graph): Passage {
    const { resource, request } = arrival;
    const seen = seenOf(resource);
    const status = asText(seen.status);
    const parts = {
      evidence: resource.observed,
      resources: [resource.id],
      values: { domainName: resource.name },
    };
    const checks: Check[] =
      status === undefined
        ? []
        : [
            held(
              'api-domain-inactive',
              status === 'AVAILABLE',
              say(`nom de domaine ${code(resource.name)}`, `domain name ${code(resource.name)}`),
              say(`nom de domaine dans l’état ${code(status)}`, `domain name in state ${code(status)}`),
              parts,
            ),
          ];
    const arn = asText(seen.certificateArn);
    const side =
      request.scheme === 'https'
        ? certificateSides(graph, {
            holder: resource,
            arns: arn === undefined ? [] : [arn],
            names: [resource.name],
            at: resource.observed[0]?.at,
            values: { domainName: resource.name },
          })
        : [];
    const next = relatedTo(graph, arrival);
    if (next.length === 0 && seen.mappings === undefined)
      checks.push(
        unknown(
          'api-mapping-missing',
          say('correspondances non lues', 'mappings not read'),
          undefined,
          parts,
        ),
      );
    return { checks, side, next };
  },
};

/** APIs of API Gateway: whether they have a stage, and what they pass requests to. */
export const apis: HopModel = {
  kinds: APIS,
  role: 'api-gateway',
  pass(arrival, graph): Passage {
    const { resource, request } = arrival;
    const seen = seenOf(resource);
    const parts = { evidence: resource.observed, resources: [resource.id], values: { api: resource.name } };
    const checks: Check[] = [
      pass(
        'api-missing',
        say(
          `API ${code(asText(seen.name) ?? resource.name)}`,
          `API ${code(asText(seen.name) ?? resource.name)}`,
        ),
        parts,
      ),
    ];
    if (seen.disableExecuteApiEndpoint === true && /\.execute-api\./.test(request.host))
      checks.push(
        fail(
          'api-endpoint-disabled',
          say('son adresse propre est fermée', 'its own address is switched off'),
          parts,
        ),
      );
    if (Array.isArray(seen.stages))
      checks.push(
        held(
          'api-stage-missing',
          seen.stages.length > 0,
          say(
            `${seen.stages.length} ${seen.stages.length > 1 ? 'étapes déployées' : 'étape déployée'}`,
            `${seen.stages.length} deployed ${seen.stages.length === 1 ? 'stage' : 'stages'}`,
          ),
          say('aucune étape\u00a0: l’API n’est pas déployée', 'no stage: the API is not deployed'),
          parts,
        ),
      );
    return { checks, next: relatedTo(graph, arrival) };
  },
};

/** Kinds without a model: what they are related to is what they lead to. */
export const alongRelations = (resource: Resource): HopModel => ({
  kinds: [resource.kind],
  role: 'server',
  pass: (arrival, graph) => ({ checks: [], next: relatedTo(graph, arrival) }),
});
