import type { PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { type Graph, seenOf } from '../graph.ts';
import { bare, fitsWildcard, isWithin } from '../names.ts';
import { asText } from '../values.ts';
import { ROUTE } from './cloudflare-zones.ts';

interface Pattern {
  /** With a star in front where it is for names below it. */
  host: string;
  /** With a star at its end where it is for all that begins so. */
  path: string;
}

function patternOf({ name }: Pick<Resource, 'name'>): Pattern {
  const slash = name.indexOf('/');
  return slash < 0
    ? { host: bare(name), path: '/' }
    : { host: bare(name.slice(0, slash)), path: name.slice(slash) };
}

/** Whether the host of a route's pattern is one that is asked for. */
export const isForHost = (route: Resource, host: string): boolean =>
  fitsWildcard(bare(host), patternOf(route).host);

/**
 * Whether a route takes a request: the whole address has to fit, and a star stands for any text (Cloudflare Workers
 * documentation, “Routes”, “Matching behavior”).
 */
export function takes(route: Resource, { scheme, host, path }: PathRequest): boolean {
  const only = asText(seenOf(route).scheme);
  return (
    (only === undefined || only === scheme) &&
    isForHost(route, host) &&
    fitsWildcard(path, patternOf(route).path)
  );
}

/** The more specific of two first: a host without a star, then a longer one, then so the path. */
function bySpecificity(a: Resource, b: Resource): number {
  const [one, other] = [patternOf(a), patternOf(b)];
  const stars = (text: string) => (text.includes('*') ? 1 : 0);
  return (
    stars(one.host) - stars(other.host) ||
    other.host.length - one.host.length ||
    stars(one.path) - stars(other.path) ||
    other.path.length - one.path.length ||
    // of two that differ by their scheme alone, the one that names it
    Number(seenOf(a).scheme === undefined) - Number(seenOf(b).scheme === undefined)
  );
}

/** The routes of a zone that take a request, the one that is followed first. */
export const routesFor = (graph: Graph, zone: Resource, request: PathRequest): Resource[] =>
  routesOf(graph, zone)
    .filter((route) => takes(route, request))
    .sort(bySpecificity);

/** All routes of a zone. */
export const routesOf = (graph: Graph, zone: Resource): Resource[] =>
  graph.all(ROUTE).filter((route) => {
    const host = patternOf(route).host.replace(/^\*\.?/, '');
    return host !== '' && (isWithin(host, zone.name) || graph.out(route, 'part-of').includes(zone));
  });
