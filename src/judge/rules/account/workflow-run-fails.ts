import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { Call, Run } from '#model/workflow.ts';
import { at, titled } from '../../derived/place.ts';

interface Stop {
  run: Run;
  call: Call;
}

/** What tells a run from the others of its job: its environment, else what was chosen for it. */
const nameOf = ({ job, environment, inputs }: Run): string => {
  if (environment !== undefined) return environment;
  const chosen = Object.entries(inputs).map(([key, value]) => `${key}=${String(value)}`);
  return chosen.length === 1 ? String(chosen[0]) : job;
};

/** A workflow that is green in review and stops the day it is needed. */
export const workflowRunFails = defineRule({
  id: 'workflow-run-fails',
  severity: 'high',
  subject: 'workflow',
  title: { fr: 'Workflow qui s’arrêterait à un appel', en: 'Workflow that would stop at a call' },
  risk: {
    fr: 'Le déploiement échoue au moment où on en a besoin, parfois après avoir fait la moitié de son travail.',
    en: 'The deployment fails when it is needed, sometimes with half of its work done.',
  },
  remedy: {
    fr: 'Créer ce qui manque, ouvrir au rôle ce qui lui est refusé, ou corriger ce que le workflow nomme, puis rejouer `constat rehearse --aws`.',
    en: 'Create what is missing, open to the role what it is refused, or correct what the workflow names, then run `constat rehearse --aws` again.',
  },
  evaluate(workflow) {
    const stops = workflow.runs.flatMap((run): Stop[] => {
      const call = run.calls.find(({ prediction }) => prediction === 'fails');
      return call ? [{ run, call }] : [];
    });
    const groups = Map.groupBy(
      stops,
      ({ call }) => `${call.file ?? ''}\n${call.tool} ${call.operation}\n${call.why?.en ?? ''}`,
    );
    return gaps(
      [...groups].flatMap(([key, [first, ...others]]): Gap[] => {
        if (!first) return [];
        const { call, run } = first;
        const command = code(`${call.tool} ${call.operation}`.trim());
        const runs = new Set([first, ...others].map((one) => nameOf(one.run)));
        const names = codes(runs, 3);
        const environments = [first, ...others].flatMap((one) => one.run.environment ?? []);
        return [
          {
            key,
            ...(call.condition !== undefined && { severity: 'medium' as const }),
            title: titled(
              code(workflow.file),
              `${names.fr} ${runs.size > 1 ? 's’arrêteraient' : 's’arrêterait'} à ${command}`,
              `${names.en} would stop at ${command}`,
            ),
            message: {
              fr: `${names.fr}\u00a0: ${command} échouerait, car ${call.why?.fr ?? ''}.`,
              en: `${names.en}: ${command} would fail, because ${call.why?.en ?? ''}.`,
            },
            environments,
            evidence: [at(call.file ?? run.chain.at(-1) ?? workflow.file, call.line)],
          },
        ];
      }),
    );
  },
});
