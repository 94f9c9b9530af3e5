// Made by tools/generate-rules.ts: npm run generate.
import type { AnyRule } from '#model/rule.ts';
import { accessApplicationOpen } from './cloudflare/access-application-open.ts';
import { actionUnpinned } from './workflows/action-unpinned.ts';
import { apiDomainInactive } from './path/api-domain-inactive.ts';
import { apiEndpointDisabled } from './path/api-endpoint-disabled.ts';
import { apiStageMissing } from './path/api-stage-missing.ts';
import { apiTokenWithoutExpiry } from './cloudflare/api-token-without-expiry.ts';
import { backendBypassesProxy } from './hosts/backend-bypasses-proxy.ts';
import { bucketNotPublic } from './path/bucket-not-public.ts';
import { bucketUnreadable } from './path/bucket-unreadable.ts';
import { capacityMissing } from './path/capacity-missing.ts';
import { cdnAliasMissing } from './path/cdn-alias-missing.ts';
import { cdnDisabled } from './path/cdn-disabled.ts';
import { certificateExpired } from './path/certificate-expired.ts';
import { certificateMissing } from './path/certificate-missing.ts';
import { certificateNotCovering } from './path/certificate-not-covering.ts';
import { certificateNotIssued } from './path/certificate-not-issued.ts';
import { certificateOnDiskExpiring } from './hosts/certificate-on-disk-expiring.ts';
import { certificatePackExpiring } from './cloudflare/certificate-pack-expiring.ts';
import { certificateWrongRegion } from './path/certificate-wrong-region.ts';
import { codeDefaultSecretInUse } from './hosts/code-default-secret-in-use.ts';
import { commandExecutionOnHost } from './hosts/command-execution-on-host.ts';
import { compatibilityDateOld } from './workers/compatibility-date-old.ts';
import { composeFilesPublishSamePort } from './containers/compose-files-publish-same-port.ts';
import { composeMountsDockerSocket } from './containers/compose-mounts-docker-socket.ts';
import { composePrivileged } from './containers/compose-privileged.ts';
import { composePublishesDatabase } from './containers/compose-publishes-database.ts';
import { containerCrashing } from './path/container-crashing.ts';
import { containerEnvironmentDiffers } from './hosts/container-environment-differs.ts';
import { containerFailing } from './hosts/container-failing.ts';
import { containerListensElsewhere } from './path/container-listens-elsewhere.ts';
import { containerListensLocally } from './path/container-listens-locally.ts';
import { containerNotRunning } from './path/container-not-running.ts';
import { containerOutOfMemory } from './path/container-out-of-memory.ts';
import { containerPortMismatch } from './path/container-port-mismatch.ts';
import { containerPrivilegedRunning } from './hosts/container-privileged-running.ts';
import { containerRunsAsRoot } from './containers/container-runs-as-root.ts';
import { containerUnhealthy } from './path/container-unhealthy.ts';
import { containerWithoutRestartPolicy } from './hosts/container-without-restart-policy.ts';
import { corsAnyOrigin } from './workers/cors-any-origin.ts';
import { corsOriginReflected } from './workers/cors-origin-reflected.ts';
import { dashboardExposed } from './proxies/dashboard-exposed.ts';
import { dashboardOpenOnHost } from './proxies/dashboard-open-on-host.ts';
import { dataPortReachable } from './hosts/data-port-reachable.ts';
import { defaultSecretInExample } from './files/default-secret-in-example.ts';
import { defaultSecretInUse } from './hosts/default-secret-in-use.ts';
import { deployIgnoresTests } from './workflows/deploy-ignores-tests.ts';
import { deployWithoutSmokeTest } from './workflows/deploy-without-smoke-test.ts';
import { deploymentContinuesAfterFailedCheck } from './workers/deployment-continues-after-failed-check.ts';
import { deploymentFailed } from './path/deployment-failed.ts';
import { dnsRecordMisdirected } from './path/dns-record-misdirected.ts';
import { dnsRecordMissing } from './path/dns-record-missing.ts';
import { dnsRecordsDisagree } from './path/dns-records-disagree.ts';
import { dnsWwwMissing } from './path/dns-www-missing.ts';
import { docPathMissing } from './documents/doc-path-missing.ts';
import { docsContradictEachOther } from './documents/docs-contradict-each-other.ts';
import { documentedResourceUnused } from './documents/documented-resource-unused.ts';
import { endpointPolicyDenies } from './path/endpoint-policy-denies.ts';
import { endpointUnreachable } from './path/endpoint-unreachable.ts';
import { engineSocketMounted } from './hosts/engine-socket-mounted.ts';
import { environmentFileCommitted } from './files/environment-file-committed.ts';
import { environmentIncomplete } from './systems/environment-incomplete.ts';
import { environmentMismatch } from './workflows/environment-mismatch.ts';
import { failureMasked } from './workflows/failure-masked.ts';
import { firewallAbsent } from './hosts/firewall-absent.ts';
import { functionInactive } from './path/function-inactive.ts';
import { functionThrottled } from './path/function-throttled.ts';
import { gracePeriodShort } from './path/grace-period-short.ts';
import { healthCheckMismatch } from './path/health-check-mismatch.ts';
import { healthRouteMissing } from './workers/health-route-missing.ts';
import { healthcheckMissing } from './containers/healthcheck-missing.ts';
import { hostFirewallBlocks } from './path/host-firewall-blocks.ts';
import { hostPortClosed } from './path/host-port-closed.ts';
import { hostUnitFailed } from './hosts/host-unit-failed.ts';
import { hostUnitNeedsReload } from './hosts/host-unit-needs-reload.ts';
import { hostUnitNotRunning } from './hosts/host-unit-not-running.ts';
import { hostUpkeep } from './hosts/host-upkeep.ts';
import { imageArchitectureMismatch } from './path/image-architecture-mismatch.ts';
import { imageBaseUnpinned } from './containers/image-base-unpinned.ts';
import { imageMissing } from './path/image-missing.ts';
import { imagePullFailing } from './path/image-pull-failing.ts';
import { imageTagMutable } from './workflows/image-tag-mutable.ts';
import { listenerAnswersItself } from './path/listener-answers-itself.ts';
import { listenerForwardsHttp } from './path/listener-forwards-http.ts';
import { listenerMissing } from './path/listener-missing.ts';
import { listenerRuleShadowed } from './path/listener-rule-shadowed.ts';
import { listenerWrongTarget } from './path/listener-wrong-target.ts';
import { loadBalancerInactive } from './path/load-balancer-inactive.ts';
import { loadBalancerInternal } from './path/load-balancer-internal.ts';
import { logGroupMissing } from './path/log-group-missing.ts';
import { logsUnwritable } from './path/logs-unwritable.ts';
import { natGatewayUnusable } from './path/nat-gateway-unusable.ts';
import { networkAclBlocks } from './path/network-acl-blocks.ts';
import { nginxLocationShadowed } from './proxies/nginx-location-shadowed.ts';
import { obsoleteComposeKept } from './containers/obsolete-compose-kept.ts';
import { originLoop } from './path/origin-loop.ts';
import { originMissing } from './path/origin-missing.ts';
import { originNameUncoverable } from './path/origin-name-uncoverable.ts';
import { originPathUnexpected } from './path/origin-path-unexpected.ts';
import { originProtocolMismatch } from './path/origin-protocol-mismatch.ts';
import { pagesDomainMissing } from './path/pages-domain-missing.ts';
import { portCollisionIfStarted } from './hosts/port-collision-if-started.ts';
import { portOpenPastFirewall } from './hosts/port-open-past-firewall.ts';
import { probeDnsUnresolved } from './path/probe-dns-unresolved.ts';
import { probeHttpFailed } from './path/probe-http-failed.ts';
import { probeOriginDiffers } from './path/probe-origin-differs.ts';
import { probeRedirectLoop } from './path/probe-redirect-loop.ts';
import { probeTlsExpired } from './path/probe-tls-expired.ts';
import { probeTlsInvalid } from './path/probe-tls-invalid.ts';
import { probeTlsNameMismatch } from './path/probe-tls-name-mismatch.ts';
import { probeTlsVersionOld } from './path/probe-tls-version-old.ts';
import { productionDatabaseWipedByScript } from './workers/production-database-wiped-by-script.ts';
import { productionDeployUnprotected } from './workflows/production-deploy-unprotected.ts';
import { proxyFilesContradict } from './proxies/proxy-files-contradict.ts';
import { proxyNetworkUnreachable } from './path/proxy-network-unreachable.ts';
import { proxyUpstreamStale } from './proxies/proxy-upstream-stale.ts';
import { proxyUpstreamUndefined } from './proxies/proxy-upstream-undefined.ts';
import { publicIpMissing } from './path/public-ip-missing.ts';
import { pullRequestDeploys } from './workflows/pull-request-deploys.ts';
import { pullRequestTargetChecksOutHead } from './workflows/pull-request-target-checks-out-head.ts';
import { pushedImageNotDeployed } from './workflows/pushed-image-not-deployed.ts';
import { r2BucketPublic } from './cloudflare/r2-bucket-public.ts';
import { rateLimitingMissing } from './workers/rate-limiting-missing.ts';
import { redirectLoop } from './path/redirect-loop.ts';
import { resourceDrifted } from './account/resource-drifted.ts';
import { resourceFailed } from './account/resource-failed.ts';
import { resourceMissing } from './account/resource-missing.ts';
import { resourceUndeclared } from './account/resource-undeclared.ts';
import { resourceUndocumented } from './documents/resource-undocumented.ts';
import { retiredComposeReusesPort } from './containers/retired-compose-reuses-port.ts';
import { retiredComposeTouchesRunning } from './hosts/retired-compose-touches-running.ts';
import { rollbackUndocumented } from './documents/rollback-undocumented.ts';
import { routeMissing } from './path/route-missing.ts';
import { routerDisabled } from './path/router-disabled.ts';
import { routerMissing } from './path/router-missing.ts';
import { routerSwitchedOff } from './proxies/router-switched-off.ts';
import { routerWithoutServer } from './proxies/router-without-server.ts';
import { scriptInjection } from './workflows/script-injection.ts';
import { secretCommitted } from './files/secret-committed.ts';
import { secretUnreadable } from './path/secret-unreadable.ts';
import { securityGroupBlocks } from './path/security-group-blocks.ts';
import { securityHeadersMissing } from './workers/security-headers-missing.ts';
import { serviceBehindRevision } from './path/service-behind-revision.ts';
import { serviceInactive } from './path/service-inactive.ts';
import { serviceShortOfTasks } from './account/service-short-of-tasks.ts';
import { serviceTokenExpiring } from './cloudflare/service-token-expiring.ts';
import { sshPasswordLogin } from './hosts/ssh-password-login.ts';
import { sshRootLogin } from './hosts/ssh-root-login.ts';
import { stepScriptMissing } from './workflows/step-script-missing.ts';
import { targetGroupEmpty } from './path/target-group-empty.ts';
import { targetPortMismatch } from './path/target-port-mismatch.ts';
import { targetZoneNotEnabled } from './path/target-zone-not-enabled.ts';
import { targetsUnhealthy } from './account/targets-unhealthy.ts';
import { taskDefinitionFileMissing } from './workflows/task-definition-file-missing.ts';
import { tasksStoppedByHealthCheck } from './path/tasks-stopped-by-health-check.ts';
import { terraformStateCommitted } from './files/terraform-state-committed.ts';
import { tokenAudienceUnchecked } from './workers/token-audience-unchecked.ts';
import { tokenSignatureUnverified } from './workers/token-signature-unverified.ts';
import { trackedAlthoughIgnored } from './files/tracked-although-ignored.ts';
import { traefikEntryPointUndefined } from './proxies/traefik-entry-point-undefined.ts';
import { traefikMiddlewareUndefined } from './proxies/traefik-middleware-undefined.ts';
import { traefikServiceUndefined } from './proxies/traefik-service-undefined.ts';
import { tunnelDown } from './path/tunnel-down.ts';
import { unitInactive } from './path/unit-inactive.ts';
import { unitRunsAsRoot } from './hosts/unit-runs-as-root.ts';
import { unitSecretInEnvironment } from './hosts/unit-secret-in-environment.ts';
import { unitWithoutRestart } from './hosts/unit-without-restart.ts';
import { upstreamAddressUnknown } from './path/upstream-address-unknown.ts';
import { upstreamListensLocally } from './path/upstream-listens-locally.ts';
import { upstreamPortClosed } from './path/upstream-port-closed.ts';
import { upstreamUnhealthy } from './path/upstream-unhealthy.ts';
import { viewerHttpAllowed } from './path/viewer-http-allowed.ts';
import { viewerHttpsOnly } from './path/viewer-https-only.ts';
import { wafManagedRulesOff } from './cloudflare/waf-managed-rules-off.ts';
import { webAclMissing } from './path/web-acl-missing.ts';
import { webhookSignatureUnchecked } from './workers/webhook-signature-unchecked.ts';
import { workerBaseOverwritesEnvironment } from './workers/worker-base-overwrites-environment.ts';
import { workerBindingDangling } from './cloudflare/worker-binding-dangling.ts';
import { workerBindingDiffers } from './cloudflare/worker-binding-differs.ts';
import { workerBindingIncomplete } from './workers/worker-binding-incomplete.ts';
import { workerBindingUndeclared } from './workers/worker-binding-undeclared.ts';
import { workerBindingUnused } from './workers/worker-binding-unused.ts';
import { workerDeployedElsewhere } from './cloudflare/worker-deployed-elsewhere.ts';
import { workerDomainInherited } from './workers/worker-domain-inherited.ts';
import { workerEnvironmentIncomplete } from './workers/worker-environment-incomplete.ts';
import { workerMissing } from './path/worker-missing.ts';
import { workerNameReused } from './workers/worker-name-reused.ts';
import { workerObservabilityOff } from './workers/worker-observability-off.ts';
import { workerPublicBesideAccess } from './cloudflare/worker-public-beside-access.ts';
import { workerRouteMissing } from './path/worker-route-missing.ts';
import { workerSecretInVars } from './workers/worker-secret-in-vars.ts';
import { workerUndeclaredUsesData } from './cloudflare/worker-undeclared-uses-data.ts';
import { workerVersionOfAnotherCommit } from './cloudflare/worker-version-of-another-commit.ts';
import { workersDevOpenBesideAccess } from './workers/workers-dev-open-beside-access.ts';
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
import { zoneHttpsNotEnforced } from './cloudflare/zone-https-not-enforced.ts';
import { zoneSslFlexible } from './cloudflare/zone-ssl-flexible.ts';
import { zoneTlsOld } from './cloudflare/zone-tls-old.ts';

