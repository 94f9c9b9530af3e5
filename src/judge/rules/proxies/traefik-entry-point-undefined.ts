import { defineRule, type Gap, gaps, notApplicable, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { titled } from '../../derived/place.ts';
import { hasAllEntryPoints, isDeclaredTraefik, isOpen, traefiksOf } from '../../derived/traefik.ts';

/** Nothing listens where the router is to be asked: Traefik logs an error, and requests never reach it. */
export const traefikEntryPointUndefined = defineRule({
  id: 'traefik-entry-point-undefined',
  severity: 'high',
  subject: 'proxy',
  title: {
    fr: 'Routeur Traefik sur un point d’entrée défini nulle part',
    en: 'Traefik router on an entry point defined nowhere',
  },
  risk: {
    fr: 'Rien n’écoute là où le routeur attend ses requêtes\u00a0: elles n’y arrivent jamais, ou un autre routeur y répond.',
    en: 'Nothing listens where the router is to be asked: requests never reach it, or another router answers them.',
  },
  remedy: {
    fr: 'Nommer un point d’entrée de la configuration statique, ou y ajouter celui qui manque.',
    en: 'Name an entry point of the static configuration, or add the missing one to it.',
  },
  references: ['https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/'],
  evaluate(config, estate) {
    if (!isDeclaredTraefik(config) || config.entryPoints.length === 0 || config.routers.length === 0)
      return notApplicable;
    if (!hasAllEntryPoints(config))
      return unknown({
        fr: `Les points d’entrée de ${code(config.files[0] ?? 'Traefik')} n’ont pas tous été compris.`,
        en: `Not all entry points of ${code(config.files[0] ?? 'Traefik')} were understood.`,
      });
    // a file that is merged over this one may add entry points: those of any static configuration count
    const known = new Set(
      traefiksOf(estate).flatMap(({ entryPoints }) => entryPoints.map(({ name }) => name)),
    );
    const own = config.entryPoints.map(({ name }) => name);
    return gaps(
      config.routers.flatMap((router): Gap[] => {
        const missing = router.entryPoints.filter((name) => !isOpen(name) && !known.has(name));
        const [first] = missing;
        if (first === undefined) return [];
        const isAll = missing.length === router.entryPoints.length;
        const names = codes(missing);
        const defined = codes(own);
        return [
          {
            key: `${router.name} ${missing.join(' ')}`,
            title: titled(
              code(router.name),
              `point d’entrée ${code(first)} défini nulle part`,
              `entry point ${code(first)} is defined nowhere`,
            ),
            message: {
              fr: `Le routeur ${code(router.name)} écoute sur ${names.fr}\u00a0; la configuration statique définit ${defined.fr}.`,
              en: `The router ${code(router.name)} listens on ${names.en}; the static configuration defines ${defined.en}.`,
            },
            evidence: [router.at, ...(config.entryPoints[0] ? [config.entryPoints[0].at] : [])],
            ...(!isAll && { severity: 'medium' }),
          },
        ];
      }),
    );
  },
});
