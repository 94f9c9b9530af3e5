import { environmentOf, environmentsOf } from '#lib/environments.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { Call } from '#model/workflow.ts';
import { deploymentsOf, placeOf } from '../../derived/calls.ts';
import { some, titled } from '../../derived/place.ts';

/** The arguments of a deployment that name what is deployed to. */
const TARGETS = ['cluster', 'service', 'function-name', 'environment-name', 'stack-name', 'namespace', 'n'];
const BEFORE_PRODUCTION = new Set([
  'dev',
  'test',
  'qa',
  'integration',
  'staging',
  'uat',
  'preprod',
  'sandbox',
]);

const targetsOf = ({ arguments: given }: Call): string[] =>
  TARGETS.flatMap((key) => {
    const value = given[key];
    return typeof value === 'string' && !value.includes('⟨') ? [value] : [];
  });

/** The two environments then overwrite each other, and what was tried in one is live in the other. */
export const environmentMismatch = defineRule({
  id: 'environment-mismatch',
  severity: 'medium',
  subject: 'workflow',
  title: {
    fr: 'Déploiement sur une ressource d’un autre environnement',
    en: 'Deployment to a resource of another environment',
  },
  risk: {
    fr: 'Un déploiement en production met à jour ce qui porte le nom d’un autre environnement, ou l’inverse : chacun écrase l’autre, et un essai peut se retrouver en service.',
    en: 'A production deployment updates what bears the name of another environment, or the reverse: each overwrites the other, and a trial can end up in service.',
  },
  remedy: {
    fr: 'Corriger le nom de la ressource visée, ou la renommer si elle est bien celle de cet environnement.',
    en: 'Correct the name of the resource that is aimed at, or rename it if it is the one of this environment.',
  },
  evaluate(workflow) {
    const found = workflow.runs.flatMap((run) => {
      const environment = run.environment && environmentOf(run.environment);
      if (!environment) return [];
      return deploymentsOf(run).flatMap(({ call }) => {
        const wrong = targetsOfAnother(call, environment);
        return wrong.length ? [{ run, call, wrong, environment: run.environment ?? '' }] : [];
      });
    });
    return gaps(
      [...Map.groupBy(found, ({ environment }) => environment)].flatMap(([environment, list]): Gap[] => {
        const evidence = some(list.map(({ call, run }) => placeOf(call, run, workflow)));
        if (!evidence) return [];
        const names = codes(new Set(list.flatMap(({ wrong }) => wrong)));
        return [
          {
            key: environment,
            environments: [environmentOf(environment) ?? environment],
            title: titled(
              code(workflow.file),
              `${code(environment)} déploie sur ${names.fr}`,
              `${code(environment)} deploys to ${names.en}`,
            ),
            message: {
              fr: `Le job qui a l’environnement ${code(environment)} déploie sur ${names.fr}, dont le nom est celui d’un autre environnement, et sur rien qui porte le sien.`,
              en: `The job with the environment ${code(environment)} deploys to ${names.en}, whose name is that of another environment, and to nothing that bears its own.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});

/** The targets named after the other side of production; none where any target names the environment itself. */
function targetsOfAnother(call: Call, environment: string): string[] {
  const named = targetsOf(call).map((name) => ({ name, of: environmentsOf(name) }));
  if (named.some(({ of }) => of.includes(environment))) return [];
  const isOther = (one: string) =>
    environment === 'prod'
      ? BEFORE_PRODUCTION.has(one)
      : BEFORE_PRODUCTION.has(environment) && one === 'prod';
  return named.flatMap(({ name, of }) => (of.length > 0 && of.every(isOther) ? [name] : []));
}
