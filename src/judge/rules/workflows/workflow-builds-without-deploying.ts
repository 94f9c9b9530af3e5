import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isOwnRegistry, pushesOf } from '../../derived/calls.ts';
import { isDeployedElsewhere, mayDeploy } from '../../derived/hand-over.ts';
import { some, titled } from '../../derived/place.ts';

/** The image is ready and nobody starts it: the change is thought to be out, and is not. */
export const workflowBuildsWithoutDeploying = defineRule({
  id: 'workflow-builds-without-deploying',
  severity: 'medium',
  confidence: 'medium',
  subject: 'workflow',
  title: { fr: 'Workflow qui construit sans déployer', en: 'Workflow that builds without deploying' },
  risk: {
    fr: 'L’image est prête et rien ne la met en service : le changement passe pour livré, ou quelqu’un le livre à la main.',
    en: 'The image is ready and nothing puts it into service: the change is thought to be out, or someone puts it out by hand.',
  },
  remedy: {
    fr: 'Ajouter le déploiement de cette image, ou écrire qui la déploie et comment.',
    en: 'Add the deployment of this image, or write who deploys it and how.',
  },
  evaluate(workflow, estate) {
    const own = pushesOf(workflow).filter(
      ({ registry, repository }) => isOwnRegistry(registry) && !repository.includes('⟨'),
    );
    if (own.length === 0) return notApplicable;
    if (mayDeploy(workflow)) return ok;
    return gaps(
      [...Map.groupBy(own, ({ repository }) => repository)].flatMap(([repository, pushes]): Gap[] => {
        const [first] = pushes;
        const evidence = some(pushes.map(({ place }) => place));
        if (!first || !evidence || isDeployedElsewhere(repository, workflow, estate)) return [];
        const held = estate.resources.filter(
          ({ kind, name }) => kind === 'AWS::ECR::Repository' && name === repository,
        );
        return [
          {
            key: repository,
            resources: held.map(({ id }) => id),
            title: titled(
              code(workflow.file),
              `${code(repository)} est construite et n’est déployée par rien`,
              `${code(repository)} is built and deployed by nothing`,
            ),
            message: {
              fr: `Le workflow publie ${code(first.reference)}, et aucun workflow, script ni fichier de configuration du dépôt ne la met en service.`,
              en: `The workflow pushes ${code(first.reference)}, and no workflow, script or configuration file of the repository puts it into service.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});
