import {
  GetDefaultViewCommand,
  ListIndexesCommand,
  paginateListResources,
  ResourceExplorer2Client,
} from '@aws-sdk/client-resource-explorer-2';
import { defineAwsCollector } from './aws-collector.ts';
import { hint, listedKinds, MOST_HINTS } from './hints/hint.ts';

/**
 * What else an index of Resource Explorer holds, where there is one: a search without an index may make one, with
 * credentials that are allowed to. AWS Resource Explorer API Reference, version 2022-07-28.
 */
export const resourceExplorer = defineAwsCollector({
  id: 'resource-explorer',
  title: { fr: 'Resource Explorer', en: 'Resource Explorer' },
  service: 'resource-explorer-2',
  where: 'regions',
  Client: ResourceExplorer2Client,
  kinds: [],
  permissions: {
    ListIndexes: 'resource-explorer-2:ListIndexes',
    GetDefaultView: 'resource-explorer-2:GetDefaultView',
    ListResources: 'resource-explorer-2:ListResources',
  },
  async collect(aws) {
    const listed = await listedKinds();
    await aws.list([], async () => {
      const { Indexes = [] } = await aws.read(ListIndexesCommand, { Regions: [aws.region] });
      if (Indexes.length === 0) return;
      const { ViewArn } = await aws.read(GetDefaultViewCommand, {});
      if (!ViewArn) return;
      const input = { ViewArn, MaxResults: 1000, Filters: { FilterString: `region:${aws.region},global` } };
      let seen = 0;
      for await (const { Resources = [] } of aws.pages(paginateListResources, input)) {
        for (const { Arn: arn = '', CfnResourceType: type } of Resources)
          hint(aws, listed, { arn, operation: 'ListResources', ...(type !== undefined && { type }) });
        seen += Resources.length;
        if (seen >= MOST_HINTS) return;
      }
    });
  },
});
