import type { Deployment, Service } from '@aws-sdk/client-ecs';
import { maskSecrets } from '#lib/mask.ts';
import type { Json, RelationFact } from '#model/fact.ts';
import { lastPart, relation } from '../parts.ts';
import { moment, stated } from '../stated.ts';
import { familyOf, TASK_DEFINITION } from './task-definitions.ts';

/** A service keeps its last 100 events; these are the ones that say what it is waiting for. */
const EVENTS = 5;

/** What a service is and how it fares. Amazon ECS API Reference, Service. */
export function propertiesOf(service: Service): Record<string, Json | undefined> {
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  const events = (service.events ?? []).filter(({ message }) => message).slice(0, EVENTS);
  const { awsvpcConfiguration: network } = service.networkConfiguration ?? {};
  const { deploymentCircuitBreaker: breaker, ...deployment } = service.deploymentConfiguration ?? {};
  const providers = service.capacityProviderStrategy?.flatMap(
    ({ capacityProvider }) => capacityProvider ?? [],
  );
  return {
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: service.runningCount,
    pendingCount: service.pendingCount,
    launchType: service.launchType,
    capacityProviders: providers && providers.length > 0 ? providers : undefined,
    platformVersion: service.platformVersion,
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: service.deploymentController?.type,
    taskDefinition: service.taskDefinition && lastPart(service.taskDefinition),
    loadBalancers: service.loadBalancers?.map(({ targetGroupArn, containerName, containerPort }) =>
      stated({ targetGroupArn, containerName, containerPort }),
    ),
    serviceRegistries: registriesOf(service),
    serviceConnect: primary?.serviceConnectConfiguration?.enabled,
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    subnets: network?.subnets,
    securityGroups: network?.securityGroups,
    assignPublicIp: network?.assignPublicIp,
    circuitBreaker: breaker?.enable,
    circuitBreakerRollback: breaker?.rollback,
    minimumHealthyPercent: deployment.minimumHealthyPercent,
    maximumPercent: deployment.maximumPercent,
    enableExecuteCommand: service.enableExecuteCommand,
    rolloutState: primary?.rolloutState,
    rolloutStateReason: primary?.rolloutStateReason && maskSecrets(primary.rolloutStateReason),
    deployments: service.deployments?.map(deploymentOf),
    events: service.events && events.map(({ message = '' }) => maskSecrets(message)),
    // of each event, in the same order
    eventTimes: service.events && events.map(({ createdAt }) => moment(createdAt) ?? ''),
    createdAt: moment(service.createdAt),
  };
}

function registriesOf({ serviceRegistries = [] }: Service): Json | undefined {
  const registries = serviceRegistries.map(({ registryArn, containerName, containerPort, port }) =>
    stated({ registryArn, containerName, containerPort, port }),
  );
  return registries.length > 0 ? registries : undefined;
}

const deploymentOf = (deployment: Deployment): Json =>
  stated({
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinition && lastPart(deployment.taskDefinition),
    desired: deployment.desiredCount,
    running: deployment.runningCount,
    pending: deployment.pendingCount,
    failedTasks: deployment.failedTasks,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason && maskSecrets(deployment.rolloutStateReason),
    createdAt: moment(deployment.createdAt),
  });

export const relationsOf = (service: Service): RelationFact[] => [
  ...(service.taskDefinition
    ? [relation('uses-task-definition', TASK_DEFINITION, familyOf(service.taskDefinition))]
    : []),
  ...(service.loadBalancers ?? []).flatMap(({ targetGroupArn }) =>
    targetGroupArn
      ? [relation('registers-in', 'AWS::ElasticLoadBalancingV2::TargetGroup', targetGroupArn)]
      : [],
  ),
];
