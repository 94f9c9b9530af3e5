import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { titled } from '../../derived/place.ts';
import { isDeclaredTraefik, lookUp, traefiksOf, writtenName } from '../../derived/traefik.ts';

/** A router without its service leads nowhere: Traefik does not serve it. */
export const traefikServiceUndefined = defineRule({
  id: 'traefik-service-undefined',
  severity: 'high',
  subject: 'proxy',
  title: {
    fr: 'Routeur Traefik vers un service défini nulle part',
    en: 'Traefik router to a service defined nowhere',
  },
  risk: {
    fr: 'Traefik met le routeur hors service\u00a0: le nom répond 404, ou un routeur moins précis mène la requête ailleurs.',
    en: 'Traefik takes the router out of service: the name answers 404, or a less precise router leads the request elsewhere.',
  },
  remedy: {
    fr: 'Définir le service dans un fichier que Traefik lit, ou corriger son nom\u00a0; un service d’un autre fournisseur s’écrit avec lui (`api@docker`).',
    en: 'Define the service in a file that Traefik reads, or correct its name; a service of another provider is written with it (`api@docker`).',
  },
  references: [
    'https://doc.traefik.io/traefik/reference/install-configuration/providers/overview/#provider-namespace',
  ],
  evaluate(config, estate) {
    if (!isDeclaredTraefik(config)) return notApplicable;
    const defined = traefiksOf(estate).flatMap(({ services }) => services);
    return gaps(
      config.routers.flatMap((router): Gap[] => {
        if (router.target.to !== 'service') return [];
        const { service } = router.target;
        const found = lookUp(writtenName(service, router.provider), config, defined);
        if (found.is !== 'undefined' && found.is !== 'elsewhere') return [];
        const own = `${service}@${found.is === 'elsewhere' ? found.provider : ''}`;
        return [
          {
            key: `${router.name} ${service}`,
            title: titled(
              code(router.name),
              `service ${code(service)} défini nulle part`,
              `service ${code(service)} is defined nowhere`,
            ),
            message:
              found.is === 'elsewhere'
                ? {
                    fr: `Le routeur ${code(router.name)} vient de labels et mène à ${code(service)} sans fournisseur\u00a0: Traefik le cherche parmi les conteneurs. Le dépôt ne le définit que dans un fichier\u00a0: ${code(own)}.`,
                    en: `The router ${code(router.name)} comes from labels and leads to ${code(service)} without a provider: Traefik looks for it among containers. The repository defines it in a file only: ${code(own)}.`,
                  }
                : {
                    fr: `Le routeur ${code(router.name)} mène au service ${code(service)}, qu’aucun des fichiers lus par cette configuration ne définit.`,
                    en: `The router ${code(router.name)} leads to the service ${code(service)}, which none of the files that this configuration reads defines.`,
                  },
            evidence: [router.at],
            ...(found.is === 'elsewhere' && { confidence: 'medium' }),
          },
        ];
      }),
    );
  },
});
