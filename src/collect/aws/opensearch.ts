import { DescribeDomainsCommand, ListDomainNamesCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import { batches } from '#lib/batches.ts';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';

const DOMAIN: Kind = 'AWS::OpenSearchService::Domain';

/** Domains of OpenSearch and Elasticsearch. Amazon OpenSearch Service API Reference, version 2021-01-01. */
export const opensearch = defineAwsCollector({
  id: 'opensearch',
  title: { fr: 'OpenSearch', en: 'OpenSearch' },
  service: 'es',
  where: 'regions',
  Client: OpenSearchClient,
  kinds: [DOMAIN],
  permissions: { ListDomainNames: 'es:ListDomainNames', DescribeDomains: 'es:DescribeDomains' },
  async collect(aws) {
    await aws.list([DOMAIN], async () => {
      const { DomainNames = [] } = await aws.read(ListDomainNamesCommand, {});
      const names = DomainNames.flatMap(({ DomainName }) => DomainName ?? []);
      await Promise.all(batches(names, 5).map((batch) => see(aws, batch)));
    });
  },
});

async function see(aws: AwsScope, names: string[]): Promise<void> {
  const { output, refusal } = await aws.ask(DescribeDomainsCommand, { DomainNames: names });
  const described = new Map(output?.DomainStatusList?.map((one) => [one.DomainName, one]));
  for (const name of names) {
    const is = described.get(name);
    aws.see({
      kind: DOMAIN,
      name,
      arn: is?.ARN ?? `arn:${aws.partition}:es:${aws.region}:${aws.account}:domain/${name}`,
      otherNames: [is?.Endpoint, ...Object.values(is?.Endpoints ?? {})],
      operation: is ? 'DescribeDomains' : 'ListDomainNames',
      properties: {
        engineVersion: is?.EngineVersion,
        instanceType: is?.ClusterConfig?.InstanceType,
        instanceCount: is?.ClusterConfig?.InstanceCount,
        encryptionAtRest: is?.EncryptionAtRestOptions?.Enabled,
        nodeToNodeEncryption: is?.NodeToNodeEncryptionOptions?.Enabled,
        enforceHTTPS: is?.DomainEndpointOptions?.EnforceHTTPS,
        inVpc: is && is.VPCOptions !== undefined,
      },
      refusals: [refusal],
    });
  }
}
