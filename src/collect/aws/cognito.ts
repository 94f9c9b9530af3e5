import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  paginateListUserPools,
  type UserPoolDescriptionType,
} from '@aws-sdk/client-cognito-identity-provider';
import { environmentsOf } from '#lib/environments.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';
import { moment, stated, text } from './stated.ts';
import { whileListing } from './while-listing.ts';

const POOL = 'AWS::Cognito::UserPool';

/**
 * User pools; how those that a file names are protected. Amazon Cognito User Pools API Reference, version 2016-04-18.
 */
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
    await aws.list([POOL], () =>
      whileListing(async (begin) => {
        for await (const { UserPools = [] } of aws.pages(paginateListUserPools, { MaxResults: 60 }))
          for (const pool of UserPools) begin(see(aws, pool));
      }),
    );
  },
});

async function see(aws: AwsScope, { Id = '', Name = '', ...pool }: UserPoolDescriptionType): Promise<void> {
  const isNamed = aws.isDeclared(POOL, Id) || aws.isDeclared(POOL, Name);
  const answer = isNamed ? await aws.ask(DescribeUserPoolCommand, { UserPoolId: Id }) : undefined;
  const detail = answer?.output?.UserPool;
  const policy = detail?.Policies?.PasswordPolicy;
  const triggers = Object.values(pool.LambdaConfig ?? {}).flatMap((value) =>
    typeof value === 'string' && value.split(':')[2] === 'lambda' ? value : [],
  );
  aws.see({
    kind: POOL,
    name: Id,
    arn: detail?.Arn ?? `arn:${aws.partition}:cognito-idp:${aws.region}:${aws.account}:userpool/${Id}`,
    operation: detail ? 'DescribeUserPool' : 'ListUserPools',
    otherNames: [Name],
    properties: {
      name: Name,
      creationDate: moment(pool.CreationDate),
      lastModifiedDate: moment(pool.LastModifiedDate),
      mfaConfiguration: detail?.MfaConfiguration,
      deletionProtection: detail?.DeletionProtection,
      userPoolTier: detail?.UserPoolTier,
      estimatedNumberOfUsers: detail?.EstimatedNumberOfUsers,
      domain: text(detail?.CustomDomain) ?? text(detail?.Domain),
      allowAdminCreateUserOnly: detail?.AdminCreateUserConfig?.AllowAdminCreateUserOnly,
      passwordPolicy:
        policy &&
        stated({
          minimumLength: policy.MinimumLength,
          requireUppercase: policy.RequireUppercase,
          requireLowercase: policy.RequireLowercase,
          requireNumbers: policy.RequireNumbers,
          requireSymbols: policy.RequireSymbols,
          temporaryPasswordValidityDays: policy.TemporaryPasswordValidityDays,
        }),
    },
    relations: triggers.map((arn) => relation('triggers', 'AWS::Lambda::Function', arn)),
    refusals: [answer?.refusal],
    environments: environmentsOf(Name),
  });
}
