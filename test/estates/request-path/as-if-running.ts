import { ACCOUNT, zoneOf } from './account.ts';
import { type Answers, eachElement, elementOf, withElement } from './answers.ts';

/** A service as ECS tells it, as far as it is changed. Amazon ECS API Reference, Service. */
export interface EcsService {
  serviceArn: string;
  serviceName: string;
  status: string;
  desiredCount: number;
  runningCount: number;
  pendingCount: number;
  taskDefinition: string;
  healthCheckGracePeriodSeconds?: number;
  deploymentConfiguration?: object;
  deployments: EcsDeployment[];
  events: { id: string; createdAt: number; message: string }[];
  [member: string]: unknown;
}

export interface EcsDeployment {
  id: string;
  status: string;
  taskDefinition: string;
  desiredCount: number;
  runningCount: number;
  pendingCount: number;
  failedTasks: number;
  rolloutState: string;
  rolloutStateReason: string;
  [member: string]: unknown;
}

/** Seconds that a task may take until its health counts, unless somebody says otherwise. */
const GRACE = 90;

/**
 * What moto cannot hold, told of the account as it is at the moment: moto starts no task, asks no target whether it is
 * well, and forgets what a service says of its deployments. Every service has the tasks that it wants, each registered
 * target is healthy in the zone of its subnet, and nothing has stopped.
 */
export function asIfRunning(answers: Answers): void {
  const graces = new Map<string, number>();
  answers.patch(
    'ecs:UpdateService',
    (
      answer: { service: EcsService },
      { parameters }: { parameters: { healthCheckGracePeriodSeconds?: number } },
    ) => {
      const { healthCheckGracePeriodSeconds: grace } = parameters;
      if (grace !== undefined) graces.set(answer.service.serviceArn, grace);
      return { service: running(answer.service, graces) };
    },
  );
  answers.patch('ecs:DescribeServices', (answer: { services: EcsService[] }) => ({
    ...answer,
    services: answer.services.map((service) => running(service, graces)),
  }));
  answers.patch('ecs:ListTasks', (answer: { taskArns: string[] }, { parameters }) =>
    parameters.desiredStatus === 'STOPPED' ? { ...answer, taskArns: [] } : answer,
  );
  answers.patch('elasticloadbalancing:DescribeTargetHealth', inZones);
  answers.patch('acm:DescribeCertificate', (answer: Partial<Certificate>) =>
    // one that is gone has no answer to change
    answer.Certificate ? inUse({ Certificate: answer.Certificate }) : answer,
  );
  answers.patch('acm:ListCertificates', (answer: { CertificateSummaryList: object[] }) => ({
    ...answer,
    CertificateSummaryList: answer.CertificateSummaryList.map((one) => ({ ...one, InUse: true })),
  }));
}

interface Certificate {
  Certificate: { CertificateArn: string; InUseBy?: string[] };
}

/** moto knows which load balancers use a certificate, and of no distribution: those of the home region are theirs. */
const inUse = ({ Certificate: one, ...answer }: Certificate) => ({
  ...answer,
  Certificate: {
    ...one,
    ...(one.CertificateArn.split(':')[3] === 'us-east-1' && {
      InUseBy: [`arn:aws:cloudfront::${ACCOUNT}:distribution/EHARBOURWEB`],
    }),
  },
});

function running(service: EcsService, graces: ReadonlyMap<string, number>): EcsService {
  const { desiredCount } = service;
  return {
    ...service,
    runningCount: desiredCount,
    pendingCount: 0,
    healthCheckGracePeriodSeconds: graces.get(service.serviceArn) ?? GRACE,
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    deployments: service.deployments
      .filter(({ status }) => status === 'PRIMARY')
      .map((deployment) => ({
        ...deployment,
        taskDefinition: service.taskDefinition,
        desiredCount,
        runningCount: desiredCount,
        pendingCount: 0,
        failedTasks: 0,
        rolloutState: 'COMPLETED',
        rolloutStateReason: `ECS deployment ${deployment.id} completed.`,
      })),
    events: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        createdAt: 1_795_000_000,
        message: `(service ${service.serviceName}) has reached a steady state.`,
      },
    ],
  };
}

/** moto names no zone of a target. */
const inZones = (xml: string): string =>
  eachElement(xml, 'Target', (target) => {
    const zone = zoneOf(elementOf(target, 'Id') ?? '');
    return zone === undefined ? target : withElement(target, 'AvailabilityZone', zone);
  });
