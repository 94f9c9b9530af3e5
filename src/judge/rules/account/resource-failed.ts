import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { failuresAt } from '../../derived/path-failures.ts';
import { some, titled } from '../../derived/place.ts';

/** Of each kind the property that tells its state, and the states that its service calls a failure. */
const FAILURES: Readonly<Partial<Record<Kind, readonly [property: string, states: RegExp]>>> = {
  // CloudFormation User Guide, “Stack status codes”; after UPDATE_ROLLBACK_COMPLETE the stack is what it was before
  'AWS::CloudFormation::Stack': ['stackStatus', /_FAILED$|^ROLLBACK_COMPLETE$/],
  // RDS User Guide, “Viewing Amazon RDS DB instance status”
  'AWS::RDS::DBInstance': [
    'status',
    /^(?:failed|storage-full|inaccessible-encryption-credentials|incompatible-[\w-]+|restore-error)$/,
  ],
  'AWS::RDS::DBCluster': ['status', /^(?:failed|inaccessible-encryption-credentials|migration-failed)$/],
  // ACM API Reference, CertificateDetail
  'AWS::CertificateManager::Certificate': ['status', /^(?:EXPIRED|FAILED|REVOKED|VALIDATION_TIMED_OUT)$/],
  // Elastic Load Balancing API Reference, LoadBalancerState
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['state', /^(?:failed|active_impaired)$/],
  // Lambda API Reference, FunctionConfiguration
  'AWS::Lambda::Function': ['state', /^Failed$/],
  // KMS Developer Guide, “Key states”: a key that is disabled or about to be deleted decrypts nothing
  'AWS::KMS::Key': ['keyState', /^(?:PendingDeletion|Disabled|Unavailable)$/],
  'AWS::DynamoDB::Table': ['status', /^(?:INACCESSIBLE_ENCRYPTION_CREDENTIALS|ARCHIVED)$/],
  'AWS::ElastiCache::CacheCluster': ['status', /^(?:create-failed|incompatible-network|restore-failed)$/],
  'AWS::ElastiCache::ReplicationGroup': ['status', /^(?:create-failed)$/],
  'AWS::EKS::Cluster': ['status', /^FAILED$/],
  'AWS::EKS::Nodegroup': ['status', /^(?:CREATE_FAILED|DELETE_FAILED|DEGRADED)$/],
  'AWS::EC2::NatGateway': ['state', /^failed$/],
};

/** The checks of a path that tell the same of what stands on it, and what follows from it. */
const TOLD_ON_PATHS = [
  'certificate-expired',
  'certificate-not-issued',
  'load-balancer-inactive',
  'function-inactive',
  'nat-gateway-unusable',
];

/** A resource of which its own service says that it does not work. */
export const resourceFailed = defineRule({
  id: 'resource-failed',
  severity: 'high',
  subject: 'resource',
  title: {
    fr: 'Ressource dont le service dit qu’elle est en échec',
    en: 'Resource that its service says has failed',
  },
  risk: {
    fr: 'Ce qui en dépend ne marche pas, ou ne pourra plus être changé.',
    en: 'What depends on it does not work, or can no longer be changed.',
  },
  remedy: {
    fr: 'Lire la raison de l’échec auprès du service, puis réparer, recréer ou retirer la ressource.',
    en: 'Read the reason of the failure at the service, then repair, recreate or remove the resource.',
  },
  evaluate(resource, { paths }) {
    const [property, states] = FAILURES[resource.kind] ?? [];
    if (property === undefined || !states) return notApplicable;
    const state = resource.properties[property];
    const evidence = some(resource.observed.slice(0, 1));
    if (typeof state !== 'string' || !evidence) return notApplicable;
    if (!states.test(state)) return ok;
    if (TOLD_ON_PATHS.some((id) => failuresAt(paths, id, resource.id).length > 0)) return notApplicable;
    const { title } = kindOf(resource.kind);
    const { failureReason, stateReason } = resource.properties;
    const why = [failureReason, stateReason].find((text) => typeof text === 'string' && text !== '');
    const reason =
      why === undefined
        ? { fr: '', en: '' }
        : { fr: `\u00a0: ${code(String(why))}`, en: `: ${code(String(why))}` };
    return gaps([
      {
        // what no file declares may be left from a trial
        ...(resource.declared.length === 0 && { severity: 'low' as const }),
        title: titled(
          code(resource.name),
          `${title.fr} en état ${code(state)}`,
          `${title.en} in state ${code(state)}`,
        ),
        message: {
          fr: `Le service dit ${code(`${property}=${state}`)}${reason.fr}.`,
          en: `The service says ${code(`${property}=${state}`)}${reason.en}.`,
        },
        evidence,
      },
    ]);
  },
});
