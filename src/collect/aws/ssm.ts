import { paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { moment } from './stated.ts';

const PARAMETER: Kind = 'AWS::SSM::Parameter';

/** Parameters by name and type. AWS Systems Manager API Reference, version 2014-11-06. No value is ever asked for. */
export const ssm = defineAwsCollector({
  id: 'ssm',
  title: { fr: 'Systems Manager (paramètres)', en: 'Systems Manager (parameters)' },
  service: 'ssm',
  where: 'regions',
  Client: SSMClient,
  kinds: [PARAMETER],
  permissions: { DescribeParameters: 'ssm:DescribeParameters' },
  async collect(aws) {
    await listOf(
      aws,
      [PARAMETER],
      paginateDescribeParameters,
      { MaxResults: 50 },
      ({ Parameters }) => Parameters,
      (one) => {
        const name = one.Name ?? '';
        aws.see({
          kind: PARAMETER,
          name,
          arn:
            one.ARN ??
            `arn:${aws.partition}:ssm:${aws.region}:${aws.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
          operation: 'DescribeParameters',
          properties: {
            type: one.Type,
            tier: one.Tier,
            version: one.Version,
            lastModifiedDate: moment(one.LastModifiedDate),
          },
          builtIn: name.startsWith('/aws/') || name.startsWith('/cdk-bootstrap/'),
        });
      },
    );
  },
});
