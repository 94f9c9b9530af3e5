import type { WorkflowSource } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { Call, Run } from '#model/workflow.ts';
import { argumentStrings, deploymentsOf, placeOf } from '../../derived/calls.ts';
import { jobsBefore, levelsOf } from '../../derived/job-order.ts';
import { some, titled } from '../../derived/place.ts';
import { productionSign } from '../../derived/production.ts';

/** An address or a name of its own for each pull request: what is put into service there is a preview. */
const PREVIEW = /preview|review|ephemeral|(^|[^a-z])pr([^a-z]|$)|pull|head_ref|event\.number/i;

/** What a run puts into service, told from what the same workflow does under another event. */
const targetOf = ({ tool, operation, arguments: given }: Call): string =>
  JSON.stringify([tool, operation, given]);

/** The code of a branch is put into service before anyone has read or merged it. */
export const pullRequestDeploys = defineRule({
  id: 'pull-request-deploys',
  severity: 'high',
  subject: 'workflow',
  title: { fr: 'Pull request qui déploie', en: 'Pull request that deploys' },
  risk: {
    fr: 'Ouvrir ou mettre à jour une pull request remplace ce qui tourne par un code que personne n’a relu ; la fusion suivante le remplace à son tour.',
    en: 'Opening or updating a pull request replaces what runs with code that nobody has read; the next merge replaces it in turn.',
  },
  remedy: {
    fr: "Retirer `pull_request` des déclencheurs, ou limiter le déploiement à `if: github.event_name == 'push'` et ne garder que la construction et les tests.",
    en: "Remove `pull_request` from the triggers, or limit the deployment to `if: github.event_name == 'push'` and keep only the build and the tests.",
  },
  references: [
    'https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request',
  ],
  evaluate(workflow, { artifacts }) {
    const pushed = new Set(
      workflow.runs
        .filter(({ events }) => events.includes('push'))
        .flatMap((run) => deploymentsOf(run).map(({ call }) => targetOf(call))),
    );
    const found = workflow.runs
      .filter(
        (run) => run.events.includes('pull_request') && !isConditional(run, workflow, artifacts.workflows),
      )
      .flatMap((run) =>
        deploymentsOf(run)
          .filter(
            ({ call }) => call.condition === undefined && pushed.has(targetOf(call)) && !isPreview(call, run),
          )
          .map(({ call }) => ({ call, run })),
      );
    const evidence = some(found.map(({ call, run }) => placeOf(call, run, workflow)));
    if (!evidence) return gaps([]);
    const commands = codes(new Set(found.map(({ call }) => `${call.tool} ${call.operation}`)));
    const production = found.some(({ run }) => productionSign(run, workflow) !== undefined);
    return gaps([
      {
        ...(!production && { severity: 'medium' as const }),
        title: titled(code(workflow.file), 'une pull request déploie', 'a pull request deploys'),
        message: {
          fr: `Sous \`pull_request\` comme sous \`push\`, le workflow lance ${commands.fr} sur la même cible : une pull request d’une branche du dépôt met son code en service avant la fusion.`,
          en: `Under \`pull_request\` as under \`push\`, the workflow runs ${commands.en} on the same target: a pull request from a branch of the repository puts its code into service before it is merged.`,
        },
        environments: [...new Set(found.flatMap(({ run }) => run.environment ?? []))],
        evidence,
      } satisfies Gap,
    ]);
  },
});

const isPreview = (call: Call, run: Run): boolean =>
  [...argumentStrings(call), run.environment ?? ''].some((text) => PREVIEW.test(text));

/** A condition on the event, the branch or the merge may keep pull requests out, also on a job that it waits for. */
const isConditional = (run: Run, workflow: WorkflowSource, workflows: readonly WorkflowSource[]): boolean =>
  levelsOf(run, workflow, workflows).some(({ source, job }) =>
    [...source.jobs.filter(({ id }) => id === job), ...jobsBefore(job, source.jobs)].some(
      ({ condition = '' }) => /event|github\.ref|branch|merged|base_ref|needs\.|vars\./.test(condition),
    ),
  );
