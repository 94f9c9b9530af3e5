import type { HostState } from '#model/host.ts';
import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { code, type Text } from '#model/text.ts';
import type { Effect } from '#model/what-if.ts';
import { type Foretold, nothing, say, withFirst } from './effect.ts';
import { comparePriority, isSameMatch, requestsMeet, routerDifferences } from './route-match.ts';

/** The configurations of Traefik that were seen to run on a host. */
export const runningTraefiks = (host: HostState): ProxyConfig[] =>
  host.proxies.filter(({ product, source }) => product === 'traefik' && source === 'host');

export const shownRouter = ({ name, provider }: ProxyRouter): string =>
  provider === undefined || name.endsWith(`@${provider}`) ? name : `${name}@${provider}`;

/** A router's name without its provider. */
export const bareName = ({ name }: Pick<ProxyRouter, 'name'>): string => name.split('@')[0] ?? name;

const serves = ({ status }: ProxyRouter): boolean =>
  status === undefined || status === 'enabled' || status === 'warning';

const leadsTo = ({ target }: ProxyRouter): Text =>
  target.to === 'service'
    ? say(`vers ${code(target.service)}`, `to ${code(target.service)}`)
    : say('vers une autre réponse', 'to another answer');

const requestsOf = ({ rule, match }: ProxyRouter): string =>
  rule !== '' ? rule : [...match.hosts, ...match.paths.map(({ value }) => value)].join(' ') || '*';

/**
 * What a router that is not there yet would do among those that run: whose requests it would take, and whose it would
 * never see.
 * @param replaced a running router that goes when this one comes
 */
export function addedRouter(
  router: ProxyRouter,
  running: ProxyConfig,
  replaced: (router: ProxyRouter) => boolean = () => false,
): Foretold {
  const told = nothing();
  const meeting = running.routers
    .filter((one) => serves(one) && !replaced(one))
    .map((one) => ({ one, meets: requestsMeet(router, one), first: comparePriority(router, one) }));
  for (const { one, meets, first } of meeting) {
    if (meets === 'no' || first < 0) continue;
    const isAll = isSameMatch(router, one);
    if (meets === 'maybe' || first === 0) {
      told.unknown.push(
        say(
          `si le routeur ${code(shownRouter(router))} prendrait des requêtes à ${code(shownRouter(one))} ${first === 0 ? 'n’est pas fixé\u00a0: ils ont la même priorité' : 'dépend de conditions qui ne sont pas suivies'}`,
          `whether router ${code(shownRouter(router))} would take requests from ${code(shownRouter(one))} ${first === 0 ? 'is not fixed: they have the same priority' : 'depends on conditions that are not followed'}`,
        ),
      );
      continue;
    }
    told.effects.push({
      id: 'route-taken-over',
      fails: false,
      severity: 'high',
      text: say(
        `Le routeur ${code(shownRouter(router))} passe avant ${code(shownRouter(one))}\u00a0: ${isAll ? 'toutes ses requêtes' : `les requêtes ${code(requestsOf(router))}`} vont ${leadsTo(router).fr}, plus ${leadsTo(one).fr}.`,
        `Router ${code(shownRouter(router))} comes before ${code(shownRouter(one))}: ${isAll ? 'all its requests' : `requests for ${code(requestsOf(router))}`} go ${leadsTo(router).en}, no longer ${leadsTo(one).en}.`,
      ),
      evidence: withFirst(router.at, [one.at]),
      affects: [{ kind: 'Traefik::Router', name: shownRouter(one) }],
    });
  }
  if (told.effects.length > 0) return told;
  const hidden = meeting.find(
    ({ one, meets, first }) => meets === 'yes' && first < 0 && isSameMatch(router, one),
  );
  told.effects.push({
    id: 'route-added',
    fails: false,
    severity: 'low',
    text: hidden
      ? say(
          `Le routeur ${code(shownRouter(router))} est ajouté et ne reçoit rien\u00a0: ${code(shownRouter(hidden.one))}, de même règle, passe avant lui.`,
          `Router ${code(shownRouter(router))} is added and gets nothing: ${code(shownRouter(hidden.one))}, of the same rule, comes before it.`,
        )
      : say(
          `Le routeur ${code(shownRouter(router))} est ajouté\u00a0: ${code(requestsOf(router))} va ${leadsTo(router).fr}.`,
          `Router ${code(shownRouter(router))} is added: ${code(requestsOf(router))} goes ${leadsTo(router).en}.`,
        ),
    evidence: withFirst(router.at, hidden ? [hidden.one.at] : []),
    affects: [{ kind: 'Traefik::Router', name: shownRouter(router) }],
  });
  return told;
}

/** A router that is there under the same name and would be another one. */
export function changedRouter(router: ProxyRouter, one: ProxyRouter): Effect[] {
  const differences = routerDifferences(router, one);
  if (differences.length === 0) return [];
  const list = differences.map(code).join(', ');
  return [
    {
      id: 'route-changed',
      fails: false,
      severity: differences.some((name) => name === 'rule' || name === 'service') ? 'high' : 'medium',
      text: say(
        `Le routeur ${code(shownRouter(one))}, en service, change\u00a0: ${list}.`,
        `Router ${code(shownRouter(one))}, in service, changes: ${list}.`,
      ),
      evidence: withFirst(router.at, [one.at]),
      affects: [{ kind: 'Traefik::Router', name: shownRouter(one) }],
    },
  ];
}
