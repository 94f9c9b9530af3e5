import { codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { linesOf, placesText } from '../places.ts';
import { defineRemedy } from '../remedy.ts';

/** GitHub REST API, “Deployment environments”: who approves is named by the id of an account or of a team. */
export const productionDeployUnprotected = defineRemedy({
  for: ['production-deploy-unprotected'],
  plan(problem) {
    const places = linesOf(problem);
    const files = codes(new Set(places.map(({ file }) => file)));
    const where = placesText(places);
    return [
      {
        title: say(
          `Faire approuver les déploiements en production de ${files.fr}`,
          `Have the deployments to production of ${files.en} approved`,
        ),
        reason: say(
          'Un environnement GitHub peut demander une approbation, exiger une branche et garder ses propres secrets.',
          'A GitHub environment can ask for an approval, demand a branch and keep secrets of its own.',
        ),
        risk: 'none',
        changes: [],
        proofs: [],
        suggestion: `gh api --method PUT 'repos/{owner}/{repo}/environments/production' --field 'deployment_branch_policy[protected_branches]=true' --field 'deployment_branch_policy[custom_branch_policies]=false'`,
        needs: [
          say(
            `Qui approuve\u00a0: son identifiant (\`gh api users/NOM --jq .id\`) s’ajoute par \`--raw-field 'reviewers[][type]=User' --field 'reviewers[][id]=…'\`. Puis \`environment: production\` dans le job, à ${where.fr}.`,
            `Who approves: their id (\`gh api users/NAME --jq .id\`) is added with \`--raw-field 'reviewers[][type]=User' --field 'reviewers[][id]=…'\`. Then \`environment: production\` in the job, at ${where.en}.`,
          ),
        ],
      },
    ];
  },
});
