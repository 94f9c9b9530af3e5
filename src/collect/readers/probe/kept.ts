import { excerpt } from '#lib/excerpt.ts';
import type { HttpAnswer } from '#model/probe.ts';
import { KEPT_HEADERS } from '#model/probe.ts';
import { visible } from '#model/text.ts';

const LONGEST_VALUE = 200;
const MOST_NAMES = 60;
const LONGEST_NAME = 64;

const KEPT: ReadonlySet<string> = new Set(KEPT_HEADERS);
/** What CloudFront calls a request, which its support asks for: it looks like a key and opens nothing. */
const REQUEST_ID = /^[\w=-]{1,80}$/;

/** A URL as it may be shown: without user, query and fragment, which may hold secrets. */
export function shownUrl(url: URL): string {
  const { protocol, host, pathname, search } = url;
  return visible(excerpt(`${protocol}//${host}${pathname}${search === '' ? '' : '?…'}`), LONGEST_VALUE);
}

/** What of a response's headers is kept: the values of those that tell how it is served, the names of the others. */
export function keptOf(
  raw: readonly (readonly [name: string, value: string])[],
): Pick<HttpAnswer, 'headers' | 'otherHeaders' | 'cookies'> {
  const headers: Record<string, string> = {};
  const others = new Set<string>();
  const cookies = new Set<string>();
  for (const [name, value] of raw) {
    const key = name.toLowerCase();
    if (KEPT.has(key)) {
      const shown = visible(
        key === 'x-amz-cf-id' && REQUEST_ID.test(value) ? value : excerpt(value.slice(0, 2_000)),
        LONGEST_VALUE,
      );
      headers[key] = key in headers ? visible(`${headers[key]}, ${shown}`, LONGEST_VALUE) : shown;
      continue;
    }
    others.add(visible(key, LONGEST_NAME));
    if (key === 'set-cookie') cookies.add(visible(value.split(/[=;]/, 1)[0]?.trim() ?? '', LONGEST_NAME));
  }
  const first = (names: Set<string>) => [...names].sort().slice(0, MOST_NAMES);
  return { headers, otherHeaders: first(others), cookies: first(cookies) };
}
