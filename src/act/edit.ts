import { InputError } from '#lib/input-error.ts';
import type { AwsEdit } from '#model/step.ts';

/** The places of a document that are set and removed. */
export interface Places {
  set: readonly { path: string; value: unknown }[];
  remove?: AwsEdit['remove'];
}

/**
 * A copy of a document, changed in these places alone. RFC 6901 (JSON Pointer): `~1` stands for a slash and `~0` for a
 * tilde; `-` at the end of a list is after its last element. What is set need not be there, what holds it must; what is
 * removed and is not there costs nothing. Removals come first, those of one list from its end.
 * @throws InputError where a pointer leads nowhere: the document is not what the plan took it for
 */
export function edited(document: unknown, { set, remove = [] }: Places): unknown {
  let copy = structuredClone(document);
  for (const path of [...remove].sort(lastFirst)) take(copy, path);
  for (const { path, value } of set) {
    if (path === '') copy = structuredClone(value);
    else put(copy, path, structuredClone(value));
  }
  return copy;
}

const tokens = (path: string): string[] => {
  if (!path.startsWith('/')) throw new InputError(`${path}: no JSON pointer`);
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
};

/** Of two elements of one list the later one first: to remove the earlier would move it. */
const lastFirst = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true });

const INDEX = /^(?:0|[1-9]\d*)$/;

function holderOf(document: unknown, path: string): { holder: unknown; last: string } {
  const all = tokens(path);
  const last = all.pop() ?? '';
  let holder = document;
  for (const token of all) holder = member(holder, token);
  return { holder, last };
}

function member(holder: unknown, token: string): unknown {
  if (Array.isArray(holder)) return INDEX.test(token) ? holder[Number(token)] : undefined;
  if (typeof holder === 'object' && holder !== null && Object.hasOwn(holder, token))
    return (holder as Record<string, unknown>)[token];
  return undefined;
}

function put(document: unknown, path: string, value: unknown): void {
  const { holder, last } = holderOf(document, path);
  if (Array.isArray(holder)) {
    const index = last === '-' ? holder.length : INDEX.test(last) ? Number(last) : Number.NaN;
    if (!(index <= holder.length)) throw leadsNowhere(path);
    holder[index] = value;
  } else if (typeof holder === 'object' && holder !== null) {
    Object.defineProperty(holder, last, { value, writable: true, enumerable: true, configurable: true });
  } else throw leadsNowhere(path);
}

function take(document: unknown, path: string): void {
  const { holder, last } = holderOf(document, path);
  if (Array.isArray(holder)) {
    if (INDEX.test(last)) holder.splice(Number(last), 1);
  } else if (typeof holder === 'object' && holder !== null) Reflect.deleteProperty(holder, last);
}

const leadsNowhere = (path: string): InputError =>
  new InputError(
    `${path} leads nowhere in what is there now: audit again, the plan does not fit it any more`,
  );
