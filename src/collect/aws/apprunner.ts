import {
  AppRunnerClient,
  DescribeServiceCommand,
  paginateListServices,
  type ServiceSummary,
} from '@aws-sdk/client-apprunner';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const SERVICE: Kind = 'AWS::AppRunner::Service';

/**
 * Services of App Runner, and what those that files name run: variables and secrets by name alone. AWS App Runner API
 * Reference, version 2020-05-15.
 */
export const apprunner = defineAwsCollector({
  id: 'apprunner',
  title: { fr: 'App Runner', en: 'App Runner' },
  service: 'apprunner',
  where: 'regions',
  Client: AppRunnerClient,
  kinds: [SERVICE],
  permissions: { ListServices: 'apprunner:ListServices', DescribeService: 'apprunner:DescribeService' },
  async collect(aws) {
    await listOf(
      aws,
      [SERVICE],
      paginateListServices,
      { MaxResults: 20 },
      ({ ServiceSummaryList }) => ServiceSummaryList,
      (one) => see(aws, one),
    );
  },
});

async function see(aws: AwsScope, one: ServiceSummary): Promise<void> {
  const { ServiceName: name = '', ServiceArn } = one;
  const { output, refusal } = aws.isDeclared(SERVICE, name)
    ? await aws.ask(DescribeServiceCommand, { ServiceArn })
    : {};
  const is = output?.Service;
  const source = is?.SourceConfiguration;
  const image = source?.ImageRepository;
  const code = source?.CodeRepository?.CodeConfiguration?.CodeConfigurationValues;
  const configuration = image?.ImageConfiguration ?? code;
  const instance = is?.InstanceConfiguration;
  aws.see({
    kind: SERVICE,
    name,
    ...(ServiceArn && { arn: ServiceArn }),
    otherNames: [one.ServiceUrl],
    operation: is ? 'DescribeService' : 'ListServices',
    properties: {
      status: one.Status,
      serviceUrl: one.ServiceUrl,
      cpu: instance?.Cpu,
      memory: instance?.Memory,
      port: configuration?.Port,
      healthCheckPath: is?.HealthCheckConfiguration?.Path,
      autoDeploymentsEnabled: source?.AutoDeploymentsEnabled,
      isPubliclyAccessible: is?.NetworkConfiguration?.IngressConfiguration?.IsPubliclyAccessible,
      variables: configuration && Object.keys(configuration.RuntimeEnvironmentVariables ?? {}).sort(),
      secrets: configuration && Object.keys(configuration.RuntimeEnvironmentSecrets ?? {}).sort(),
    },
    relations: [
      image?.ImageIdentifier ? relation('uses-image', 'Docker::Image', image.ImageIdentifier) : undefined,
      instance?.InstanceRoleArn ? relation('assumes', 'AWS::IAM::Role', instance.InstanceRoleArn) : undefined,
      source?.AuthenticationConfiguration?.AccessRoleArn
        ? relation('assumes', 'AWS::IAM::Role', source.AuthenticationConfiguration.AccessRoleArn)
        : undefined,
    ],
    refusals: [refusal],
  });
}
