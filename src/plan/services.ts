import type { Json } from '#model/fact.ts';
import type { AwsRead, AwsWrite } from '#model/step.ts';
import { code } from '#model/text.ts';
import { type DraftProof, type DraftStep, read, say, write } from './draft.ts';
import type { Problem } from './problem.ts';

/** How long tasks may take to be replaced, in seconds. */
const ROLLOUT = 900;

/** A service of ECS, and the calls about it. */
export interface Service {
  cluster: string;
  service: string;
  /** Its name, as a sentence shows it. */
  name: string;
  /** What a deployment of it is provided as. */
  deployment: string;
  /** A read of it; the query is over the answer of `DescribeServices`. */
  describe(query: string): AwsRead;
  update(input: Record<string, Json>, more?: Pick<AwsWrite, 'finds' | 'edit'>): AwsWrite;
}

export function serviceOf(problem: Problem): Service {
  const { region } = problem;
  const [cluster, service] = [problem.text('cluster'), problem.text('service')];
  return {
    cluster,
    service,
    name: code(service),
    deployment: `deployment ${cluster}/${service}`,
    describe: (query) => read('ecs', 'DescribeServices', region, { cluster, services: [service] }, query),
    update: (input, more) => write('ecs', 'UpdateService', region, { cluster, service, ...input }, more),
  };
}

/**
 * What every step that replaces tasks says. Old tasks stop once new ones are sound, where the service keeps its minimum of
 * healthy tasks.
 */
export function deploys(
  problem: Problem,
  { deployment, name, describe, cluster, service }: Service,
): Pick<DraftStep, 'risk' | 'duration' | 'alone' | 'provides' | 'requires' | 'proofs'> {
  const rollout: DraftProof = {
    title: say(`Le déploiement de ${name} est terminé`, `The deployment of ${name} is completed`),
    expected: say('`"COMPLETED"`', '`"COMPLETED"`'),
    check: {
      type: 'aws',
      read: describe("services[0].deployments[?status=='PRIMARY'] | [0].rolloutState"),
      equals: 'COMPLETED',
      within: ROLLOUT,
    },
  };
  return {
    risk: 'restart',
    duration: say('le temps d’un déploiement, quelques minutes', 'as long as a deployment, some minutes'),
    alone: `service ${cluster}/${service}`,
    provides: [deployment],
    requires: problem.beforeDeployment,
    proofs: [rollout],
  };
}

/**
 * The step that starts tasks again without any other change, where what kept them from starting was mended elsewhere. Not
 * taken where another step deploys the service anyway.
 */
export function redeploy(problem: Problem, reason: { fr: string; en: string }): DraftStep {
  const own = serviceOf(problem);
  return {
    ...deploys(problem, own),
    title: say(`Relancer le déploiement de ${own.name}`, `Start the deployment of ${own.name} again`),
    reason,
    changes: [
      {
        write: own.update({ forceNewDeployment: true }),
        state: own.describe('services[0].runningCount >= services[0].desiredCount'),
        after: true,
        within: ROLLOUT,
      },
    ],
    irreversible: say(
      'un déploiement relancé ne change aucune configuration\u00a0: il n’y a rien à rétablir',
      'a deployment that is started again changes no configuration: there is nothing to set back',
    ),
    unless: own.deployment,
  };
}
