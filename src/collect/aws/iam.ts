import {
  type AttachedPolicy,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  type ManagedPolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { maskSecrets } from '#lib/mask.ts';
import type { Json, Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';
import { moment } from './stated.ts';

const ROLE: Kind = 'AWS::IAM::Role';
const USER: Kind = 'AWS::IAM::User';
const POLICY: Kind = 'AWS::IAM::ManagedPolicy';
const PROVIDER: Kind = 'AWS::IAM::OIDCProvider';

/**
 * Roles, users and policies of the account in one list, and the providers whose tokens roles trust. AWS Identity and
 * Access Management API Reference, version 2010-05-08.
 */
export const iam = defineAwsCollector({
  id: 'iam',
  title: { fr: 'IAM', en: 'IAM' },
  service: 'iam',
  where: 'global',
  Client: IAMClient,
  kinds: [ROLE, USER, POLICY, PROVIDER],
  permissions: {
    GetAccountAuthorizationDetails: 'iam:GetAccountAuthorizationDetails',
    ListOpenIDConnectProviders: 'iam:ListOpenIDConnectProviders',
    GetOpenIDConnectProvider: 'iam:GetOpenIDConnectProvider',
  },
  async collect(aws) {
    await Promise.all([
      aws.list([ROLE, USER, POLICY], async () => {
        const input = { Filter: ['Role', 'User', 'LocalManagedPolicy'] as never, MaxItems: 1000 };
        for await (const page of aws.pages(paginateGetAccountAuthorizationDetails, input)) {
          for (const role of page.RoleDetailList ?? []) seeRole(aws, role);
          for (const user of page.UserDetailList ?? []) seeUser(aws, user);
          for (const policy of page.Policies ?? []) seePolicy(aws, policy);
        }
      }),
      aws.list([PROVIDER], async () => {
        const { OpenIDConnectProviderList = [] } = await aws.read(ListOpenIDConnectProvidersCommand, {});
        await Promise.all(OpenIDConnectProviderList.map(({ Arn = '' }) => seeProvider(aws, Arn)));
      }),
    ]);
  },
});

const LONGEST_DOCUMENT = 200_000;

/** A policy as IAM gives it, encoded for a URL (RFC 3986), as JSON; undefined when it is none. */
function documentOf(text: string | undefined): Json | undefined {
  if (text === undefined || text.length > LONGEST_DOCUMENT) return undefined;
  try {
    return JSON.parse(maskSecrets(decodeURIComponent(text))) as Json;
  } catch {
    return undefined;
  }
}

const inline = (list: readonly { PolicyName?: string; PolicyDocument?: string }[] | undefined): Json[] =>
  (list ?? []).flatMap(({ PolicyName = '', PolicyDocument }) => {
    const document = documentOf(PolicyDocument);
    return document === undefined ? [] : [{ name: PolicyName, document }];
  });
const attached = (list: readonly AttachedPolicy[] | undefined): string[] =>
  (list ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []);
const own = (arns: readonly string[]) =>
  arns.map((arn) => (arn.includes('::aws:policy/') ? undefined : relation('has-policy', POLICY, arn)));

function seeRole(aws: AwsScope, role: RoleDetail): void {
  const policies = attached(role.AttachedManagedPolicies);
  aws.see({
    kind: ROLE,
    name: role.RoleName ?? '',
    ...(role.Arn && { arn: role.Arn }),
    operation: 'GetAccountAuthorizationDetails',
    properties: {
      path: role.Path,
      assumeRolePolicyDocument: documentOf(role.AssumeRolePolicyDocument),
      policies: inline(role.RolePolicyList as never),
      attachedPolicies: policies,
      permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
      lastUsed: moment(role.RoleLastUsed?.LastUsedDate),
    },
    relations: own(policies),
    builtIn: /^\/(?:aws-service-role|aws-reserved)\//.test(role.Path ?? ''),
  });
}

function seeUser(aws: AwsScope, user: UserDetail): void {
  const policies = attached(user.AttachedManagedPolicies);
  aws.see({
    kind: USER,
    name: user.UserName ?? '',
    ...(user.Arn && { arn: user.Arn }),
    operation: 'GetAccountAuthorizationDetails',
    properties: {
      path: user.Path,
      groups: user.GroupList,
      policies: inline(user.UserPolicyList as never),
      attachedPolicies: policies,
      permissionsBoundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
    },
    relations: own(policies),
  });
}

function seePolicy(aws: AwsScope, policy: ManagedPolicyDetail): void {
  const current = (policy.PolicyVersionList ?? []).find(({ IsDefaultVersion }) => IsDefaultVersion);
  aws.see({
    kind: POLICY,
    name: policy.PolicyName ?? '',
    ...(policy.Arn && { arn: policy.Arn }),
    operation: 'GetAccountAuthorizationDetails',
    properties: {
      attachmentCount: policy.AttachmentCount,
      policyDocument: documentOf(current?.Document),
    },
  });
}

async function seeProvider(aws: AwsScope, arn: string): Promise<void> {
  const { output, refusal } = await aws.ask(GetOpenIDConnectProviderCommand, {
    OpenIDConnectProviderArn: arn,
  });
  const name = arn.slice(arn.indexOf('/') + 1);
  aws.see({
    kind: PROVIDER,
    name,
    arn,
    operation: output ? 'GetOpenIDConnectProvider' : 'ListOpenIDConnectProviders',
    properties: { url: output?.Url, clientIdList: output?.ClientIDList },
    refusals: [refusal],
  });
}
