import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';
import { productionSign } from '../../derived/production.ts';
import { eventsOf, reachOf } from '../../derived/reach.ts';
import { replaceableKeys, WITH_OIDC } from '../../derived/static-keys.ts';

/** A key that never expires works from anywhere, for whoever has a copy, until someone thinks of replacing it. */
export const workflowStaticCredentials = defineRule({
  id: 'workflow-static-credentials',
  severity: 'medium',
  subject: 'workflow',
  title: {
    fr: 'Workflow qui s’authentifie par une clé durable',
    en: 'Workflow that authenticates with a long-lived key',
  },
  risk: {
    fr: 'La clé n’expire pas : copiée d’un journal, d’une action tierce ou d’un poste, elle sert de n’importe où jusqu’à son remplacement.',
    en: 'The key does not expire: copied from a log, a third-party action or a workstation, it works from anywhere until it is replaced.',
  },
  remedy: {
    fr: 'Créer un rôle qui fait confiance au jeton OIDC de GitHub pour ce dépôt, l’utiliser avec `permissions: id-token: write`, puis supprimer la clé chez le fournisseur et dans les secrets.',
    en: 'Create a role that trusts the OIDC token of GitHub for this repository, use it with `permissions: id-token: write`, then delete the key at the provider and in the secrets.',
  },
  references: ['https://docs.github.com/en/actions/concepts/security/openid-connect'],
  evaluate(workflow, estate) {
    const open = eventsOf(workflow, estate).some((event) => reachOf(event) === 'secrets');
    return gaps(
      [...WITH_OIDC].flatMap(([provider, name]): Gap[] => {
        const runs = workflow.runs.filter((run) =>
          replaceableKeys(run).some((one) => one.provider === provider),
        );
        const keys = runs.flatMap(replaceableKeys).filter((one) => one.provider === provider);
        const evidence = some(keys.map(({ file, line }) => at(file, line)));
        if (!evidence) return [];
        const secrets = codes([...new Set(keys.flatMap((one) => one.secrets))].sort());
        const production = runs.some((run) => productionSign(run, workflow) !== undefined);
        const file = code(workflow.file);
        return [
          {
            key: provider,
            ...(open && { severity: 'high' }),
            title: titled(file, `clé ${name} durable`, `long-lived ${name} key`),
            message: {
              fr: `Le workflow s’authentifie auprès ${/^[AEIOUY]/.test(name) ? 'd’' : 'de '}${name} par les secrets ${secrets.fr}${production ? ', aussi pour la production' : ''}${open ? ', et un événement que des tiers peuvent provoquer le lance' : ''}.`,
              en: `The workflow authenticates to ${name} with the secrets ${secrets.en}${production ? ', for production too' : ''}${open ? ', and an event that outsiders can cause starts it' : ''}.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});
