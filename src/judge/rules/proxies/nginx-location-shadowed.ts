import type { ProxyRouter } from '#model/proxy.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { titled } from '../../derived/place.ts';

/** Expressions that every path fits. */
const ALL = /^(?:\(\?i\))?(?:\^?\/?(?:\(?\.\*\)?)\$?|\^?\/|\^|\.)$/;

/** nginx asks expressions before plain prefixes, and takes the first that fits: what comes after one that always does is dead. */
export const nginxLocationShadowed = defineRule({
  id: 'nginx-location-shadowed',
  severity: 'low',
  subject: 'proxy',
  title: {
    fr: 'Bloc `location` de nginx qui n’est jamais atteint',
    en: 'nginx `location` block that is never reached',
  },
  risk: {
    fr: 'Ce que le bloc règle (accès, destination, cache) n’a aucun effet\u00a0: un autre répond à sa place.',
    en: 'What the block sets (access, destination, cache) has no effect: another one answers in its place.',
  },
  remedy: {
    fr: 'Placer l’expression qui accepte tout après les autres, ou la remplacer par `location /`.',
    en: 'Put the expression that takes everything after the others, or replace it by `location /`.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  evaluate(proxy) {
    if (proxy.product !== 'nginx' || proxy.standing !== 'declared') return notApplicable;
    const found = [...Map.groupBy(proxy.routers, ({ site }) => site ?? '').values()].flatMap((own) => {
      const locations = own.filter(
        ({ rule }) => /^location (?![^{]* \{ )/.test(rule) && !rule.includes(' { '),
      );
      const over = locations.findIndex(({ match }) =>
        match.paths.some(({ how, value }) => how === 'regex' && ALL.test(value)),
      );
      const taker = locations[over];
      if (!taker) return [];
      return locations.filter((one, index) => isDead(one, index > over)).map((router) => ({ router, taker }));
    });
    return gaps(
      found.map(
        ({ router, taker }): Gap => ({
          key: router.name,
          title: titled(code(router.name), 'jamais atteint', 'never reached'),
          message: {
            fr: `${code(taker.rule)} accepte tous les chemins et est examiné avant ${code(router.rule)}.`,
            en: `${code(taker.rule)} takes every path and is asked before ${code(router.rule)}.`,
          },
          evidence: [router.at, taker.at],
        }),
      ),
    );
  },
});

/** A plain prefix is asked after every expression; an expression after those that stand before it. */
function isDead({ rule, match }: ProxyRouter, isAfter: boolean): boolean {
  if (match.other.includes('internal') || /^location (?:=|\^~|@)/.test(rule)) return false;
  const [path] = match.paths;
  return path?.how === 'prefix' || (path?.how === 'regex' && isAfter);
}
