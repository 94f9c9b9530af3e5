// Made by tools/generate-rules.ts: npm run generate.
import type { AnyRule } from '#model/rule.ts';
import { actionUnpinned } from './workflows/action-unpinned.ts';
import { composeMountsDockerSocket } from './containers/compose-mounts-docker-socket.ts';
import { composePrivileged } from './containers/compose-privileged.ts';
import { composePublishesDatabase } from './containers/compose-publishes-database.ts';
import { containerRunsAsRoot } from './containers/container-runs-as-root.ts';
import { defaultSecretInExample } from './files/default-secret-in-example.ts';
import { deployIgnoresTests } from './workflows/deploy-ignores-tests.ts';
import { deployWithoutSmokeTest } from './workflows/deploy-without-smoke-test.ts';
import { docPathMissing } from './documents/doc-path-missing.ts';
import { docsContradictEachOther } from './documents/docs-contradict-each-other.ts';
import { documentedResourceUnused } from './documents/documented-resource-unused.ts';
import { environmentFileCommitted } from './files/environment-file-committed.ts';
import { environmentIncomplete } from './systems/environment-incomplete.ts';
import { environmentMismatch } from './workflows/environment-mismatch.ts';
import { failureMasked } from './workflows/failure-masked.ts';
import { healthcheckMissing } from './containers/healthcheck-missing.ts';
import { imageBaseUnpinned } from './containers/image-base-unpinned.ts';
import { imageTagMutable } from './workflows/image-tag-mutable.ts';
import { obsoleteComposeKept } from './containers/obsolete-compose-kept.ts';
import { productionDeployUnprotected } from './workflows/production-deploy-unprotected.ts';
import { pullRequestDeploys } from './workflows/pull-request-deploys.ts';
import { pullRequestTargetChecksOutHead } from './workflows/pull-request-target-checks-out-head.ts';
import { pushedImageNotDeployed } from './workflows/pushed-image-not-deployed.ts';
import { resourceDrifted } from './account/resource-drifted.ts';
import { resourceFailed } from './account/resource-failed.ts';
import { resourceMissing } from './account/resource-missing.ts';
import { resourceUndeclared } from './account/resource-undeclared.ts';
import { resourceUndocumented } from './documents/resource-undocumented.ts';
import { rollbackUndocumented } from './documents/rollback-undocumented.ts';
import { scriptInjection } from './workflows/script-injection.ts';
import { secretCommitted } from './files/secret-committed.ts';
import { serviceShortOfTasks } from './account/service-short-of-tasks.ts';
import { stepScriptMissing } from './workflows/step-script-missing.ts';
import { targetsUnhealthy } from './account/targets-unhealthy.ts';
import { taskDefinitionFileMissing } from './workflows/task-definition-file-missing.ts';
import { terraformStateCommitted } from './files/terraform-state-committed.ts';
import { trackedAlthoughIgnored } from './files/tracked-although-ignored.ts';
import { workflowAuthInconsistent } from './workflows/workflow-auth-inconsistent.ts';
import { workflowBuildsWithoutDeploying } from './workflows/workflow-builds-without-deploying.ts';
import { workflowNamesAccountInline } from './workflows/workflow-names-account-inline.ts';
import { workflowNeverRuns } from './workflows/workflow-never-runs.ts';
import { workflowPathsMatchNothing } from './workflows/workflow-paths-match-nothing.ts';
import { workflowPermissionsBroad } from './workflows/workflow-permissions-broad.ts';
import { workflowRunFails } from './account/workflow-run-fails.ts';
import { workflowSecretNotPassed } from './workflows/workflow-secret-not-passed.ts';
import { workflowStaticCredentials } from './workflows/workflow-static-credentials.ts';
import { workflowWithoutConcurrency } from './workflows/workflow-without-concurrency.ts';

/** Every rule, by id. */
export const rules: readonly AnyRule[] = [
  actionUnpinned,
  composeMountsDockerSocket,
  composePrivileged,
  composePublishesDatabase,
  containerRunsAsRoot,
  defaultSecretInExample,
  deployIgnoresTests,
  deployWithoutSmokeTest,
  docPathMissing,
  docsContradictEachOther,
  documentedResourceUnused,
  environmentFileCommitted,
  environmentIncomplete,
  environmentMismatch,
  failureMasked,
  healthcheckMissing,
  imageBaseUnpinned,
  imageTagMutable,
  obsoleteComposeKept,
  productionDeployUnprotected,
  pullRequestDeploys,
  pullRequestTargetChecksOutHead,
  pushedImageNotDeployed,
  resourceDrifted,
  resourceFailed,
  resourceMissing,
  resourceUndeclared,
  resourceUndocumented,
  rollbackUndocumented,
  scriptInjection,
  secretCommitted,
  serviceShortOfTasks,
  stepScriptMissing,
  targetsUnhealthy,
  taskDefinitionFileMissing,
  terraformStateCommitted,
  trackedAlthoughIgnored,
  workflowAuthInconsistent,
  workflowBuildsWithoutDeploying,
  workflowNamesAccountInline,
  workflowNeverRuns,
  workflowPathsMatchNothing,
  workflowPermissionsBroad,
  workflowRunFails,
  workflowSecretNotPassed,
  workflowStaticCredentials,
  workflowWithoutConcurrency,
];
