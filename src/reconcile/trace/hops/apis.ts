import { parseArn } from '#lib/arn.ts';
import type { Kind } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { certificateSides } from '../certificates.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, type Properties, refusedDetail, seenOf } from '../graph.ts';
import { type Arrival, askerOf, type HopModel, type Next, type Passage } from '../hop.ts';
import { asNumber, asObjects, asText, asTexts } from '../values.ts';
import { firstOf, integrationFor, lengthOf, mappingFor, pathAfter } from './api-routes.ts';
import { resolved } from './dns.ts';
import { BALANCER } from './front-doors.ts';
import { LISTENER, nearOf } from './listeners.ts';
import { relatedTo } from './serverless.ts';

const DOMAINS: readonly Kind[] = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'];
const REST: Kind = 'AWS::ApiGateway::RestApi';
const HTTP: Kind = 'AWS::ApiGatewayV2::Api';
const FUNCTION: Kind = 'AWS::Lambda::Function';

/** Custom domain names of API Gateway, with the certificate that they serve and the API that a path leads to. */
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
              // it serves as before while it is updated
              status === 'AVAILABLE' || status === 'UPDATING',
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
    const mapping = mappingFor(seen, request.path);
    const api = mapping && apiOf(graph, asText(mapping.api) ?? '', resource);
    if (mapping && api) {
      const path = pathAfter(request.path, lengthOf(mapping));
      return { checks, side, next: [{ resource: api, request: { ...request, path } }] };
    }
    const next = Array.isArray(seen.mappings) ? [] : relatedTo(graph, arrival);
    if (next.length === 0)
      checks.push(
        unknown(
          'api-mapping-missing',
          Array.isArray(seen.mappings)
            ? say(
                `aucune correspondance de ${code(request.path)} vers une API qui a été lue`,
                `no mapping of ${code(request.path)} to an API that was read`,
              )
            : say('correspondances non lues', 'mappings not read'),
          refusedDetail(resource),
          parts,
        ),
      );
    return { checks, side, next };
  },
};

const apiOf = (graph: Graph, id: string, { region }: Resource): Resource | undefined =>
  [REST, HTTP].map((kind) => graph.named(kind, id, region === undefined ? {} : { region })).find(Boolean);

/** APIs of API Gateway: whether they have a stage, and what they pass a request to. */
export const apis: HopModel = {
  kinds: [REST, HTTP],
  role: 'api-gateway',
  pass(arrival, graph): Passage {
    const { resource, request } = arrival;
    const seen = seenOf(resource);
    const parts = { evidence: resource.observed, resources: [resource.id], values: { api: resource.name } };
    const shown = code(asText(seen.name) ?? resource.name);
    const checks: Check[] = [pass('api-missing', say(`API ${shown}`, `API ${shown}`), parts)];
    if (seen.disableExecuteApiEndpoint === true && /\.execute-api\./.test(request.host))
      checks.push(
        fail(
          'api-endpoint-disabled',
          say('son adresse propre est fermée', 'its own address is switched off'),
          parts,
        ),
      );
    const { stage, path } = stageOf(arrival, seen);
    if (Array.isArray(seen.stages)) checks.push(stageCheck(seen, stage, parts));
    const integration = integrationFor(seen, path);
    if (integration === undefined) return { checks, next: relatedTo(graph, arrival) };
    if (integration === 'none')
      checks.push(
        unknown(
          'api-route-missing',
          say(`aucune route ne prend ${code(path)}`, `no route takes ${code(path)}`),
          undefined,
          parts,
        ),
      );
    return {
      checks,
      next: integration === 'none' ? [] : toIntegration(graph, arrival, integration, path, checks),
    };
  },
};

const DEFAULT_STAGE = '$default';

/** The stage that is asked for, and the path within it: a custom domain name chooses the stage by its mapping. */
function stageOf(arrival: Arrival, seen: Properties): { stage?: string; path: string } {
  const { resource, request } = arrival;
  const asker = askerOf(arrival);
  if (asker && DOMAINS.includes(asker.kind)) {
    const stages = asObjects(seenOf(asker).mappings).filter(({ api }) => api === resource.name);
    const stage = stages.length === 1 ? asText(stages[0]?.stage) : undefined;
    return { ...(stage !== undefined && { stage }), path: request.path };
  }
  const names = asObjects(seen.stages).flatMap(({ name }) => asText(name) ?? []);
  const first = firstOf(request.path);
  const isStaged = first !== undefined && names.includes(first);
  if (!isStaged && (names.includes(DEFAULT_STAGE) || !Array.isArray(seen.stages)))
    return { path: request.path };
  return { stage: first ?? '', path: pathAfter(request.path, 1) };
}

