import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { at, titled } from '../../derived/place.ts';
import { canonicalOf, isForShow } from '../../derived/wrangler-environments.ts';

/** Routes are inherited: the first deployment of the trial environment answers the public. */
export const workerDomainInherited = defineRule({
  id: 'worker-domain-inherited',
  severity: 'high',
  subject: 'wranglerConfig',
  title: {
    fr: 'Environnement d’un Worker avec les routes d’un autre',
    en: 'Environment of a Worker with the routes of another',
  },
  risk: {
    fr: 'Déployer cet environnement lui donne les adresses de l’autre\u00a0: le public reçoit la version à l’essai.',
    en: 'Deploying this environment gives it the addresses of the other: the public receives the version on trial.',
  },
  remedy: {
    fr: 'Écrire `routes = []`, ou ses propres routes, dans cet environnement.',
    en: 'State `routes = []`, or routes of its own, in this environment.',
  },
  references: ['https://developers.cloudflare.com/workers/wrangler/configuration/#inheritable-keys'],
  evaluate(config) {
    const [top, ...named] = config.environments;
    if (!top || named.length === 0 || top.routes.length === 0 || isForShow(config)) return notApplicable;
    return gaps(named.flatMap((environment) => gapOf(environment, top, config)));
  },
});

function gapOf(environment: WranglerEnvironment, top: WranglerEnvironment, config: WranglerConfig): Gap[] {
  const { name, script, routes } = environment;
  // production often takes them on purpose, and an environment of the same script replaces nothing else
  if (name === undefined || script.name === top.script.name || canonicalOf(environment).includes('prod'))
    return [];
  const inherited = routes.filter(({ line, pattern }) =>
    top.routes.some((route) => route.line === line && route.pattern === pattern),
  );
  const [first] = inherited;
  if (!first) return [];
  const patterns = codes(inherited.map(({ pattern }) => pattern));
  return [
    {
      key: name,
      environments: [name],
      title: titled(
        `${code(config.file)}, ${code(name)}`,
        'routes d’un autre niveau',
        'routes of another level',
      ),
      message: {
        fr: `L’environnement ${code(name)} n’a pas de routes à lui et reprend celles du premier niveau\u00a0: ${patterns.fr}. Son Worker s’appelle ${code(script.name)}, celui du premier niveau ${code(top.script.name)}.`,
        en: `Environment ${code(name)} has no routes of its own and takes those of the top level: ${patterns.en}. Its Worker is called ${code(script.name)}, that of the top level ${code(top.script.name)}.`,
      },
      evidence: [
        at(config.file, environment.line),
        at(config.file, first.line),
        ...inherited.slice(1).map(({ line }) => at(config.file, line)),
      ],
    },
  ];
}