/** Every rule, by id. */
export const rules: readonly AnyRule[] = [
  accessApplicationOpen,
  actionUnpinned,
  apiDomainInactive,
  apiEndpointDisabled,
  apiStageMissing,
  apiTokenWithoutExpiry,
  backendBypassesProxy,
  bucketNotPublic,
  bucketUnreadable,
  capacityMissing,
  cdnAliasMissing,
  cdnDisabled,
  certificateExpired,
  certificateMissing,
  certificateNotCovering,
  certificateNotIssued,
  certificateOnDiskExpiring,
  certificatePackExpiring,
  certificateWrongRegion,
  codeDefaultSecretInUse,
  commandExecutionOnHost,
  compatibilityDateOld,
  composeFilesPublishSamePort,
  composeMountsDockerSocket,
  composePrivileged,
  composePublishesDatabase,
  containerCrashing,
  containerEnvironmentDiffers,
  containerFailing,
  containerListensElsewhere,
  containerListensLocally,
  containerNotRunning,
  containerOutOfMemory,
  containerPortMismatch,
  containerPrivilegedRunning,
  containerRunsAsRoot,
  containerUnhealthy,
  containerWithoutRestartPolicy,
  corsAnyOrigin,
  corsOriginReflected,
  dashboardExposed,
  dashboardOpenOnHost,
  dataPortReachable,
  defaultSecretInExample,
  defaultSecretInUse,
  deployIgnoresTests,
  deployWithoutSmokeTest,
  deploymentContinuesAfterFailedCheck,
  deploymentFailed,
  dnsRecordMisdirected,
  dnsRecordMissing,
  dnsRecordsDisagree,
  dnsWwwMissing,
  docPathMissing,
  docsContradictEachOther,
  documentedResourceUnused,
  endpointPolicyDenies,
  endpointUnreachable,
  engineSocketMounted,
  environmentFileCommitted,
  environmentIncomplete,
  environmentMismatch,
  failureMasked,
  firewallAbsent,
  functionInactive,
  functionThrottled,
  gracePeriodShort,
  healthCheckMismatch,
  healthRouteMissing,
  healthcheckMissing,
  hostFirewallBlocks,
  hostPortClosed,
  hostUnitFailed,
  hostUnitNeedsReload,
  hostUnitNotRunning,
  hostUpkeep,
  imageArchitectureMismatch,
  imageBaseUnpinned,
  imageMissing,
  imagePullFailing,
  imageTagMutable,
  listenerAnswersItself,
  listenerForwardsHttp,
  listenerMissing,
  listenerRuleShadowed,
  listenerWrongTarget,
  loadBalancerInactive,
  loadBalancerInternal,
  logGroupMissing,
  logsUnwritable,
  natGatewayUnusable,
  networkAclBlocks,
  nginxLocationShadowed,
  obsoleteComposeKept,
  originLoop,
  originMissing,
  originNameUncoverable,
  originPathUnexpected,
  originProtocolMismatch,
  pagesDomainMissing,
  portCollisionIfStarted,
  portOpenPastFirewall,
  probeDnsUnresolved,
  probeHttpFailed,
  probeOriginDiffers,
  probeRedirectLoop,
  probeTlsExpired,
  probeTlsInvalid,
  probeTlsNameMismatch,
  probeTlsVersionOld,
  productionDatabaseWipedByScript,
  productionDeployUnprotected,
  proxyFilesContradict,
  proxyNetworkUnreachable,
  proxyUpstreamStale,
  proxyUpstreamUndefined,
  publicIpMissing,
  pullRequestDeploys,
  pullRequestTargetChecksOutHead,
  pushedImageNotDeployed,
  r2BucketPublic,
  rateLimitingMissing,
  redirectLoop,
  resourceDrifted,
  resourceFailed,
  resourceMissing,
  resourceUndeclared,
  resourceUndocumented,
  retiredComposeReusesPort,
  retiredComposeTouchesRunning,
  rollbackUndocumented,
  routeMissing,
  routerDisabled,
  routerMissing,
  routerSwitchedOff,
  routerWithoutServer,
  scriptInjection,
  secretCommitted,
  secretUnreadable,
  securityGroupBlocks,
  securityHeadersMissing,
  serviceBehindRevision,
  serviceInactive,
  serviceShortOfTasks,
  serviceTokenExpiring,
  sshPasswordLogin,
  sshRootLogin,
  stepScriptMissing,
  targetGroupEmpty,
  targetPortMismatch,
  targetZoneNotEnabled,
  targetsUnhealthy,
  taskDefinitionFileMissing,
  tasksStoppedByHealthCheck,
  terraformStateCommitted,
  tokenAudienceUnchecked,
  tokenSignatureUnverified,
  trackedAlthoughIgnored,
  traefikEntryPointUndefined,
  traefikMiddlewareUndefined,
  traefikServiceUndefined,
  tunnelDown,
  unitInactive,
  unitRunsAsRoot,
  unitSecretInEnvironment,
  unitWithoutRestart,
  upstreamAddressUnknown,
  upstreamListensLocally,
  upstreamPortClosed,
  upstreamUnhealthy,
  viewerHttpAllowed,
  viewerHttpsOnly,
  wafManagedRulesOff,
  webAclMissing,
  webhookSignatureUnchecked,
  workerBaseOverwritesEnvironment,
  workerBindingDangling,
  workerBindingDiffers,
  workerBindingIncomplete,
  workerBindingUndeclared,
  workerBindingUnused,
  workerDeployedElsewhere,
  workerDomainInherited,
  workerEnvironmentIncomplete,
  workerMissing,
  workerNameReused,
  workerObservabilityOff,
  workerPublicBesideAccess,
  workerRouteMissing,
  workerSecretInVars,
  workerUndeclaredUsesData,
  workerVersionOfAnotherCommit,
  workersDevOpenBesideAccess,
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
  zoneHttpsNotEnforced,
  zoneSslFlexible,
  zoneTlsOld,
];
