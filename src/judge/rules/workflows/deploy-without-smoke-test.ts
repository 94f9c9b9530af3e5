import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { deploymentsOf, placeOf } from '../../derived/calls.ts';
import { isFollowedUp } from '../../derived/follow-up.ts';
import { some, titled } from '../../derived/place.ts';

/** The command says “accepted”, the workflow is green, and the new version never starts. */
export const deployWithoutSmokeTest = defineRule({
  id: 'deploy-without-smoke-test',
  severity: 'medium',
  subject: 'workflow',
  title: { fr: 'Déploiement que rien ne vérifie', en: 'Deployment that nothing checks' },
  risk: {
    fr: 'La commande rend la main avant que la nouvelle version tourne : un conteneur qui ne démarre pas laisse le workflow vert.',
    en: 'The command returns before the new version runs: a container that does not start leaves the workflow green.',
  },
  remedy: {
    fr: 'Attendre que le service soit stable, puis appeler une route de santé et échouer si elle ne répond pas.',
    en: 'Wait until the service is stable, then call a health route and fail if it does not answer.',
  },
  references: ['https://docs.aws.amazon.com/cli/latest/reference/ecs/wait/services-stable.html'],
  evaluate(workflow, { artifacts }) {
    const deployed = workflow.runs.flatMap((run) =>
      deploymentsOf(run).flatMap(({ call, settles }) => (settles ? [] : [{ call, run }])),
    );
    if (deployed.length === 0) return notApplicable;
    const blind = deployed.filter(({ call, run }) => !isFollowedUp(call, run, workflow, artifacts.workflows));
    const evidence = some(blind.map(({ call, run }) => placeOf(call, run, workflow)));
    if (!evidence) return ok;
    const file = code(workflow.file);
    const commands = codes(new Set(blind.map(({ call }) => `${call.tool} ${call.operation}`)));
    return gaps([
      {
        title: titled(file, 'déploiement que rien ne vérifie', 'deployment that nothing checks'),
        message: {
          fr: `Après ${commands.fr}, le workflow n’attend ni n’appelle ce qu’il vient de mettre en service.`,
          en: `After ${commands.en}, the workflow neither waits for nor calls what it has just put into service.`,
        },
        environments: [...new Set(blind.flatMap(({ run }) => run.environment ?? []))],
        evidence,
      },
    ]);
  },
});
