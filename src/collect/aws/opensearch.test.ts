import { expect, test } from 'vitest';
import { opensearch } from './opensearch.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (name: string) => `arn:aws:es:eu-west-3:${ACCOUNT}:domain/${name}`;
const listed = (...names: string[]) => ({ DomainNames: names.map((DomainName) => ({ DomainName })) });
const domain = (DomainName: string) => ({
  DomainName,
  ARN: arn(DomainName),
  EngineVersion: 'OpenSearch_2.19',
  Endpoints: { vpc: `vpc-${DomainName}.example` },
  ClusterConfig: { InstanceType: 't3.small.search', InstanceCount: 2 },
  EncryptionAtRestOptions: { Enabled: true },
  NodeToNodeEncryptionOptions: { Enabled: true },
  DomainEndpointOptions: { EnforceHTTPS: true },
  VPCOptions: { VPCId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
});
const described = ({ DomainNames }: { DomainNames: string[] }) => ({
  DomainStatusList: DomainNames.map(domain),
});

test('a domain says what it is, what it encrypts and where it is reached', async () => {
  const { facts } = await collected(opensearch, {
    'es:ListDomainNames': listed('search'),
    'es:DescribeDomains': described,
  });
  expect(factOf(facts, 'search')).toMatchObject({
    arn: arn('search'),
    otherNames: ['vpc-search.example'],
    properties: { engineVersion: 'OpenSearch_2.19', encryptionAtRest: true, enforceHTTPS: true, inVpc: true },
    relations: [{ type: 'in-vpc' }, { type: 'in-subnet' }, { type: 'protected-by' }],
  });
});

test('domains are described five at a time', async () => {
  const { facts, calls } = await collected(opensearch, {
    'es:ListDomainNames': listed('a', 'b', 'c', 'd', 'e', 'f'),
    'es:DescribeDomains': described,
  });
  expect(facts).toHaveLength(6);
  expect(calls.filter((call) => call === 'es:DescribeDomains')).toHaveLength(2);
});

test('a domain whose description is refused is there', async () => {
  const { facts } = await collected(opensearch, {
    'es:ListDomainNames': listed('search'),
    'es:DescribeDomains': DENIED,
  });
  expect(factOf(facts, 'search')).toMatchObject({
    arn: arn('search'),
    refusals: [{ operation: 'es:DescribeDomains', permission: 'es:DescribeDomains' }],
  });
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(opensearch, { 'es:ListDomainNames': DENIED });
  expect(lookups).toMatchObject([
    { refusal: { operation: 'es:ListDomainNames', permission: 'es:ListDomainNames' } },
  ]);
});
