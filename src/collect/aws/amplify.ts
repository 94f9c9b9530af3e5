import { AmplifyClient, paginateListApps } from '@aws-sdk/client-amplify';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const APP: Kind = 'AWS::Amplify::App';

/** Applications of Amplify Hosting. AWS Amplify API Reference, version 2017-07-25. Variables by name alone. */
export const amplify = defineAwsCollector({
  id: 'amplify',
  title: { fr: 'Amplify', en: 'Amplify' },
  service: 'amplify',
  where: 'regions',
  Client: AmplifyClient,
  kinds: [APP],
  permissions: { ListApps: 'amplify:ListApps' },
  async collect(aws) {
    await listOf(
      aws,
      [APP],
      paginateListApps,
      { maxResults: 100 },
      ({ apps }) => apps,
      (one) =>
        aws.see({
          kind: APP,
          name: one.appId ?? '',
          ...(one.appArn && { arn: one.appArn }),
          otherNames: [one.name, one.defaultDomain],
          operation: 'ListApps',
          properties: {
            appName: one.name,
            platform: one.platform,
            defaultDomain: one.defaultDomain,
            variables: Object.keys(one.environmentVariables ?? {}).sort(),
          },
        }),
    );
  },
});
