import type { WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { Call } from '#model/workflow.ts';
import { argumentStrings, deploymentOf, deploys } from './calls.ts';

const BUILDS =
  /^(docker|podman|buildah|skopeo|crane|cosign|npm|node|pip3?|python3?|make|apt-get|go|mvn|gradle|sh|bash)$/;
const LOOKS_OR_STORES =
  /^(ecr|ecr-public|sts|configure|s3 cp|s3 ls|secretsmanager get|ssm get)|( |^)(describe|get|list|wait)/;

/** Whether a workflow may put into service what it builds, or leave that to someone: a deployment, or any call that could start one. */
export function mayDeploy(workflow: WorkflowSource): boolean {
  // a reusable workflow of another repository cannot be read; one that others call has callers that go on
  if (workflow.jobs.some(({ uses }) => uses && !uses.text.startsWith('./'))) return true;
  if (workflow.triggers.some(({ event }) => event === 'workflow_call')) return true;
  return workflow.runs.some(({ calls }) => calls.some(mayHandOver));
}

function mayHandOver(call: Call): boolean {
  if (deploymentOf(call) || call.remote !== undefined) return true;
  if (call.tool === 'aws') return !LOOKS_OR_STORES.test(call.operation);
  if (call.tool === 'git') return call.operation === 'push';
  return !BUILDS.test(call.tool);
}

/** Whether anything but this workflow and prose names an image repository and could put its image into service. */
export function isDeployedElsewhere(repository: string, by: WorkflowSource, estate: Estate): boolean {
  const { workflows, scripts } = estate.artifacts;
  const names = (calls: readonly Call[]) =>
    calls.some((call) => argumentStrings(call).some((text) => text.includes(repository)));
  const others = workflows.filter((one) => one !== by && one.runs.some(deploys));
  return (
    others.some(({ runs }) => runs.some((run) => deploys(run) && names(run.calls))) ||
    others.some(({ triggers }) => triggers.some(({ event }) => event === 'workflow_run')) ||
    scripts.some(({ calls }) => calls.some(deploymentOf) && names(calls)) ||
    isInConfiguration(repository, estate)
  );
}

/** Whether a task definition, a compose file or a manifest of the repository names the image. */
function isInConfiguration(repository: string, { resources }: Estate): boolean {
  const holds = resources.filter(
    ({ kind, name }) =>
      (kind === 'AWS::ECR::Repository' && name === repository) ||
      (kind === 'Docker::Image' && name.includes(`/${repository}`)),
  );
  return holds.some(({ facts }) =>
    facts.some(
      ({ evidence }) =>
        isFileEvidence(evidence) &&
        evidence.source === 'repo' &&
        !/^\.github\/|(^|\/)Dockerfile|\.env|\.sh$/.test(evidence.file),
    ),
  );
}
