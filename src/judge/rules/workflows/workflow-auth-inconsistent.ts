import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { codes } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';
import { replaceableKeys } from '../../derived/static-keys.ts';

/** The role is there and trusted: the workflow that still carries keys is the one nobody came back to. */
export const workflowAuthInconsistent = defineRule({
  id: 'workflow-auth-inconsistent',
  severity: 'low',
  subject: 'estate',
  title: {
    fr: 'Authentification différente d’un workflow à l’autre',
    en: 'Authentication that differs between workflows',
  },
  risk: {
    fr: 'Deux façons de s’authentifier font deux jeux de droits à tenir : celui qu’on oublie garde les siens.',
    en: 'Two ways of authenticating make two sets of rights to keep: the one that is forgotten keeps its own.',
  },
  remedy: {
    fr: 'Faire passer ces workflows par le rôle que les autres assument déjà.',
    en: 'Let these workflows assume the role that the others already use.',
  },
  references: [
    'https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws',
  ],
  evaluate({ artifacts }) {
    const withRole = artifacts.workflows.filter(({ runs }) =>
      runs.some((run) =>
        run.credentials.some((one) => one.provider === 'aws' && one.authentication === 'oidc'),
      ),
    );
    const withKeys = artifacts.workflows.flatMap((workflow) => {
      const key = workflow.runs.flatMap(replaceableKeys).find(({ provider }) => provider === 'aws');
      return key ? [{ file: workflow.file, place: at(key.file, key.line) }] : [];
    });
    if (withRole.length + withKeys.length === 0) return notApplicable;
    const evidence = some(withKeys.map(({ place }) => place));
    const onlyRole = withRole.filter(({ file }) => withKeys.every((one) => one.file !== file));
    if (!evidence || onlyRole.length < withKeys.length) return ok;
    const keys = codes(withKeys.map(({ file }) => file));
    const roles = codes(onlyRole.map(({ file }) => file));
    return gaps([
      {
        title: titled(
          keys,
          'clés AWS là où les autres assument un rôle',
          'AWS keys where the others assume a role',
        ),
        message: {
          fr: `${roles.fr} s’authentifient par OIDC, ${keys.fr} par une clé durable.`,
          en: `OIDC is used by ${roles.en}, a long-lived key by ${keys.en}.`,
        },
        evidence,
      },
    ]);
  },
});
