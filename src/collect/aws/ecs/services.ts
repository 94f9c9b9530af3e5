import type { Deployment, LoadBalancer, Service, TaskSet } from '@aws-sdk/client-ecs';
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
  const set = primarySet(service);
  const definition = definitionOf(service);
  const { awsvpcConfiguration: network } = service.networkConfiguration ?? set?.networkConfiguration ?? {};
  const { deploymentCircuitBreaker: breaker, ...deployment } = service.deploymentConfiguration ?? {};
  const providers = service.capacityProviderStrategy?.flatMap(
    ({ capacityProvider }) => capacityProvider ?? [],
  );
  return {
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: service.runningCount,
    pendingCount: service.pendingCount,
    launchType: service.launchType ?? set?.launchType,
    capacityProviders: providers && providers.length > 0 ? providers : undefined,
    platformVersion: service.platformVersion,
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: service.deploymentController?.type,
    taskDefinition: definition && lastPart(definition),
    loadBalancers: service.loadBalancers?.map(boundOf),
    taskSets: taskSetsOf(service),
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

/** Two groups take turns where the deployment is blue and green. Amazon ECS API Reference, AdvancedConfiguration. */
const boundOf = ({
  targetGroupArn,
  containerName,
  containerPort,
  advancedConfiguration,
}: LoadBalancer): Json =>
  stated({
    targetGroupArn,
    containerName,
    containerPort,
    alternateTargetGroupArn: advancedConfiguration?.alternateTargetGroupArn,
  });

/** Of a service that another controller deploys: what runs, each with its own groups. Amazon ECS API Reference, TaskSet. */
function taskSetsOf({ taskSets = [] }: Service): Json | undefined {
  const sets = taskSets.map((set) =>
    stated({
      id: set.id,
      status: set.status,
      taskDefinition: set.taskDefinition && lastPart(set.taskDefinition),
      desired: set.computedDesiredCount,
      running: set.runningCount,
      pending: set.pendingCount,
      scale: set.scale?.value,
      stabilityStatus: set.stabilityStatus,
      loadBalancers: set.loadBalancers?.map(boundOf),
    }),
  );
  return sets.length > 0 ? sets : undefined;
}

/** The set that takes the requests, where another controller than ECS deploys the service. */
const primarySet = ({ taskSets = [] }: Service): TaskSet | undefined =>
  taskSets.find(({ status }) => status === 'PRIMARY');

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

/** What a service runs: it says so itself, or its primary set does. */
export const definitionOf = (service: Service): string | undefined =>
  service.taskDefinition ?? primarySet(service)?.taskDefinition;

export function relationsOf(service: Service): RelationFact[] {
  const definition = definitionOf(service);
  const bound = [service, ...(service.taskSets ?? [])].flatMap(({ loadBalancers = [] }) => loadBalancers);
  const groups = new Set(
    bound.flatMap(({ targetGroupArn, advancedConfiguration }) =>
      [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].flatMap((arn) => arn ?? []),
    ),
  );
  return [
    ...(definition ? [relation('uses-task-definition', TASK_DEFINITION, familyOf(definition))] : []),
    ...[...groups].map((arn) => relation('registers-in', 'AWS::ElasticLoadBalancingV2::TargetGroup', arn)),
  ];
}
