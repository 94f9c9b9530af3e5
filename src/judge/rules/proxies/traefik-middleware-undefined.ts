import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { titled } from '../../derived/place.ts';
import { isDeclaredTraefik, lookUp, traefiksOf, writtenName } from '../../derived/traefik.ts';

/** Traefik takes the whole router out of service: what it guarded does not answer, or another router answers for it. */
export const traefikMiddlewareUndefined = defineRule({
  id: 'traefik-middleware-undefined',
  severity: 'high',
  subject: 'proxy',
  title: {
    fr: 'Middleware Traefik nommé et défini nulle part',
    en: 'Traefik middleware named and defined nowhere',
  },
  risk: {
    fr: 'Traefik met hors service le routeur entier\u00a0: le nom répond 404, ou un routeur moins précis répond à sa place, sans les mêmes gardes.',
    en: 'Traefik takes the whole router out of service: the name answers 404, or a less precise router answers in its place, without the same guards.',
  },
  remedy: {
    fr: 'Définir le middleware dans un fichier que Traefik lit, ou corriger son nom\u00a0; un middleware d’un autre fournisseur s’écrit avec lui (`auth@file`).',
    en: 'Define the middleware in a file that Traefik reads, or correct its name; a middleware of another provider is written with it (`auth@file`).',
  },
  references: [
    'https://doc.traefik.io/traefik/reference/install-configuration/providers/overview/#provider-namespace',
  ],
  evaluate(config, estate) {
    if (!isDeclaredTraefik(config)) return notApplicable;
    const defined = traefiksOf(estate).flatMap(({ middlewares }) => middlewares);
    return gaps(
      config.routers.flatMap((router) =>
        [...new Set(router.middlewares)].flatMap((written) => gapOf(written, router, config, defined)),
      ),
    );
  },
});

function gapOf(
  written: string,
  router: ProxyRouter,
  config: ProxyConfig,
  defined: ProxyConfig['middlewares'],
): Gap[] {
  const found = lookUp(writtenName(written, router.provider), config, defined);
  if (found.is !== 'undefined' && found.is !== 'elsewhere') return [];
  const own = `${written}@${found.is === 'elsewhere' ? found.provider : ''}`;
  return [
    {
      key: `${router.name} ${written}`,
      title: titled(
        code(router.name),
        `middleware ${code(written)} défini nulle part`,
        `middleware ${code(written)} is defined nowhere`,
      ),
      message:
        found.is === 'elsewhere'
          ? {
              fr: `Le routeur ${code(router.name)} vient de labels et nomme ${code(written)} sans fournisseur\u00a0: Traefik le cherche parmi les conteneurs. Le dépôt ne le définit que dans un fichier\u00a0: ${code(own)}.`,
              en: `The router ${code(router.name)} comes from labels and names ${code(written)} without a provider: Traefik looks for it among containers. The repository defines it in a file only: ${code(own)}.`,
            }
          : {
              fr: `Le routeur ${code(router.name)} nomme le middleware ${code(written)}, qu’aucun des fichiers lus par cette configuration ne définit.`,
              en: `The router ${code(router.name)} names the middleware ${code(written)}, which none of the files that this configuration reads defines.`,
            },
      evidence: [router.at],
      ...(found.is === 'elsewhere' && { confidence: 'medium' }),
    },
  ];
}
