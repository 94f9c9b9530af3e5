import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import { defineRemedy } from '../remedy.ts';

/** An image that is not in its registry: only who builds it can push it. Its repository, where that is not there either, is made. */
export const imageMissing = defineRemedy({
  for: ['image-missing'],
  plan(problem) {
    const [repository, tag] = [problem.text('repository'), problem.maybeText('tag') ?? 'latest'];
    const { region } = problem;
    const place = `repository ${region} ${repository}`;
    const push = {
      title: say(
        `Construire et pousser l’image ${code(`${repository}:${tag}`)}`,
        `Build and push the image ${code(`${repository}:${tag}`)}`,
      ),
      reason: say(
        'Les tâches demandent une image que le registre n’a pas\u00a0: elles ne démarrent pas.',
        'Tasks ask for an image that the registry does not have: they do not start.',
      ),
      risk: 'none' as const,
      changes: [],
      proofs: [
        {
          title: say(
            `L’image ${code(`${repository}:${tag}`)} est dans le registre`,
            `The image ${code(`${repository}:${tag}`)} is in the registry`,
          ),
          expected: say(code(tag), code(tag)),
          check: {
            type: 'aws' as const,
            read: read(
              'ecr',
              'DescribeImages',
              region,
              { repositoryName: repository, imageIds: [{ imageTag: tag }] },
              `contains(imageDetails[0].imageTags, ${literal(tag)})`,
            ),
            equals: true,
          },
        },
      ],
      needs: [
        say(
          `L’image ${code(`${repository}:${tag}`)} se construit hors du compte\u00a0: lancer le workflow qui la pousse, ou \`docker build\` puis \`docker push\`.`,
          `The image ${code(`${repository}:${tag}`)} is built outside the account: run the workflow that pushes it, or \`docker build\` and \`docker push\`.`,
        ),
      ],
      provides: problem.provided('image'),
      requires: [place],
    };
    if (problem.maybe('isRepositoryMissing') !== true) return [push];
    return [
      {
        title: say(`Créer le dépôt ECR ${code(repository)}`, `Create the ECR repository ${code(repository)}`),
        reason: say(
          `L’image doit être poussée dans ${code(repository)}, qui n’existe pas.`,
          `The image has to be pushed to ${code(repository)}, which does not exist.`,
        ),
        risk: 'none',
        cost: say('0,10\u00a0USD par Go et par mois d’images', '0.10 USD for each GB of images a month'),
        duration: say('quelques secondes', 'a few seconds'),
        changes: [
          {
            write: write('ecr', 'CreateRepository', region, { repositoryName: repository }),
            state: read(
              'ecr',
              'DescribeRepositories',
              region,
              {},
              `repositories[?repositoryName==${literal(repository)}].repositoryName`,
            ),
            after: [repository],
            // without force the call refuses one that holds images
            undo: write('ecr', 'DeleteRepository', region, { repositoryName: repository }),
          },
        ],
        proofs: [],
        provides: [place],
      },
      push,
    ];
  },
});
