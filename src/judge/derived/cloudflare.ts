import type { Estate } from '#model/estate.ts';
import type { Json } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';

type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a property that is a list; undefined where it was not read. */
export function listIn({ properties }: Pick<Resource, 'properties'>, name: string): JsonObject[] | undefined {
  const list = properties[name];
  return Array.isArray(list) ? list.filter(isObject) : undefined;
}

/** A property that is an object; undefined where it was not read. */
export function objectIn({ properties }: Pick<Resource, 'properties'>, name: string): JsonObject | undefined {
  const value = properties[name];
  return isObject(value) ? value : undefined;
}

export const textIn = (object: JsonObject | undefined, name: string): string | undefined => {
  const value = object?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Whether it was seen in an account. */
export const isSeen = ({ observed }: Resource): boolean => observed.length > 0;

/** Every name by which an account knows it. */
export const namesSeen = ({ name, facts }: Resource): Set<string> =>
  new Set([
    name,
    ...facts.flatMap((fact) => (fact.sort === 'observed' ? [fact.name, ...(fact.otherNames ?? [])] : [])),
  ]);

/** Whether a read of the API was answered in full for one account. */
export function isReadInFull({ coverage }: Pick<Estate, 'coverage'>, account: string, path: string): boolean {
  const operation = coverage
    .find(({ source, scope }) => source === 'cloudflare' && scope === account)
    ?.operations.find(({ name }) => name === `GET ${path}`);
  if (operation === undefined || operation.calls === 0) return false;
  return operation.denied + operation.failed + (operation.unavailable ?? 0) === 0;
}

const DAY = 86_400_000;

/** Whole days from the read to when it expires, negative once it has; undefined where either is not known. */
export function daysLeft({ properties, facts }: Resource): number | undefined {
  const { expiresAt } = properties;
  const seen = facts.find(({ sort }) => sort === 'observed')?.evidence;
  if (typeof expiresAt !== 'string' || !seen || !('at' in seen)) return undefined;
  const left = Date.parse(expiresAt) - Date.parse(seen.at);
  return Number.isNaN(left) ? undefined : Math.floor(left / DAY);
}

/** What stands in a zone by a relation of its own. */
export function inZone(zone: Resource, { resources, relations }: Estate): Resource[] {
  const own = new Set(
    relations.flatMap(({ from, to, type }) => (to === zone.id && type === 'part-of' ? [from] : [])),
  );
  return resources.filter(({ id }) => own.has(id));
}

/** Whether requests for anything of the zone are known to pass Cloudflare: nothing else is changed by its settings. */
export function isServed(zone: Resource, estate: Estate): boolean {
  if (zone.properties.paused === true || (zone.properties.status ?? 'active') !== 'active') return false;
  return inZone(zone, estate).some(
    ({ kind, properties }) =>
      properties.proxied === true ||
      kind === 'Cloudflare::Workers::Domain' ||
      kind === 'Cloudflare::Workers::Route',
  );
}
