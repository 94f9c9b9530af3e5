import { environmentOf, environmentsOf } from '#lib/environments.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Call, Run } from '#model/workflow.ts';
import { argumentStrings, deploymentOf } from './calls.ts';

const PRODUCTION = 'prod';
const names = (text: string): boolean =>
  text.length <= 256 && !text.includes('⟨') && environmentsOf(text).includes(PRODUCTION);

const withoutCluster = (call: Call): Call => {
  const { cluster: _, ...others } = call.arguments;
  return { ...call, arguments: others };
};

/**
 * What says that a run deploys to production, as written; undefined when nothing does. A choice of the run (input,
 * matrix, environment) decides; only without one do the names of what it deploys, of the file or of the branch.
 */
export function productionSign(run: Run, workflow: WorkflowSource): string | undefined {
  const chosen = [run.environment, ...Object.values(run.inputs), ...Object.values(run.matrix)].filter(
    (value): value is string => typeof value === 'string' && environmentOf(value) !== undefined,
  );
  if (chosen.length) return chosen.find((value) => environmentOf(value) === PRODUCTION);
  const deployments = run.calls.filter((call) => deploymentOf(call) !== undefined);
  // a cluster called after production may run every environment: the service says which one is deployed
  for (const calls of [deployments.map(withoutCluster), deployments]) {
    const deployed = calls.flatMap(argumentStrings).filter((text) => text.length <= 256);
    const environments = new Set(deployed.flatMap((text) => environmentsOf(text)));
    if (environments.size) return environments.has(PRODUCTION) ? deployed.find(names) : undefined;
  }
  const branches = workflow.triggers.flatMap((trigger) =>
    run.events.includes(trigger.event) ? trigger.branches : [],
  );
  return [...branches, workflow.file.split('/').at(-1) ?? '', workflow.name].find(names);
}
