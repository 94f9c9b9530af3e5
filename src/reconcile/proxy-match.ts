import { boundedTest } from '#lib/bounded-regexp.ts';
import type { EntryPoint, ProxyRouter } from '#model/proxy.ts';
import type { Text } from '#model/text.ts';

/** What a request asks for. */
export interface ProxyRequest {
  /** Without port. */
  host: string;
  /** The port of the entry point, as the proxy itself sees it. */
  port: number;
  /** The query, if any, is not looked at. */
  path: string;
  /** The address that it comes in on, where the proxy listens on several. */
  address?: string;
  /** Whether it comes in by TLS; undefined: as the entry point says. */
  isTls?: boolean;
}

/** Which router takes a request. */
export type Routed =
  | {
      is: 'router';
      router: ProxyRouter;
      /** Routers that would take it before this one if their conditions (`match.other`) held. */
      unless: ProxyRouter[];
      /** Nothing that was not understood could change it. */
      isCertain: boolean;
    }
  /** The entry point leads everything elsewhere. */
  | { is: 'redirect'; entryPoint: EntryPoint }
  /** The configuration was read in full, and nothing of it takes the request. */
  | { is: 'none'; why: Text }
  | { is: 'unknown'; because: Text };

export const unknownRoute = (fr: string, en: string): Extract<Routed, { is: 'unknown' }> => ({
  is: 'unknown',
  because: { fr, en },
});

/** How well a router's hosts fit: 0 not at all; undefined where it cannot be told. */
export function hostFits(hosts: readonly string[], host: string): number | undefined {
  if (hosts.length === 0) return 1;
  let best: number | undefined = 0;
  let isOpen = false;
  for (const one of hosts) {
    if (one === host) return 10_000;
    if (one.startsWith('~')) {
      const fits = boundedTest(`(?i)${one.slice(1)}`, host);
      if (fits === undefined) isOpen = true;
      else if (fits) best = Math.max(best, 2);
    } else if (/[${%<⟨]|__/.test(one)) isOpen = true;
    else if (one.includes('*')) {
      const [before = '', after = ''] = one.split('*');
      const fits =
        host.length > before.length + after.length && host.startsWith(before) && host.endsWith(after);
      if (fits) best = Math.max(best, 3 + one.length);
    }
  }
  return best === 0 && isOpen ? undefined : best;
}

/** Whether one of a router's paths fits; undefined where it cannot be told. */
export function pathFits(paths: ProxyRouter['match']['paths'], path: string): boolean | undefined {
  if (paths.length === 0) return true;
  let isOpen = false;
  for (const { how, value } of paths) {
    if (how === 'regex') {
      const fits = boundedTest(value, path);
      if (fits) return true;
      if (fits === undefined) isOpen = true;
    } else if (/\$\{|\{\{|\{\$|__[A-Z]/.test(value)) isOpen = true;
    else if (how === 'exact' ? path === value : path.startsWith(value)) return true;
  }
  return isOpen ? undefined : false;
}

/** Conditions that the entry point itself settles. */
export function isHeld(condition: string, isTls: boolean): boolean | undefined {
  const plain = condition.replaceAll('"', '').replace(/\s+/g, ' ');
  if (/^(?:ssl_fc|\$scheme = https|\$https = on)$/.test(plain)) return isTls;
  if (/^(?:!ssl_fc|unless \{ ssl_fc \}|\$scheme (?:= http|!= https)|\$https (?:!= on|= ))$/.test(plain))
    return !isTls;
  return undefined;
}
