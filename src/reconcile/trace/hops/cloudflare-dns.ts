import type { Check } from '#model/path.ts';
import { code } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { seenOf } from '../graph.ts';
import type { HopModel, Passage } from '../hop.ts';
import { onward } from './cloudflare-origin.ts';
import { isForHost, routesFor } from './cloudflare-routes.ts';
import { EDGE_RECORD, edgeAnswer, isServing, ledTo, SCRIPT, targetOf } from './cloudflare-zones.ts';

/** Records of Cloudflare: what is proxied goes on in the zone, the rest leads where it says. Cloudflare API, “DNS Records”. */
export const edgeRecords: HopModel = {
  kinds: [EDGE_RECORD],
  role: 'dns',
  pass({ resource, request }, graph): Passage {
    const { zone } = edgeAnswer(graph, resource.name.replace(/^\*\./, '')) ?? {};
    const seen = seenOf(resource);
    const parts = { evidence: resource.observed, resources: [resource.id] };
    const shown = code(`${resource.scope} ${resource.name}`);
    const checks: Check[] = [];
    if (zone && !isServing(zone))
      checks.push(
        unknown(
          'dns-record-missing',
          say(
            `les serveurs de noms de ${code(zone.name)} ne sont pas ceux de Cloudflare`,
            `the name servers of ${code(zone.name)} are not those of Cloudflare`,
          ),
          undefined,
          { evidence: zone.observed, resources: [zone.id] },
        ),
      );
    const isPaused = zone !== undefined && seenOf(zone).paused === true;
    if (zone && seen.proxied === true && !isPaused) {
      if (isServing(zone))
        checks.push(
          pass(
            'dns-record-missing',
            say(`${shown}, relayé par Cloudflare`, `${shown}, proxied by Cloudflare`),
            parts,
          ),
        );
      return { checks, next: [{ resource: zone, request }] };
    }
    const why = isPaused
      ? say(
          `${shown}, dans une zone en pause\u00a0: Cloudflare ne relaie rien`,
          `${shown}, in a paused zone: Cloudflare proxies nothing`,
        )
      : say(`${shown}, que Cloudflare ne relaie pas`, `${shown}, which Cloudflare does not proxy`);
    // a Worker stands only before what is proxied (Cloudflare Workers documentation, “Routes”)
    const route = zone && routesFor(graph, zone, request).find((one) => ledTo(graph, one, SCRIPT));
    const isMeant = route !== undefined && !route.name.startsWith('*') && isForHost(route, request.host);
    const target = targetOf(graph, resource);
    const isTunnel = target !== undefined && 'tunnel' in target;
    if (isMeant || isTunnel) {
      const past = isMeant
        ? say(
            `${why.fr}\u00a0: le Worker de la route ${code(route.name)} n’est jamais appelé`,
            `${why.en}: the Worker of the route ${code(route.name)} is never called`,
          )
        : say(
            `${why.fr}\u00a0: un tunnel n’est joint que par un enregistrement relayé`,
            `${why.en}: a tunnel is only reached by a record that is proxied`,
          );
      checks.push(
        (zone && isServing(zone) ? fail : open)('dns-record-misdirected', past, {
          evidence: [...resource.observed, ...(isMeant ? route.observed : [])],
          resources: [resource.id, ...(isMeant ? [route.id] : [])],
          values: { provider: 'cloudflare', name: resource.name },
        }),
      );
      if (isTunnel) return { checks };
    } else checks.push(pass('dns-record-missing', why, parts));
    const led = onward(graph, resource, target, request, zone);
    return { checks: [...checks, ...led.checks], next: led.next };
  },
};

const open = (id: string, text: Check['text'], parts: Parameters<typeof fail>[2]): Check =>
  unknown(id, text, undefined, parts);