function stageCheck(
  seen: Properties,
  stage: string | undefined,
  parts: { evidence: Resource['observed']; values: { api: string } },
): Check {
  const id = 'api-stage-missing';
  const names = asObjects(seen.stages).flatMap(({ name }) => asText(name) ?? []);
  if (names.length > 0 && stage !== undefined)
    return held(
      id,
      names.includes(stage),
      say(`étape ${code(stage)} déployée`, `stage ${code(stage)} deployed`),
      say(
        `aucune étape ${code(stage)} (il y a ${names.slice(0, 3).map(code).join(', ')})`,
        `no stage ${code(stage)} (there is ${names.slice(0, 3).map(code).join(', ')})`,
      ),
      { ...parts, values: { ...parts.values, stage } },
    );
  const [fr, en] =
    names.length > 1 ? ['étapes déployées', 'deployed stages'] : ['étape déployée', 'deployed stage'];
  return held(
    id,
    names.length > 0,
    say(`${names.length} ${fr}`, `${names.length} ${en}`),
    say('aucune étape\u00a0: l’API n’est pas déployée', 'no stage: the API is not deployed'),
    parts,
  );
}

/** Where an integration sends a request: a function, something behind a VPC link, a host. */
function toIntegration(
  graph: Graph,
  arrival: Arrival,
  integration: Properties,
  path: string,
  checks: Check[],
): Next[] {
  const { resource, request } = arrival;
  const target = asObjects([integration.target ?? null])[0] ?? {};
  const called = asText(target.function);
  if (called !== undefined) return toFunction(graph, resource, called, request);
  const onward = asIntegrated(graph, target, { ...request, path });
  const balancer = balancerBehind(graph, resource, integration, target);
  if (balancer) return [{ resource: balancer, request: onward }];
  const host = asText(target.host);
  if (host === undefined) return relatedTo(graph, arrival);
  const { led, record } = resolved(graph, host, {});
  if ('resource' in led) return [{ resource: record ?? led.resource, request: onward }];
  checks.push(
    unknown(
      'origin-missing',
      say(
        `${code(host)}, à qui elle transmet, n’est pas de ce qui a été lu`,
        `${code(host)}, to which it passes requests on, is not of what was read`,
      ),
      'unseen' in led ? led.refusal : undefined,
      { evidence: resource.observed, resources: [resource.id], values: { api: resource.name, host } },
    ),
  );
  return [];
}

function toFunction(graph: Graph, api: Resource, arn: string, request: PathRequest): Next[] {
  const parts = parseArn(arn);
  const near = {
    ...(parts?.account !== undefined && { account: parts.account }),
    ...(parts?.region !== undefined && { region: parts.region }),
  };
  const name = parts?.resource.split(':')[1] ?? arn;
  const found = graph.named(FUNCTION, name, near);
  if (found) return [{ resource: found, request }];
  const refusal = graph.unseen(FUNCTION, near);
  const id = 'function-inactive';
  const check = refusal
    ? unknown(id, say(`fonction ${code(name)} non lue`, `function ${code(name)} not read`), refusal)
    : fail(
        id,
        say(`la fonction ${code(name)} n’existe plus`, `the function ${code(name)} is no longer there`),
        { evidence: api.observed, resources: [api.id], values: { function: name } },
      );
  return [
    {
      absent: {
        kind: FUNCTION,
        name,
        role: 'function',
        status: refusal ? 'unverified' : 'missing',
        ...(near.region !== undefined && { region: near.region }),
        checks: [check],
      },
      request,
    },
  ];
}

/** The request as an integration sends it: by the listener that it names, or by its URI. */
function asIntegrated(graph: Graph, target: Properties, request: PathRequest): PathRequest {
  const listener = graph.named(LISTENER, asText(target.arn) ?? '');
  if (listener) {
    const { port, protocol } = seenOf(listener);
    const isSecure = protocol === 'HTTPS' || protocol === 'TLS';
    return { ...request, scheme: isSecure ? 'https' : 'http', port: asNumber(port) ?? request.port };
  }
  const scheme = asText(target.scheme);
  if (scheme === undefined) return request;
  const port = asNumber(target.port) ?? (scheme === 'https' ? 443 : 80);
  const fixed = asText(target.path);
  return {
    scheme,
    host: asText(target.host) ?? request.host,
    port,
    // with a variable in it, it is that of the request
    path: fixed === undefined || fixed.includes('{') ? request.path : fixed,
  };
}

/** The load balancer that an integration names by its listener or, behind a link, by its ARN. */
function balancerBehind(
  graph: Graph,
  api: Resource,
  integration: Properties,
  target: Properties,
): Resource | undefined {
  const listener = graph.named(LISTENER, asText(target.arn) ?? '');
  if (listener) return graph.out(listener, 'part-of', BALANCER)[0];
  const link = asObjects(seenOf(api).vpcLinks).find(({ id }) => id === integration.connectionId);
  const [arn] = [...asTexts([integration.integrationTarget ?? null]), ...asTexts(link?.targets)];
  return arn === undefined ? undefined : graph.named(BALANCER, arn, nearOf(api));
}
