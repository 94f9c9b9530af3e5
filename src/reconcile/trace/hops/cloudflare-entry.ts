import type { PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, say, unknown } from '../checks.ts';
import { type Graph, seenOf } from '../graph.ts';
import type { Absent, Next } from '../hop.ts';
import { bare, isWithin } from '../names.ts';
import { EDGE_RECORD, EDGE_ZONE, edgeAnswer, isServing, near, PAGES, SCRIPT } from './cloudflare-zones.ts';

/** What a path begins with where Cloudflare serves a name; undefined where it does not, for all that was read. */
export function edgeEntry(graph: Graph, request: PathRequest, narrower?: Resource): Next[] | undefined {
  const { host } = request;
  const given = ofCloudflare(graph, request);
  if (given) return given;
  const answer = edgeAnswer(graph, host);
  if (!answer) return undefined;
  const { zone, record, delegated } = answer;
  // name servers of another provider answer for what a zone leaves to them, or never had
  if (narrower && (!isServing(zone) || bare(narrower.name).length > bare(zone.name).length)) return undefined;
  if (record) return [{ resource: record, request, ...(!isServing(zone) && { isPerhaps: true }) }];
  return [{ absent: noRecord(graph, zone, host, delegated), request }];
}

/** A name of a zone that holds no record for who connects to it. */
export function noRecord(graph: Graph, zone: Resource, host: string, delegated?: Resource): Absent {
  const id = 'dns-record-missing';
  const parts = {
    evidence: zone.observed,
    resources: [zone.id],
    values: { provider: 'cloudflare', zone: zone.name, name: host },
  };
  const refusal = graph.unseen(EDGE_RECORD, near(zone));
  const check = delegated
    ? unknown(
        id,
        say(
          `la zone ${code(zone.name)} délègue ${code(delegated.name)} à d’autres serveurs de noms`,
          `the zone ${code(zone.name)} leaves ${code(delegated.name)} to other name servers`,
        ),
        undefined,
        { evidence: delegated.observed, resources: [delegated.id] },
      )
    : !isServing(zone)
      ? unknown(
          id,
          say(
            `les serveurs de noms de ${code(zone.name)} ne sont pas ceux de Cloudflare`,
            `the name servers of ${code(zone.name)} are not those of Cloudflare`,
          ),
          undefined,
          parts,
        )
      : refusal
        ? unknown(
            id,
            say(`enregistrements de ${code(host)} non lus`, `records of ${code(host)} not read`),
            refusal,
            parts,
          )
        : fail(
            id,
            say(
              `aucun enregistrement ${code(host)} dans la zone ${code(zone.name)} de Cloudflare`,
              `no record ${code(host)} in Cloudflare’s zone ${code(zone.name)}`,
            ),
            parts,
          );
  return {
    kind: EDGE_RECORD,
    name: bare(host),
    scope: 'A',
    role: 'dns',
    status: check.result === 'fail' ? 'missing' : 'unverified',
    checks: [check],
  };
}

/** Why nobody could say which zone holds a name; undefined where Cloudflare was not asked, or told all of its zones. */
export const edgeUnseen = (graph: Graph) =>
  graph.isRead('cloudflare') ? (graph.unseen(EDGE_ZONE) ?? graph.unseen(EDGE_RECORD)) : undefined;

/** The addresses that Cloudflare gives: `<script>.<account>.workers.dev` and `<project>.pages.dev`. */
function ofCloudflare(graph: Graph, request: PathRequest): Next[] | undefined {
  const host = bare(request.host);
  if (!graph.isRead('cloudflare')) return undefined;
  if (isWithin(host, 'pages.dev')) {
    // previews stand below the address of the project
    const own = host.split('.').slice(-3).join('.');
    const project = graph.named(PAGES, own);
    return project
      ? [{ resource: project, request }]
      : [{ absent: { ...unseen(graph, host), kind: PAGES, name: own, role: 'pages' }, request }];
  }
  if (!isWithin(host, 'workers.dev') || host.split('.').length !== 4) return undefined;
  const [name = ''] = host.split('.');
  const script = graph.named(SCRIPT, name);
  // whose the account in the address is, nobody reads: a script that is not open may be another's
  return script && seenOf(script).workersDev === true
    ? [{ resource: script, request }]
    : [{ absent: { ...unseen(graph, host), kind: SCRIPT, name, role: 'worker' }, request }];
}

const unseen = (graph: Graph, host: string): Pick<Absent, 'status' | 'checks'> => ({
  status: 'unverified',
  checks: [
    unknown(
      'worker-missing',
      say(`rien de ce qui a été lu ne répond à ${code(host)}`, `nothing that was read answers ${code(host)}`),
      graph.unseen(host.endsWith('.pages.dev') ? PAGES : SCRIPT),
    ),
  ],
});
