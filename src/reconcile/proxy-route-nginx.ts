import type { EntryPoint, ProxyRouter } from '#model/proxy.ts';
import { code } from '#model/text.ts';
import { hostFits, isHeld, type ProxyRequest, pathFits, type Routed, unknownRoute } from './proxy-match.ts';

const NESTED = ' { ';

/**
 * The location of nginx that takes a request. nginx documentation, “Server names” (exact, longest wildcard, first
 * expression, default server), `location` (`=`, then `^~` or an expression in its order, then the longest prefix), and
 * “How nginx processes a request”; nested ones as `ngx_http_core_find_location` looks for them.
 */
export function nginxRoute(
  routers: readonly ProxyRouter[],
  asked: ProxyRequest,
  entryPoint: EntryPoint,
  isTls: boolean,
): Routed {
  const site = siteOf(routers, asked.host, entryPoint);
  if ('is' in site) return site;
  return new Site(site.routers, asked, isTls).route();
}

function siteOf(
  routers: readonly ProxyRouter[],
  host: string,
  entryPoint: EntryPoint,
): { routers: ProxyRouter[] } | Routed {
  const sites = [...Map.groupBy(routers, ({ site }) => site ?? '').values()].map((own) => {
    // an `if` on the host narrows its own router, not the server
    const plain = own.find(({ rule }) => !/^if \(/.test(rule)) ?? own[0];
    const hosts = plain?.match.hosts ?? [];
    const isDefault = own.some(({ defaultOn }) => defaultOn?.includes(entryPoint.name));
    return { own, hosts, isDefault };
  });
  const rank = ({ hosts }: (typeof sites)[number]): number =>
    Math.max(0, ...hosts.map((name) => rankOf(name, host)));
  const best = sites.reduce((a, b) => (rank(b) > rank(a) ? b : a), sites[0] as (typeof sites)[number]);
  const open = sites.find(({ hosts }) => hosts.some((name) => hostFits([name], host) === undefined));
  // a name that only the run knows, or an expression that cannot be run here, may fit better
  if (open && rank(best) < 3) {
    const name = code(open.hosts.find((one) => hostFits([one], host) === undefined) ?? '');
    return unknownRoute(
      `on ne sait pas si ${name} est cet hôte`,
      `it is not known whether ${name} is this host`,
    );
  }
  if (rank(best) > 0) return { routers: best.own };
  const fallback = sites.find(({ isDefault }) => isDefault) ?? sites[0];
  return { routers: fallback?.own ?? [] };
}

/** Exact, then the longest wildcard at the start, then the longest at the end, then expressions. */
function rankOf(name: string, host: string): number {
  if (name === host) return 4_000;
  if (name.startsWith('~')) return hostFits([name], host) ? 1 : 0;
  if (!name.includes('*') || !hostFits([name], host)) return 0;
  return (name.startsWith('*') ? 2_000 : 1_000) + name.length;
}

interface Found {
  router: ProxyRouter;
  /** No expression of an outer level is asked any more. */
  isFinal: boolean;
}

class Site {
  readonly #routers: readonly ProxyRouter[];
  readonly #asked: ProxyRequest;
  readonly #isTls: boolean;
  readonly #unless: ProxyRouter[] = [];
  #open: ProxyRouter | undefined;

  constructor(routers: readonly ProxyRouter[], asked: ProxyRequest, isTls: boolean) {
    this.#routers = routers;
    this.#asked = asked;
    this.#isTls = isTls;
  }

  route(): Routed {
    for (const router of this.#routers) {
      if (!/^(?:if \(|return|rewrite)/.test(router.rule)) continue;
      if (this.#takes(router)) return this.#found(router);
    }
    const found = this.#location('');
    if (this.#open) {
      const rule = code(this.#open.rule);
      return unknownRoute(
        `on ne sait pas si ${rule} prend ce chemin`,
        `it is not known whether ${rule} takes this path`,
      );
    }
    const router = found?.router ?? this.#routers.find(({ rule }) => rule === 'server');
    if (!router)
      return {
        is: 'none',
        why: { fr: 'aucune `location` ne prend ce chemin', en: 'no `location` takes this path' },
      };
    if (router.match.other.includes('internal'))
      return {
        is: 'none',
        why: { fr: `${code(router.rule)} est interne`, en: `${code(router.rule)} is internal` },
      };
    const inner = this.#routers.filter(({ rule }) => rule.startsWith(`${router.rule}${NESTED}if (`));
    for (const one of inner) if (this.#takes(one)) return this.#found(one);
    return this.#found(router);
  }

  #found(router: ProxyRouter): Routed {
    return { is: 'router', router, unless: this.#unless, isCertain: false };
  }

  /** Whether what stands outside of locations, or an `if`, takes the request; what may is noted. */
  #takes(router: ProxyRouter): boolean {
    const { hosts, paths, other } = router.match;
    // the server was chosen: only an `if` narrows its hosts further
    const isNarrowed = /(?:^|\{ )if \(/.test(router.rule) && other.length === 0;
    if (isNarrowed && !hosts.includes(this.#asked.host)) return false;
    const path = router.rule.startsWith('rewrite') ? pathFits(paths, this.#asked.path) : true;
    const held = other.map((one) => isHeld(one, this.#isTls));
    if (path === false || held.includes(false)) return false;
    if (path === undefined || held.includes(undefined)) {
      this.#unless.push(router);
      return false;
    }
    return true;
  }

  /** The locations right below one, in their order. */
  #below(parent: string): ProxyRouter[] {
    const start = parent === '' ? 'location ' : `${parent}${NESTED}location `;
    return this.#routers.filter(
      ({ rule }) =>
        rule.startsWith(start) &&
        !rule.slice(start.length).includes(`${NESTED}location `) &&
        !rule.slice(start.length).includes(`${NESTED}if (`),
    );
  }

  #location(parent: string): Found | undefined {
    const { path } = this.#asked;
    const all = this.#below(parent).filter(({ match }) => match.paths.length > 0);
    const exact = all.find(({ match: { paths } }) => paths[0]?.how === 'exact' && paths[0].value === path);
    if (exact) return { router: exact, isFinal: true };
    let best: ProxyRouter | undefined;
    let length = -1;
    for (const router of all) {
      const [one] = router.match.paths;
      if (!one || one.how === 'regex') continue;
      if (one.value.includes('$')) this.#unless.push(router);
      else if (one.how === 'prefix' && path.startsWith(one.value) && one.value.length > length) {
        best = router;
        length = one.value.length;
      }
    }
    const nested = best && this.#location(best.rule);
    if (nested?.isFinal) return nested;
    const isLast = best !== undefined && /(?:^|\{ )location \^~[^{]*$/.test(best.rule);
    for (const router of isLast ? [] : all) {
      const [one] = router.match.paths;
      if (one?.how !== 'regex') continue;
      const fits = pathFits([one], path);
      if (fits === undefined) {
        this.#open ??= router;
        return undefined;
      }
      if (fits) return { router: this.#location(router.rule)?.router ?? router, isFinal: true };
    }
    return nested ?? (best && { router: best, isFinal: false });
  }
}
