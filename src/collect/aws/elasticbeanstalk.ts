import {
  DescribeApplicationsCommand,
  DescribeEnvironmentsCommand,
  ElasticBeanstalkClient,
} from '@aws-sdk/client-elastic-beanstalk';
import type { Kind, RelationFact } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { routeTo } from './endpoints.ts';
import { relation } from './parts.ts';
import { text } from './stated.ts';
import { tokenPages } from './token-pages.ts';

const APPLICATION: Kind = 'AWS::ElasticBeanstalk::Application';
const ENVIRONMENT: Kind = 'AWS::ElasticBeanstalk::Environment';

/** Applications and environments. AWS Elastic Beanstalk API Reference, version 2010-12-01. */
export const elasticbeanstalk = defineAwsCollector({
  id: 'elasticbeanstalk',
  title: { fr: 'Elastic Beanstalk', en: 'Elastic Beanstalk' },
  service: 'elasticbeanstalk',
  where: 'regions',
  Client: ElasticBeanstalkClient,
  kinds: [APPLICATION, ENVIRONMENT],
  permissions: {
    DescribeApplications: 'elasticbeanstalk:DescribeApplications',
    DescribeEnvironments: 'elasticbeanstalk:DescribeEnvironments',
  },
  async collect(aws) {
    await Promise.all([
      aws.list([APPLICATION], async () => {
        const { Applications = [] } = await aws.read(DescribeApplicationsCommand, {});
        for (const one of Applications)
          aws.see({
            kind: APPLICATION,
            name: one.ApplicationName ?? '',
            ...(one.ApplicationArn && { arn: one.ApplicationArn }),
            operation: 'DescribeApplications',
          });
      }),
      aws.list([ENVIRONMENT], async () => {
        const ask = (NextToken: string | undefined) =>
          aws.read(DescribeEnvironmentsCommand, { IncludeDeleted: false, MaxRecords: 1000, NextToken });
        for await (const { Environments = [] } of tokenPages(ask))
          for (const one of Environments)
            aws.see({
              kind: ENVIRONMENT,
              name: one.EnvironmentName ?? '',
              ...(one.EnvironmentArn && { arn: one.EnvironmentArn }),
              otherNames: [one.CNAME, one.EnvironmentId],
              operation: 'DescribeEnvironments',
              properties: {
                status: one.Status,
                health: one.Health,
                healthStatus: one.HealthStatus,
                versionLabel: one.VersionLabel,
                solutionStackName: one.SolutionStackName,
                platformArn: one.PlatformArn,
                tier: one.Tier?.Name,
                cname: text(one.CNAME),
                endpointURL: text(one.EndpointURL),
              },
              relations: [
                one.ApplicationName ? relation('part-of', APPLICATION, one.ApplicationName) : undefined,
                endpointOf(one.EndpointURL),
              ],
            });
      }),
    ]);
  },
});

/**
 * What an environment is reached by: its load balancer by its name, or the address of its one machine. AWS Elastic
 * Beanstalk API Reference, EnvironmentDescription.
 */
function endpointOf(url: string | undefined): RelationFact | undefined {
  if (url === undefined) return undefined;
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(url) ? relation('routes-to', 'AWS::EC2::EIP', url) : routeTo(url);
}
