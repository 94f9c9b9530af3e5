import {
  type AttachedPolicy,
  GetOpenIDConnectProviderCommand,
  type GroupDetail,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  type ManagedPolicyDetail,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
  paginateListPolicies,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import type { Json, Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { lastPart, relation } from './parts.ts';
import { policyDocument } from './policy-document.ts';
import { moment } from './stated.ts';

const ROLE = 'AWS::IAM::Role';
const USER = 'AWS::IAM::User';
const GROUP = 'AWS::IAM::Group';
const POLICY = 'AWS::IAM::ManagedPolicy';
const ROLE_POLICY = 'AWS::IAM::RolePolicy';
const USER_POLICY = 'AWS::IAM::UserPolicy';
const PROVIDER = 'AWS::IAM::OIDCProvider';

const DETAILS = 'GetAccountAuthorizationDetails';
/** Paths under which AWS alone makes roles: for its services, and for the permission sets of IAM Identity Center. */
const OF_AWS = /^\/(?:aws-service-role|aws-reserved)\//;

/**
 * Roles, users, groups and the account's own policies, with what they allow: one read tells all of it. AWS's own
 * policies are seen where a file names them, so that none is called missing. Providers of OpenID Connect. IAM API
 * Reference.
 */
export const iam = defineAwsCollector({
  id: 'iam',
  title: { fr: 'IAM', en: 'IAM' },
  service: 'iam',
  where: 'global',
  Client: IAMClient,
  kinds: [ROLE, USER, GROUP, POLICY, ROLE_POLICY, USER_POLICY, PROVIDER],
  permissions: {
    GetAccountAuthorizationDetails: 'iam:GetAccountAuthorizationDetails',
    ListPolicies: 'iam:ListPolicies',
    ListOpenIDConnectProviders: 'iam:ListOpenIDConnectProviders',
    GetOpenIDConnectProvider: 'iam:GetOpenIDConnectProvider',
  },
  async collect(aws) {
    await Promise.all([
      aws.list([ROLE, USER, GROUP, POLICY, ROLE_POLICY, USER_POLICY], () => details(aws)),
      aws.list([POLICY], () => policiesOfAws(aws)),
      aws.list([PROVIDER], () => providers(aws)),
    ]);
  },
});

async function details(aws: AwsScope): Promise<void> {
  const pages = aws.pages(paginateGetAccountAuthorizationDetails, {
    Filter: ['Role', 'User', 'Group', 'LocalManagedPolicy'],
    MaxItems: 1000,
  });
  for await (const page of pages) {
    for (const role of page.RoleDetailList ?? []) seeRole(aws, role);
    for (const user of page.UserDetailList ?? []) seeUser(aws, user);
    for (const group of page.GroupDetailList ?? []) seeGroup(aws, group);
    for (const policy of page.Policies ?? []) seePolicy(aws, policy);
  }
}

/** Inline policies; undefined where one cannot be read, since the rest would say too little or too much. */
function documentsOf(policies: PolicyDetail[] = []): Json[] | undefined {
  const documents = policies.flatMap(({ PolicyName = '', PolicyDocument }) => {
    const document = policyDocument(PolicyDocument);
    return document === undefined ? [] : [{ name: PolicyName, document }];
  });
  return documents.length === policies.length ? documents : undefined;
}

const arnsOf = (policies: AttachedPolicy[] | undefined) =>
  policies?.flatMap(({ PolicyArn }) => PolicyArn ?? []);

/** The account's own; those of AWS are in every account. */
const ownOf = (policies: AttachedPolicy[] | undefined) =>
  (arnsOf(policies) ?? []).map((arn) =>
    arn.includes('::aws:policy/') ? undefined : relation('has-policy', POLICY, arn),
  );

function seeRole(aws: AwsScope, role: RoleDetail): void {
  const { RoleName = '', Arn = '', Path = '/' } = role;
  aws.see({
    kind: ROLE,
    name: RoleName,
    arn: Arn,
    operation: DETAILS,
    properties: {
      path: Path,
      assumeRolePolicyDocument: policyDocument(role.AssumeRolePolicyDocument),
      policies: documentsOf(role.RolePolicyList),
      attachedPolicies: arnsOf(role.AttachedManagedPolicies),
      permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
      lastUsed: moment(role.RoleLastUsed?.LastUsedDate),
    },
    relations: ownOf(role.AttachedManagedPolicies),
    builtIn: OF_AWS.test(Path),
  });
  seeInline(aws, ROLE_POLICY, ROLE, RoleName, role.RolePolicyList);
}

function seeUser(aws: AwsScope, user: UserDetail): void {
  const { UserName = '', Arn = '' } = user;
  aws.see({
    kind: USER,
    name: UserName,
    arn: Arn,
    operation: DETAILS,
    properties: {
      path: user.Path,
      groups: user.GroupList,
      policies: documentsOf(user.UserPolicyList),
      attachedPolicies: arnsOf(user.AttachedManagedPolicies),
      permissionsBoundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
    },
    relations: [
      ...ownOf(user.AttachedManagedPolicies),
      ...(user.GroupList ?? []).map((group) => relation('part-of', GROUP, group)),
    ],
  });
  seeInline(aws, USER_POLICY, USER, UserName, user.UserPolicyList);
}

function seeGroup(aws: AwsScope, group: GroupDetail): void {
  aws.see({
    kind: GROUP,
    name: group.GroupName ?? '',
    arn: group.Arn ?? '',
    operation: DETAILS,
    properties: {
      path: group.Path,
      policies: documentsOf(group.GroupPolicyList),
      attachedPolicies: arnsOf(group.AttachedManagedPolicies),
    },
    relations: ownOf(group.AttachedManagedPolicies),
  });
}

/** An inline policy is told with its owner, and has no ARN; by itself only where a file names it. */
function seeInline(
  aws: AwsScope,
  kind: Kind,
  ownerKind: Kind,
  owner: string,
  policies: PolicyDetail[] = [],
): void {
  for (const { PolicyName = '' } of policies)
    if (aws.isDeclared(kind, PolicyName))
      aws.see({
        kind,
        name: PolicyName,
        scope: owner,
        operation: DETAILS,
        relations: [relation('part-of', ownerKind, owner)],
      });
}

function seePolicy(aws: AwsScope, policy: ManagedPolicyDetail): void {
  const version = policy.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion);
  aws.see({
    kind: POLICY,
    name: policy.PolicyName ?? lastPart(policy.Arn ?? ''),
    arn: policy.Arn ?? '',
    operation: DETAILS,
    properties: {
      path: policy.Path,
      policyDocument: policyDocument(version?.Document),
      attachmentCount: policy.AttachmentCount,
    },
  });
}

async function policiesOfAws(aws: AwsScope): Promise<void> {
  const pages = aws.pages(paginateListPolicies, { Scope: 'AWS', MaxItems: 1000 });
  for await (const { Policies = [] } of pages)
    for (const { PolicyName = '', Arn = '' } of Policies)
      if (aws.isDeclared(POLICY, PolicyName))
        aws.see({ kind: POLICY, name: PolicyName, arn: Arn, operation: 'ListPolicies', builtIn: true });
}

async function providers(aws: AwsScope): Promise<void> {
  const { OpenIDConnectProviderList = [] } = await aws.read(ListOpenIDConnectProvidersCommand, {});
  await Promise.all(
    OpenIDConnectProviderList.map(async ({ Arn = '' }) => {
      const { output, refusal } = await aws.ask(GetOpenIDConnectProviderCommand, {
        OpenIDConnectProviderArn: Arn,
      });
      const name = Arn.split(':oidc-provider/')[1] ?? lastPart(Arn);
      aws.see({
        kind: PROVIDER,
        name,
        arn: Arn,
        operation: output ? 'GetOpenIDConnectProvider' : 'ListOpenIDConnectProviders',
        properties: { url: output?.Url, clientIdList: output?.ClientIDList },
        refusals: [refusal],
      });
    }),
  );
}
