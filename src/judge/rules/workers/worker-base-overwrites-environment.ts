import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, titled } from '../../derived/place.ts';
import { isForShow } from '../../derived/wrangler-environments.ts';

/** `--env` is forgotten once, and production runs with what was meant for development. */
export const workerBaseOverwritesEnvironment = defineRule({
  id: 'worker-base-overwrites-environment',
  severity: 'medium',
  subject: 'wranglerConfig',
  title: {
    fr: 'Déploiement sans `--env` qui remplace un environnement',
    en: 'Deployment without `--env` that replaces an environment',
  },
  risk: {
    fr: 'Une option oubliée met en service la base de la configuration à la place de l’environnement, avec d’autres variables et sans ses liaisons.',
    en: 'An option that is left out puts the base of the configuration into service in place of the environment, with other variables and without its bindings.',
  },
  remedy: {
    fr: 'Donner à la base un autre nom que celui de l’environnement, par exemple avec `-dev`.',
    en: 'Give the base another name than that of the environment, for example with `-dev`.',
  },
  references: ['https://developers.cloudflare.com/workers/wrangler/environments/'],
  evaluate(config) {
    const [base, ...others] = config.environments;
    if (!base || others.length === 0 || config.isPages || isForShow(config)) return notApplicable;
    return gaps(
      others.flatMap((own): Gap[] => {
        if (own.name === undefined || own.script.name !== base.script.name) return [];
        const bound = new Set(base.bindings.map(({ name }) => name));
        const lacking = own.bindings.flatMap(({ name }) => (bound.has(name) ? [] : [name]));
        const haveVariables = base.variables.length > 0 && own.variables.length > 0;
        // the same program with the same stores and no variables is the same either way
        if (lacking.length === 0 && !haveVariables) return [];
        const [name, environment, without] = [code(base.script.name), code(own.name), codes(lacking)];
        return [
          {
            key: own.name,
            title: titled(
              code(config.file),
              `\`wrangler deploy\` remplace ${environment}`,
              `\`wrangler deploy\` replaces ${environment}`,
            ),
            message: {
              fr: `La base et l’environnement ${environment} portent le même nom ${name}\u00a0: sans \`--env\`, la base est déployée à sa place${lacking.length > 0 ? `, sans ${without.fr}` : ''}${haveVariables ? `${lacking.length > 0 ? ' et' : ','} avec ses propres variables` : ''}.`,
              en: `The base and environment ${environment} have the same name ${name}: without \`--env\` the base is deployed in its place${lacking.length > 0 ? `, without ${without.en}` : ''}${haveVariables ? `${lacking.length > 0 ? ' and' : ','} with variables of its own` : ''}.`,
            },
            evidence: [at(config.file, base.script.line), at(config.file, own.script.line)],
          },
        ];
      }),
    );
  },
});
