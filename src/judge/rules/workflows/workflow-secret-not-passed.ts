import type { WorkflowSource } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps, unknown } from '#model/rule.ts';
import { code, type Text } from '#model/text.ts';
import { deploys } from '../../derived/calls.ts';
import { calledWorkflow } from '../../derived/local-uses.ts';
import { at, some, titled } from '../../derived/place.ts';
import {
  type MisfitCall,
  misfitCalls,
  placesOf,
  reservedSecrets,
  tellMisfit,
} from '../../derived/workflow-calls.ts';

/** Calls that the message tells. */
const MOST = 3;

/** GitHub compares both files before it starts a job: nothing of the workflow runs, the tests in it included. */
export const workflowSecretNotPassed = defineRule({
  id: 'workflow-secret-not-passed',
  severity: 'medium',
  subject: 'workflow',
  title: {
    fr: 'Workflow refusé pour les secrets ou les entrées d’un appel',
    en: 'Workflow refused for the secrets or inputs of a call',
  },
  risk: {
    fr: 'GitHub refuse le fichier avant de rien lancer : aucun de ses jobs ne démarre, ni contrôle ni déploiement.',
    en: 'GitHub refuses the file before anything runs: none of its jobs starts, neither checks nor deployments.',
  },
  remedy: {
    fr: 'Donner les noms que le workflow appelé déclare sous `workflow_call`, et eux seuls.',
    en: 'Pass the names that the called workflow declares under `workflow_call`, and only these.',
  },
  references: [
    'https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows',
    'https://github.com/actions/languageservices/blob/main/workflow-parser/src/model/converter/job/secrets.ts',
  ],
  evaluate(workflow, { artifacts }) {
    const misfits = misfitCalls(workflow, artifacts);
    const found = [...refusedCalls(workflow, misfits), ...refusedDeclaration(workflow)];
    if (found.length === 0 && workflow.jobs.some((job) => calledWorkflow(job, artifacts) === 'unread'))
      return unknown({ fr: 'un workflow appelé n’a pas été lu', en: 'a called workflow was not read' });
    return gaps(found);
  },
});

/** One gap, however many calls are at fault: the workflow does not start for any of them. */
function refusedCalls(workflow: WorkflowSource, calls: MisfitCall[]): Gap[] {
  const evidence = some(calls.flatMap((call) => placesOf(workflow, call)));
  if (!evidence) return [];
  const told = calls.slice(0, MOST).map(tellMisfit);
  const left = calls.length - told.length;
  const more: Text =
    left > 0
      ? { fr: ` ${left} autre${left > 1 ? 's' : ''} de même.`, en: ` ${left} more likewise.` }
      : { fr: '', en: '' };
  return [
    {
      ...(workflow.runs.some(deploys) && { severity: 'high' }),
      title: titled(
        code(workflow.file),
        'refusé par GitHub, ne démarre pas',
        'refused by GitHub, does not start',
      ),
      message: {
        fr: `${told.map(({ fr }) => fr).join(' ')}${more.fr} GitHub refuse le fichier : aucun de ses jobs ne démarre.`,
        en: `${told.map(({ en }) => en).join(' ')}${more.en} GitHub refuses the file: none of its jobs starts.`,
      },
      evidence,
    },
  ];
}

const refusedDeclaration = (workflow: WorkflowSource): Gap[] =>
  reservedSecrets(workflow).map(({ name, line }) => ({
    key: name.toLowerCase(),
    title: titled(code(workflow.file), 'secret au nom réservé', 'secret with a reserved name'),
    message: {
      fr: `${code(workflow.file)} déclare le secret ${code(name)}, un nom que GitHub se réserve : le fichier est refusé, et qui l’appelle avec lui. Chaque job a déjà ce jeton.`,
      en: `${code(workflow.file)} declares the secret ${code(name)}, a name that GitHub keeps for itself: the file is refused, and whoever calls it too. Each job has this token already.`,
    },
    evidence: [at(workflow.file, line)],
  }));
