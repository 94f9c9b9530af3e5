import { AppRunnerClient, paginateListServices } from '@aws-sdk/client-apprunner';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const SERVICE: Kind = 'AWS::AppRunner::Service';

/** Services of App Runner. AWS App Runner API Reference, version 2020-05-15. */
export const apprunner = defineAwsCollector({
  id: 'apprunner',
  title: { fr: 'App Runner', en: 'App Runner' },
  service: 'apprunner',
  where: 'regions',
  Client: AppRunnerClient,
  kinds: [SERVICE],
  permissions: { ListServices: 'apprunner:ListServices' },
  async collect(aws) {
    await listOf(
      aws,
      [SERVICE],
      paginateListServices,
      { MaxResults: 20 },
      ({ ServiceSummaryList }) => ServiceSummaryList,
      (one) =>
        aws.see({
          kind: SERVICE,
          name: one.ServiceName ?? '',
          ...(one.ServiceArn && { arn: one.ServiceArn }),
          otherNames: [one.ServiceUrl],
          operation: 'ListServices',
          properties: { status: one.Status, serviceUrl: one.ServiceUrl },
        }),
    );
  },
});
