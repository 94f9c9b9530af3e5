import type { Check } from '#model/path.ts';
import { code } from '#model/text.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { refusedDetail, seenOf } from '../graph.ts';
import type { HopModel, Passage } from '../hop.ts';
import { bare } from '../names.ts';
import { asText, asTexts, isObject } from '../values.ts';
import { DOMAIN, ledTo, near, PAGES, ROUTE, SCRIPT, TUNNEL } from './cloudflare-zones.ts';

/** Routes and custom domains: the script that answers, if it is there. Cloudflare API, “Worker Routes” and “Worker Domains”. */
export const workerRoutes: HopModel = {
  kinds: [ROUTE, DOMAIN],
  role: 'route',
  pass({ resource, request }, graph): Passage {
    const led = ledTo(graph, resource, SCRIPT);
    if (!led) return { checks: [] };
    const shown = code(led.name);
    const parts = { evidence: resource.observed, resources: [resource.id] };
    if (led.resource)
      return {
        checks: [
          pass('worker-missing', say(`mène au Worker ${shown}`, `leads to the Worker ${shown}`), parts),
        ],
        next: [{ resource: led.resource, request }],
      };
    const refusal = graph.unseen(SCRIPT, near(resource));
    const check = refusal
      ? unknown('worker-missing', say('Workers non lus', 'Workers not read'), refusal, parts)
      : fail(
          'worker-missing',
          say(
            `${code(resource.name)} mène au Worker ${shown}, qui n’est pas dans ce compte`,
            `${code(resource.name)} leads to the Worker ${shown}, which is not in this account`,
          ),
          parts,
        );
    const status = refusal ? 'unverified' : 'missing';
    return {
      checks: [],
      next: [{ absent: { kind: SCRIPT, name: led.name, role: 'worker', status, checks: [check] }, request }],
    };
  },
};

/** Scripts of Workers, and what of them is deployed. What they ask in turn is in their code. */
export const workerScripts: HopModel = {
  kinds: [SCRIPT],
  role: 'worker',
  pass({ resource }): Passage {
    const { deployment } = seenOf(resource);
    const parts = { evidence: resource.observed, resources: [resource.id] };
    const at = isObject(deployment) ? asText(deployment.at)?.slice(0, 10) : undefined;
    const name = code(resource.name);
    return {
      checks: [
        pass(
          'worker-missing',
          at === undefined
            ? say(`Worker ${name}`, `Worker ${name}`)
            : say(`Worker ${name}, déployé le ${code(at)}`, `Worker ${name}, deployed on ${code(at)}`),
          parts,
        ),
      ],
    };
  },
};

/** Projects of Pages: a name has to be one of the project, and the last deployment must have ended well. */
export const pagesProjects: HopModel = {
  kinds: [PAGES],
  role: 'pages',
  pass({ resource, request }): Passage {
    const { domains, deployment } = seenOf(resource);
    const host = bare(request.host);
    const parts = { evidence: resource.observed, resources: [resource.id] };
    const checks: Check[] = [];
    if (Array.isArray(domains) && !host.endsWith('.pages.dev'))
      checks.push(
        // Cloudflare Pages documentation, “Custom domains”: a record alone gives an error 522
        held(
          'pages-domain-missing',
          asTexts(domains).some((one) => bare(one) === host),
          say(`${code(host)} est un domaine du projet`, `${code(host)} is a domain of the project`),
          say(
            `${code(host)} n’est pas un domaine du projet ${code(resource.name)}`,
            `${code(host)} is no domain of the project ${code(resource.name)}`,
          ),
          parts,
        ),
      );
    if (deployment === undefined)
      checks.push(
        unknown(
          'worker-missing',
          say(
            `aucun déploiement du projet ${code(resource.name)} n’a été vu`,
            `no deployment of the project ${code(resource.name)} was seen`,
          ),
          refusedDetail(resource),
          parts,
        ),
      );
    return { checks };
  },
};

/** What a tunnel says of its connections. Cloudflare One documentation, “Tunnel status”. */
const WORKING = new Set(['healthy', 'degraded']);
const BROKEN = new Set(['down', 'inactive']);

/** Tunnels: whether a connector holds one open. What stands behind it is in the connector's own configuration. */
export const tunnels: HopModel = {
  kinds: [TUNNEL],
  role: 'tunnel',
  pass({ resource }): Passage {
    const status = asText(seenOf(resource).status);
    const parts = { evidence: resource.observed, resources: [resource.id] };
    const name = code(resource.name);
    const text = say(
      `tunnel ${name}, état ${code(status ?? '?')}`,
      `tunnel ${name}, status ${code(status ?? '?')}`,
    );
    if (status === undefined || !(WORKING.has(status) || BROKEN.has(status)))
      return { checks: [unknown('tunnel-down', text, refusedDetail(resource), parts)] };
    return { checks: [held('tunnel-down', WORKING.has(status), text, text, parts)] };
  },
};
