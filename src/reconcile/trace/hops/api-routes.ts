import type { Properties } from '../graph.ts';
import { asObjects, asText } from '../values.ts';

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

/**
 * How exactly a path fits one with variables: `{id}` stands for one segment, `{proxy+}` for one or more. A text that sorts
 * after another is the better fit; undefined where it does not fit. Amazon API Gateway Developer Guide, “Create routes for
 * HTTP APIs” and “Set up a proxy integration with a proxy resource”.
 */
export function fitOf(pattern: string, path: string): string | undefined {
  const asked = segmentsOf(path);
  const wanted = segmentsOf(pattern);
  let fit = '';
  for (const [index, segment] of wanted.entries()) {
    const own = asked[index];
    if (own === undefined) return undefined;
    if (/^\{[^{}]*\+\}$/.test(segment)) return `${fit}1`;
    if (/^\{[^{}]*\}$/.test(segment)) fit += '2';
    else if (segment === own) fit += '3';
    else return undefined;
  }
  return wanted.length === asked.length ? `${fit}9` : undefined;
}

interface Candidate {
  method: string;
  path: string;
  integration: Properties | undefined;
}

/** What takes a request, by its path and then by its method: that of a browser, any, else whatever there is. */
function best(candidates: readonly Candidate[], path: string): Candidate | undefined {
  const rank = (method: string) => (method === 'GET' ? 2 : method === 'ANY' ? 1 : 0);
  const fitting = candidates.flatMap((one) => {
    const fit = fitOf(one.path, path);
    return fit === undefined ? [] : [{ one, fit: `${fit} ${rank(one.method)}` }];
  });
  return fitting.sort((a, b) => (a.fit < b.fit ? 1 : -1))[0]?.one;
}

/** The integration that a request is passed to: `none` where no route takes it, undefined where that was not read. */
export function integrationFor(seen: Properties, path: string): Properties | 'none' | undefined {
  if (!Array.isArray(seen.integrations)) return undefined;
  const integrations = asObjects(seen.integrations);
  // a REST API tells its methods with their integrations
  if (!Array.isArray(seen.routes) && integrations.some((one) => asText(one.path) !== undefined))
    return (
      best(
        integrations.map((one) => ({
          method: asText(one.method) ?? '',
          path: asText(one.path) ?? '',
          integration: one,
        })),
        path,
      )?.integration ?? 'none'
    );
  if (!Array.isArray(seen.routes)) return undefined;
  const routes = asObjects(seen.routes).map((route) => ({
    key: asText(route.key) ?? '',
    integration: integrations.find(({ id }) => id === route.integrationId),
  }));
  const found = best(
    routes.flatMap(({ key, integration }) => {
      const [, method, pattern] = /^(\S+) (\/.*)$/.exec(key) ?? [];
      return method !== undefined && pattern !== undefined ? [{ method, path: pattern, integration }] : [];
    }),
    path,
  );
  const taken = found ?? routes.find(({ key }) => key === '$default');
  return taken ? (taken.integration ?? 'none') : 'none';
}

/** The mapping of a custom domain name that takes a path: the longest that it begins with. */
export function mappingFor(seen: Properties, path: string): Properties | undefined {
  const asked = segmentsOf(path);
  return asObjects(seen.mappings)
    .filter((one) => segmentsOf(asText(one.path) ?? '').every((segment, index) => segment === asked[index]))
    .sort((a, b) => segmentsOf(asText(b.path) ?? '').length - segmentsOf(asText(a.path) ?? '').length)[0];
}

/** A path without so many of its first segments. */
export const pathAfter = (path: string, count: number): string =>
  `/${segmentsOf(path).slice(count).join('/')}`;

/** The first segment of a path. */
export const firstOf = (path: string): string | undefined => segmentsOf(path)[0];

/** How many segments a mapping takes from a path. */
export const lengthOf = (mapping: Properties): number => segmentsOf(asText(mapping.path) ?? '').length;
