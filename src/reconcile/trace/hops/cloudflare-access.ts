import type { Kind } from '#model/fact.ts';
import type { PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { pass, say, unknown } from '../checks.ts';
import { type Graph, refusedDetail, seenOf } from '../graph.ts';
import type { HopSide } from '../hop.ts';
import { bare, fitsWildcard } from '../names.ts';
import { asObjects, asTexts } from '../values.ts';
import { near } from './cloudflare-zones.ts';

const APPLICATION: Kind = 'Cloudflare::Access::Application';
const ID = 'access-application';

/**
 * Whether a domain of an application is that of a request: without a star, it is for all below its path; a star stands for
 * any text (Cloudflare One documentation, “Application paths”).
 */
export function isBehind(domain: string, { host, path }: Pick<PathRequest, 'host' | 'path'>): boolean {
  const [name = '', ...rest] = domain.replace(/^https?:\/\//, '').split('/');
  const own = `/${rest.join('/')}`.replace(/\/$/, '');
  return (
    fitsWildcard(bare(host), bare(name)) &&
    (own === '' || fitsWildcard(path, own) || fitsWildcard(path, `${own}/*`))
  );
}

/** Whether Access stands before a host and path, and which application: the most specific one is asked. */
export function accessSide(graph: Graph, zone: Resource, request: PathRequest): HopSide {
  const shown = code(`${request.host}${request.path}`);
  const [found] = graph
    .all(APPLICATION)
    .flatMap((application) =>
      asTexts(seenOf(application).domains)
        .filter((domain) => isBehind(domain, request))
        .map((domain) => ({ application, domain })),
    )
    .sort((a, b) => b.domain.length - a.domain.length);
  if (!found) {
    const refusal = graph.unseen(APPLICATION, near(zone));
    return {
      role: 'access',
      checks: [
        refusal
          ? unknown(ID, say('applications Access non lues', 'Access applications not read'), refusal)
          : pass(
              ID,
              say(
                `aucune application Access devant ${shown}\u00a0: ouvert à tous`,
                `no Access application before ${shown}: open to everyone`,
              ),
              { evidence: zone.observed },
            ),
      ],
    };
  }
  const { application } = found;
  const decisions = asObjects(seenOf(application).policies).map(({ decision }) => decision);
  const refusal = refusedDetail(application);
  const parts = { evidence: application.observed, resources: [application.id] };
  const name = code(application.name);
  const check = decisions.includes('bypass')
    ? pass(
        ID,
        say(
          `derrière ${name}, dont une règle laisse passer sans identité`,
          `behind ${name}, one policy of which lets in without identity`,
        ),
        parts,
      )
    : refusal
      ? unknown(
          ID,
          say(
            `derrière ${name}, dont les règles n’ont pas été lues`,
            `behind ${name}, whose policies were not read`,
          ),
          refusal,
          parts,
        )
      : pass(
          ID,
          say(`derrière l’application Access ${name}`, `behind the Access application ${name}`),
          parts,
        );
  return { resource: application.id, role: 'access', checks: [check] };
}
