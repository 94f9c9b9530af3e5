import { codes } from '#model/text.ts';
import { say, write } from '../draft.ts';
import { fileOf, linesOf, placesText } from '../places.ts';
import { defineRemedy } from '../remedy.ts';

const ISSUER = 'token.actions.githubusercontent.com';

/** GitHub documentation, “Configuring OpenID Connect in Amazon Web Services”. Which rights the role takes is its team’s. */
export const workflowStaticCredentials = defineRemedy({
  for: ['workflow-static-credentials'],
  plan(problem) {
    const file = fileOf(problem);
    const workflow = problem.artifacts.workflows.find((one) => one.file === file);
    const places = linesOf(problem);
    const keys = (workflow?.runs ?? [])
      .flatMap(({ credentials }) => credentials)
      .filter(
        (one) =>
          one.provider === 'aws' && places.some(({ line, file: at }) => at === one.file && line === one.line),
      );
    if (file === undefined || keys.length === 0) return [];
    const where = placesText(places);
    const secrets = codes([...new Set(keys.flatMap((one) => one.secrets))].sort());
    const isKnown = problem
      .all('AWS::IAM::OIDCProvider')
      .some(({ name, observed }) => observed.length > 0 && name.includes(ISSUER));
    return [
      {
        title: say(
          `Remplacer ${secrets.fr} par un rôle AWS que le workflow prend`,
          `Replace ${secrets.en} by an AWS role that the workflow assumes`,
        ),
        reason: say(
          'Le jeton d’un lancement n’ouvre que le rôle qui fait confiance à ce dépôt, et expire avec lui.',
          'The token of a run opens only the role that trusts this repository, and expires with it.',
        ),
        risk: 'none',
        changes: [],
        proofs: [],
        ...(!isKnown && {
          suggestion: write('iam', 'CreateOpenIDConnectProvider', undefined, {
            Url: `https://${ISSUER}`,
            ClientIDList: ['sts.amazonaws.com'],
          }),
        }),
        needs: [
          say(
            `L’ARN d’un rôle qui fait confiance à \`repo:ORGANISATION/DÉPÔT:*\` de \`${ISSUER}\` et n’a que les droits du déploiement, à donner à \`role-to-assume\` avec \`permissions: id-token: write\`\u00a0: ${where.fr}. Puis supprimer la clé (\`aws iam delete-access-key\`) et les secrets (\`gh secret delete\`).`,
            `The ARN of a role that trusts \`repo:ORGANISATION/REPOSITORY:*\` of \`${ISSUER}\` and has only the rights of the deployment, to give to \`role-to-assume\` with \`permissions: id-token: write\`: ${where.en}. Then delete the key (\`aws iam delete-access-key\`) and the secrets (\`gh secret delete\`).`,
          ),
        ],
      },
    ];
  },
});
