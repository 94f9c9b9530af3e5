import type { Remedy } from '../remedy.ts';
import { actionUnpinned } from './action-unpinned.ts';
import { byHand } from './by-hand.ts';
import { cdnAliasMissing } from './cdn-alias-missing.ts';
import { cdnDisabled } from './cdn-disabled.ts';
import { certificateMissing } from './certificate-missing.ts';
import { codeDefaultSecretInUse } from './code-default-secret-in-use.ts';
import { commandExecutionOnHost } from './command-execution-on-host.ts';
import { containerEnvironmentDiffers } from './container-environment-differs.ts';
import { containerFailing } from './container-failing.ts';
import { containerListens } from './container-listens.ts';
import { containerPortMismatch } from './container-port-mismatch.ts';
import { containerWithoutRestartPolicy } from './container-without-restart-policy.ts';
import { defaultSecretInUse } from './default-secret-in-use.ts';
import { dnsRecordMissing } from './dns-record-missing.ts';
import { endpointPolicyDenies } from './endpoint-policy-denies.ts';
import { endpointUnreachable } from './endpoint-unreachable.ts';
import { environmentFileCommitted } from './environment-file-committed.ts';
import { firewallAbsent } from './firewall-absent.ts';
import { functionThrottled } from './function-throttled.ts';
import { gracePeriodShort } from './grace-period-short.ts';
import { healthCheckMismatch } from './health-check-mismatch.ts';
import { hostNetwork } from './host-network.ts';
import { hostPorts } from './host-ports.ts';
import { hostSettings } from './host-settings.ts';
import { hostUnits } from './host-units.ts';
import { imageBaseUnpinned } from './image-base-unpinned.ts';
import { imageMissing } from './image-missing.ts';
import { imagePullFailing } from './image-pull-failing.ts';
import { listenerForwardsHttp } from './listener-forwards-http.ts';
import { listenerMissing } from './listener-missing.ts';
import { listenerRuleShadowed } from './listener-rule-shadowed.ts';
import { listenerWrongTarget } from './listener-wrong-target.ts';
import { logGroupMissing } from './log-group-missing.ts';
import { natGatewayUnusable } from './nat-gateway-unusable.ts';
import { networkAclBlocks } from './network-acl-blocks.ts';
import { obsoleteComposeKept } from './obsolete-compose-kept.ts';
import { originMissing } from './origin-missing.ts';
import { originNameUncoverable } from './origin-name-uncoverable.ts';
import { originPathUnexpected } from './origin-path-unexpected.ts';
import { originProtocolMismatch } from './origin-protocol-mismatch.ts';
import { portCollisionIfStarted } from './port-collision-if-started.ts';
import { productionDeployUnprotected } from './production-deploy-unprotected.ts';
import { publicIpMissing } from './public-ip-missing.ts';
import { r2BucketPublic } from './r2-bucket-public.ts';
import { redirectLoop } from './redirect-loop.ts';
import { resourceDrifted } from './resource-drifted.ts';
import { resourceMissing } from './resource-missing.ts';
import { routeMissing } from './route-missing.ts';
import { routerWithoutServer } from './router-without-server.ts';
import { secretCommitted } from './secret-committed.ts';
import { securityGroupBlocks } from './security-group-blocks.ts';
import { serviceBehindRevision } from './service-behind-revision.ts';
import { serviceShortOfTasks } from './service-short-of-tasks.ts';
import { serviceTokenExpiring } from './service-token-expiring.ts';
import { sshRootLogin } from './ssh-root-login.ts';
import { targetPortMismatch } from './target-port-mismatch.ts';
import { targetZoneNotEnabled } from './target-zone-not-enabled.ts';
import { viewerHttpAllowed } from './viewer-http-allowed.ts';
import { workflowStaticCredentials } from './workflow-static-credentials.ts';
import { zoneHttpsNotEnforced } from './zone-https-not-enforced.ts';

/** Every remedy, in the order in which a request meets what they mend; then accounts, hosts, and files. */
export const remedies: readonly Remedy[] = [
  dnsRecordMissing,
  certificateMissing,
  cdnDisabled,
  cdnAliasMissing,
  viewerHttpAllowed,
  originMissing,
  originPathUnexpected,
  redirectLoop,
  listenerMissing,
  originProtocolMismatch,
  originNameUncoverable,
  listenerForwardsHttp,
  listenerWrongTarget,
  listenerRuleShadowed,
  targetZoneNotEnabled,
  healthCheckMismatch,
  routeMissing,
  natGatewayUnusable,
  networkAclBlocks,
  securityGroupBlocks,
  endpointUnreachable,
  endpointPolicyDenies,
  imageMissing,
  logGroupMissing,
  gracePeriodShort,
  containerPortMismatch,
  containerListens,
  serviceBehindRevision,
  serviceShortOfTasks,
  publicIpMissing,
  targetPortMismatch,
  imagePullFailing,
  functionThrottled,
  byHand,
  resourceMissing,
  resourceDrifted,
  defaultSecretInUse,
  codeDefaultSecretInUse,
  commandExecutionOnHost,
  hostPorts,
  firewallAbsent,
  routerWithoutServer,
  hostNetwork,
  hostUnits,
  containerFailing,
  hostSettings,
  sshRootLogin,
  containerEnvironmentDiffers,
  containerWithoutRestartPolicy,
  zoneHttpsNotEnforced,
  r2BucketPublic,
  serviceTokenExpiring,
  environmentFileCommitted,
  secretCommitted,
  workflowStaticCredentials,
  actionUnpinned,
  productionDeployUnprotected,
  imageBaseUnpinned,
  portCollisionIfStarted,
  obsoleteComposeKept,
];
