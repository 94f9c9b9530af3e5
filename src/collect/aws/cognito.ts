import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  paginateListUserPools,
  type UserPoolDescriptionType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const POOL: Kind = 'AWS::Cognito::UserPool';

/** User pools; the settings of those that files name. Amazon Cognito user pools API Reference, version 2016-04-18. */
export const cognito = defineAwsCollector({
  id: 'cognito',
  title: { fr: 'Cognito', en: 'Cognito' },
  service: 'cognito-idp',
  where: 'regions',
  Client: CognitoIdentityProviderClient,
  kinds: [POOL],
  permissions: {
    ListUserPools: 'cognito-idp:ListUserPools',
    DescribeUserPool: 'cognito-idp:DescribeUserPool',
  },
  async collect(aws) {
    await listOf(
      aws,
      [POOL],
      paginateListUserPools,
      { MaxResults: 60 },
      ({ UserPools }) => UserPools,
      (pool) => see(aws, pool),
    );
  },
});

async function see(aws: AwsScope, { Id = '', Name = '' }: UserPoolDescriptionType): Promise<void> {
  const isNamed = aws.isDeclared(POOL, Id) || aws.isDeclared(POOL, Name);
  const { output, refusal } = isNamed ? await aws.ask(DescribeUserPoolCommand, { UserPoolId: Id }) : {};
  const is = output?.UserPool;
  aws.see({
    kind: POOL,
    name: Id,
    arn: `arn:${aws.partition}:cognito-idp:${aws.region}:${aws.account}:userpool/${Id}`,
    otherNames: [Name],
    operation: is ? 'DescribeUserPool' : 'ListUserPools',
    properties: {
      userPoolName: Name,
      mfaConfiguration: is?.MfaConfiguration,
      deletionProtection: is?.DeletionProtection,
      minimumPasswordLength: is?.Policies?.PasswordPolicy?.MinimumLength,
      estimatedNumberOfUsers: is?.EstimatedNumberOfUsers,
    },
    refusals: [refusal],
  });
}
