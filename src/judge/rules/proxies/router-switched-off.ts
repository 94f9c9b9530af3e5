import type { Estate } from '#model/estate.ts';
import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, visible } from '#model/text.ts';
import { onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';
import { PRODUCTS } from '../../derived/proxies.ts';
import { isDeclaredTraefik, lookUp, traefiksOf, writtenName } from '../../derived/traefik.ts';

/** The proxy itself says that a route does not work. */
export const routerSwitchedOff = defineRule({
  id: 'router-switched-off',
  severity: 'high',
  subject: 'proxy',
  title: {
    fr: 'Route que le proxy en service a mise hors service',
    en: 'Route that the running proxy has switched off',
  },
  risk: {
    fr: 'Le nom répond 404, ou une route moins précise répond à sa place, sans les mêmes gardes.',
    en: 'The name answers 404, or a less precise route answers in its place, without the same guards.',
  },
  remedy: {
    fr: 'Corriger ce que dit l’erreur\u00a0: un middleware, un service ou un point d’entrée qui n’existe pas, une règle mal écrite.',
    en: 'Mend what the error says: a middleware, a service or an entry point that is not there, a rule badly written.',
  },
  references: ['https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/'],
  evaluate(proxy, estate) {
    const host = estate.hosts.find(({ name }) => name === proxy.host);
    if (proxy.source !== 'host' || !host) return notApplicable;
    const broken = proxy.routers.filter(
      ({ status, errors }) => status === 'disabled' || errors.length > 0 || status === 'warning',
    );
    const found = broken.filter((router) => !isToldOfFile(router, estate) && !isToldOfPath(estate));
    if (found.length === 0)
      return broken.length === 0 && proxy.product === 'traefik'
        ? (unreadOn(host, ['traefik']) ?? ok)
        : notApplicable;
    return gaps(
      found.map((router): Gap => {
        const isOff = router.status === 'disabled';
        const said = router.errors.slice(0, 2).map((error) => code(error));
        const shown = said.join(', ');
        const name = code(router.name);
        return onHost(host, {
          key: `${router.name}@${router.provider ?? ''}`,
          ...(!isOff && { severity: 'medium' as const }),
          title: titled(
            name,
            isOff
              ? `mis hors service par ${PRODUCTS[proxy.product]} sur ${code(host.name)}`
              : `en erreur sur ${code(host.name)}`,
            isOff
              ? `switched off by ${PRODUCTS[proxy.product]} on ${code(host.name)}`
              : `in error on ${code(host.name)}`,
          ),
          message: {
            fr: `${PRODUCTS[proxy.product]} dit du routeur ${name} (${code(router.rule)})\u00a0: ${shown === '' ? code(router.status ?? '') : shown}.`,
            en: `${PRODUCTS[proxy.product]} says of the router ${name} (${code(router.rule)}): ${shown === '' ? code(router.status ?? '') : shown}.`,
          },
          evidence: [
            seenOn(
              host,
              'traefik api',
              visible(`${router.name}: ${router.status ?? ''} ${router.errors[0] ?? ''}`.trim()),
            ),
          ],
          values: { router: `${router.name}@${router.provider ?? ''}`, product: proxy.product },
        });
      }),
    );
  },
});

/** A request that was followed met one: the path tells it. */
const isToldOfPath = ({ paths }: Estate): boolean =>
  paths.some(({ hops }) =>
    hops.some(({ checks }) => checks.some(({ id, result }) => id === 'router-disabled' && result === 'fail')),
  );

/** A declared router of the same name whose middleware or service nothing defines is told where it stands. */
function isToldOfFile({ name }: ProxyRouter, estate: Estate): boolean {
  const declared = traefiksOf(estate);
  const defined = (of: (one: ProxyConfig) => { name: string; provider?: string }[]) => declared.flatMap(of);
  return declared.filter(isDeclaredTraefik).some((config) =>
    config.routers
      .filter((router) => router.name === name)
      .some(({ middlewares, provider, target }) => {
        const lost = (written: string, all: { name: string; provider?: string }[]) => {
          const { is } = lookUp(writtenName(written, provider), config, all);
          return is === 'undefined' || is === 'elsewhere';
        };
        return (
          middlewares.some((one) =>
            lost(
              one,
              defined(({ middlewares: all }) => all),
            ),
          ) ||
          (target.to === 'service' &&
            lost(
              target.service,
              defined(({ services }) => services),
            ))
        );
      }),
  );
}
