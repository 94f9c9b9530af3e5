import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { defineAwsCollector } from './aws-collector.ts';
import { hint, listedKinds, MOST_HINTS } from './hints/hint.ts';
import { tagsOf } from './parts.ts';

/** What else bears a tag, or did. Resource Groups Tagging API Reference, version 2017-01-26. */
export const tagging = defineAwsCollector({
  id: 'tagging',
  title: { fr: 'étiquettes', en: 'tags' },
  service: 'tag',
  where: 'regions-and-home',
  Client: ResourceGroupsTaggingAPIClient,
  kinds: [],
  permissions: { GetResources: 'tag:GetResources' },
  async collect(aws) {
    const listed = await listedKinds();
    let seen = 0;
    await aws.list([], async () => {
      for await (const page of aws.pages(paginateGetResources, { ResourcesPerPage: 100 })) {
        for (const { ResourceARN: arn = '', Tags } of page.ResourceTagMappingList ?? [])
          hint(aws, listed, { arn, tags: tagsOf(Tags), operation: 'GetResources' });
        seen += page.ResourceTagMappingList?.length ?? 0;
        if (seen >= MOST_HINTS) return;
      }
    });
  },
});
