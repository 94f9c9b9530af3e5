import { code, codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** A policy says who may do what: what to add to it is for whoever wrote it to say. */
export const endpointPolicyDenies = defineRemedy({
  for: ['endpoint-policy-denies'],
  plan(problem) {
    const endpoint = problem.text('vpcEndpoint');
    const actions = codes(problem.texts('actions'));
    const name = code(problem.nameOf(endpoint));
    return [
      {
        title: say(
          `Ouvrir la politique du point de terminaison ${name}`,
          `Open the policy of the endpoint ${name}`,
        ),
        reason: say(
          `La politique de ${name} ne laisse pas passer ${actions.fr}, dont les tâches ont besoin.`,
          `The policy of ${name} does not let ${actions.en} through, which the tasks need.`,
        ),
        risk: 'none',
        duration: say('quelques minutes', 'a few minutes'),
        changes: [],
        proofs: [],
        provides: problem.provided('network'),
        needs: [
          say(
            `À écrire\u00a0: une instruction qui autorise ${actions.fr}, puis \`aws ec2 modify-vpc-endpoint --policy-document\`.`,
            `To write: a statement that allows ${actions.en}, then \`aws ec2 modify-vpc-endpoint --policy-document\`.`,
          ),
        ],
      },
    ];
  },
});
