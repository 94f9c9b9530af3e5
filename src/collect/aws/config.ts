import {
  ConfigServiceClient,
  paginateDescribeConfigurationAggregators,
  paginateSelectAggregateResourceConfig,
} from '@aws-sdk/client-config-service';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { type Hint, hint, listedKinds, MOST_HINTS } from './hints/hint.ts';

/** An account has few; an organisation's one holds what all of them do. */
const MOST_AGGREGATORS = 3;

/** What else an aggregator of AWS Config holds, where there is one. AWS Config API Reference, version 2014-11-12. */
export const config = defineAwsCollector({
  id: 'config',
  title: { fr: 'AWS Config', en: 'AWS Config' },
  service: 'config',
  where: 'regions',
  Client: ConfigServiceClient,
  kinds: [],
  permissions: {
    DescribeConfigurationAggregators: 'config:DescribeConfigurationAggregators',
    SelectAggregateResourceConfig: 'config:SelectAggregateResourceConfig',
  },
  async collect(aws) {
    const listed = await listedKinds();
    await aws.list([], async () => {
      const names: string[] = [];
      for await (const page of aws.pages(paginateDescribeConfigurationAggregators, {}))
        for (const { ConfigurationAggregatorName: name } of page.ConfigurationAggregators ?? [])
          if (name) names.push(name);
      for (const name of names.sort().slice(0, MOST_AGGREGATORS))
        for await (const one of resourcesOf(aws, name)) hint(aws, listed, one);
    });
  },
});

async function* resourcesOf(aws: AwsScope, ConfigurationAggregatorName: string): AsyncIterable<Hint> {
  const pages = aws.pages(paginateSelectAggregateResourceConfig, {
    ConfigurationAggregatorName,
    Expression: `SELECT arn, resourceType WHERE accountId = '${aws.account}' AND awsRegion IN ('${aws.region}', 'global')`,
    Limit: 100,
  });
  let seen = 0;
  for await (const { Results = [] } of pages) {
    for (const result of Results) {
      const read = hintIn(result);
      if (read) yield read;
    }
    seen += Results.length;
    if (seen >= MOST_HINTS) return;
  }
}

/** A row of the answer: an object as JSON text, with the columns that were selected and are there. */
function hintIn(row: string): Hint | undefined {
  try {
    const { arn, resourceType } = JSON.parse(row) as Record<string, unknown>;
    if (typeof arn !== 'string') return undefined;
    const type = typeof resourceType === 'string' ? { type: resourceType } : {};
    return { arn, operation: 'SelectAggregateResourceConfig', ...type };
  } catch {
    return undefined;
  }
}
