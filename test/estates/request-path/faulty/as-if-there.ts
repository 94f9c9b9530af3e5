import { type Answers, eachElement, withElement } from '../answers.ts';
import type { EcsDeployment, EcsService } from '../as-if-running.ts';
import { ACCOUNT, GRACE, REGION } from './account.ts';

/** Seconds since 1970: the days on which things happened. */
const on = (day: string) => Date.parse(`${day}T09:00:00Z`) / 1000;

const PULL =
  'CannotPullContainerError: The task cannot pull the image from registry. There is a connection issue between the task and registry. Check your task network configuration. : failed to do request: Head "https://REGISTRY/v2/phare-vitrine/manifests/1.5.0": dial tcp 10.60.0.9:443: i/o timeout'.replace(
    'REGISTRY',
    `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`,
  );

interface Updated {
  networkConfiguration?: { awsvpcConfiguration: { assignPublicIp?: string } };
  healthCheckGracePeriodSeconds?: number;
}

/**
 * What moto cannot hold of this account, told of what it holds at the moment: as long as the tasks have no address of the
 * internet the last revision does not start, and the two tasks of the one before do not answer their health check; once
 * they have one, the last revision runs and its targets are healthy. The days are those of the audit, not of the test.
 */
export function asIfThere(answers: Answers): void {
  onDays(answers);
  const updated: Updated = {};
  const isReached = (service: EcsService) => configuration(service, updated).assignPublicIp === 'ENABLED';
  let reached = false;
  const told = (service: EcsService) => {
    reached = isReached(service);
    return asTold(service, updated, reached);
  };
  answers.patch(
    'ecs:UpdateService',
    (answer: { service: EcsService }, { parameters }: { parameters: Updated }) => {
      const { networkConfiguration, healthCheckGracePeriodSeconds } = parameters;
      if (networkConfiguration) updated.networkConfiguration = networkConfiguration;
      if (healthCheckGracePeriodSeconds !== undefined)
        updated.healthCheckGracePeriodSeconds = healthCheckGracePeriodSeconds;
      return { service: told(answer.service) };
    },
  );
  answers.patch('ecs:DescribeServices', (answer: { services: EcsService[] }) => ({
    ...answer,
    services: answer.services.map(told),
  }));
  const stopped = [1, 2, 3].map(
    (number) => `arn:aws:ecs:${REGION}:${ACCOUNT}:task/phare/${String(number).padStart(32, '0')}`,
  );
  answers.patch('ecs:ListTasks', (_: object, { parameters }) => ({
    taskArns: parameters.desiredStatus === 'STOPPED' && !reached ? stopped : [],
  }));
  answers.patch('ecs:DescribeTasks', () => ({
    failures: [],
    tasks: stopped.map((taskArn) => ({
      taskArn,
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: PULL,
      stoppedAt: on('2026-11-20'),
      taskDefinitionArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/phare-vitrine:3`,
      containers: [{ name: 'phare-vitrine' }],
    })),
  }));
  answers.patch('elasticloadbalancing:DescribeTargetHealth', (xml: string) => {
    const zoned = eachElement(xml, 'Target', (target) =>
      withElement(target, 'AvailabilityZone', `${REGION}${target.includes('10.60.0.') ? 'a' : 'b'}`),
    );
    return reached ? zoned : eachElement(zoned, 'TargetHealth', failing);
  });
}

const failing = (health: string): string =>
  [
    ['State', 'unhealthy'],
    ['Reason', 'Target.FailedHealthChecks'],
    ['Description', 'Health checks failed'],
  ].reduce((xml, [name = '', text = '']) => withElement(xml, name, text), health);

function configuration(service: EcsService, { networkConfiguration }: Updated): Record<string, unknown> {
  const own = service.networkConfiguration as { awsvpcConfiguration: Record<string, unknown> };
  return { ...own.awsvpcConfiguration, ...networkConfiguration?.awsvpcConfiguration };
}

function asTold(service: EcsService, updated: Updated, isReached: boolean): EcsService {
  const { desiredCount, deployments, taskDefinition, serviceName } = service;
  const latest = taskDefinition.includes(':task-definition/')
    ? taskDefinition
    : `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/${taskDefinition}`;
  const [primary] = deployments as [EcsDeployment];
  const times = { createdAt: on('2026-11-20'), updatedAt: on('2026-11-20') };
  const completed = {
    ...primary,
    ...times,
    status: 'PRIMARY',
    taskDefinition: latest,
    desiredCount,
    runningCount: desiredCount,
    pendingCount: 0,
    failedTasks: 0,
    rolloutState: 'COMPLETED',
    rolloutStateReason: 'ECS deployment completed.',
  };
  const stuck = {
    ...completed,
    runningCount: 0,
    pendingCount: 1,
    failedTasks: 4,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: 'ECS deployment in progress.',
  };
  const before = {
    ...completed,
    id: 'ecs-svc/0000000000000000001',
    status: 'ACTIVE',
    taskDefinition: latest.replace(/:3$/, ':2'),
    createdAt: on('2026-11-02'),
    updatedAt: on('2026-11-02'),
  };
  const event = (message: string) => ({
    id: '00000000-0000-4000-8000-000000000001',
    createdAt: on('2026-11-20'),
    message: `(service ${serviceName}) ${message}`,
  });
  return {
    ...service,
    taskDefinition: latest,
    createdAt: on('2026-10-12'),
    runningCount: desiredCount,
    pendingCount: isReached ? 0 : 1,
    healthCheckGracePeriodSeconds: updated.healthCheckGracePeriodSeconds ?? GRACE,
    networkConfiguration: { awsvpcConfiguration: configuration(service, updated) },
    deployments: isReached ? [completed] : [stuck, before],
    events: [
      event(isReached ? 'has reached a steady state.' : `was unable to start a task. Reason: ${PULL}`),
    ],
  };
}

interface Certificate {
  CertificateArn: string;
}

/** Days that moto would give as those of the test. */
function onDays(answers: Answers): void {
  const valid = { NotBefore: on('2026-06-01'), NotAfter: on('2027-07-01'), Status: 'ISSUED' };
  const made = { CreatedAt: on('2026-06-01'), IssuedAt: on('2026-06-01') };
  answers.patch('acm:ListCertificates', (answer: { CertificateSummaryList: Certificate[] }) => ({
    ...answer,
    CertificateSummaryList: answer.CertificateSummaryList.map((one) => ({
      ...one,
      ...valid,
      ...made,
      InUse: true,
    })),
  }));
  answers.patch('acm:DescribeCertificate', (answer: { Certificate: Certificate }) => ({
    Certificate: {
      ...answer.Certificate,
      ...valid,
      ...made,
      ...(answer.Certificate.CertificateArn.includes(':us-east-1:') && {
        InUseBy: [`arn:aws:cloudfront::${ACCOUNT}:distribution/EPHARE`],
      }),
    },
  }));
  answers.patch('ecr:DescribeImages', (answer: { imageDetails: object[] }) => ({
    ...answer,
    imageDetails: answer.imageDetails.map((one) => ({ ...one, imagePushedAt: on('2026-11-19') })),
  }));
  answers.patch('ecr:DescribeRepositories', (answer: { repositories: object[] }) => ({
    ...answer,
    repositories: answer.repositories.map((one) => ({ ...one, createdAt: on('2026-06-01') })),
  }));
  const day = '2026-06-01T09:00:00.000Z';
  for (const operation of ['elasticloadbalancing:*', 'ec2:*', 'iam:*', 'cloudfront:*', 'route53:*'])
    answers.patch(operation, (xml: string) =>
      xml.replace(
        /(<(\w*(?:Created?|Create|creation)\w*(?:Time|Date|Timestamp)?)>)[^<]*\d{4}-\d\d-\d\dT[^<]*(<\/\2>)/gi,
        `$1${day}$3`,
      ),
    );
}
