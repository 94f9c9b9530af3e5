import { expect, test } from 'vitest';
import { iam } from './iam.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const own = (rest: string) => `arn:aws:iam::${ACCOUNT}:${rest}`;
const document = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const encoded = (Action: string) => encodeURIComponent(JSON.stringify(document(Action)));
const attached = (...arns: string[]) =>
  `<AttachedManagedPolicies>${arns.map((arn) => `<member><PolicyName>p</PolicyName><PolicyArn>${arn}</PolicyArn></member>`).join('')}</AttachedManagedPolicies>`;

const ROLE = `<member><Path>/ci/</Path><RoleName>deploy-prod</RoleName><Arn>${own('role/ci/deploy-prod')}</Arn>
  <AssumeRolePolicyDocument>${encoded('sts:AssumeRole')}</AssumeRolePolicyDocument>
  <RolePolicyList><member><PolicyName>push</PolicyName><PolicyDocument>${encoded('ecr:*')}</PolicyDocument></member></RolePolicyList>
  ${attached(own('policy/shop'), 'arn:aws:iam::aws:policy/ReadOnlyAccess')}
  <PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>${own('policy/limit')}</PermissionsBoundaryArn></PermissionsBoundary></member>`;
const OF_AWS = `<member><Path>/aws-service-role/ecs.amazonaws.com/</Path><RoleName>AWSServiceRoleForECS</RoleName>
  <Arn>${own('role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS')}</Arn></member>`;
const answers = {
  'iam:GetAccountAuthorizationDetails': `<IsTruncated>false</IsTruncated>
    <RoleDetailList>${ROLE}${OF_AWS}</RoleDetailList>
    <UserDetailList><member><UserName>robot</UserName><Arn>${own('user/robot')}</Arn>
      <GroupList><member>operators</member></GroupList></member></UserDetailList>
    <GroupDetailList><member><GroupName>operators</GroupName><Arn>${own('group/operators')}</Arn>
      ${attached(own('policy/shop'))}</member></GroupDetailList>
    <Policies><member><PolicyName>shop</PolicyName><Arn>${own('policy/shop')}</Arn><AttachmentCount>2</AttachmentCount>
      <PolicyVersionList>
        <member><Document>${encoded('s3:*')}</Document><IsDefaultVersion>false</IsDefaultVersion></member>
        <member><Document>${encoded('s3:GetObject')}</Document><IsDefaultVersion>true</IsDefaultVersion></member>
      </PolicyVersionList></member></Policies>`,
  'iam:ListPolicies': `<IsTruncated>false</IsTruncated><Policies>
    <member><PolicyName>ReadOnlyAccess</PolicyName><Arn>arn:aws:iam::aws:policy/ReadOnlyAccess</Arn></member>
    <member><PolicyName>PowerUserAccess</PolicyName><Arn>arn:aws:iam::aws:policy/PowerUserAccess</Arn></member>
    </Policies>`,
  'iam:ListOpenIDConnectProviders': `<OpenIDConnectProviderList><member>
    <Arn>${own('oidc-provider/token.actions.githubusercontent.com')}</Arn></member></OpenIDConnectProviderList>`,
  'iam:GetOpenIDConnectProvider':
    '<Url>token.actions.githubusercontent.com</Url><ClientIDList><member>sts.amazonaws.com</member></ClientIDList>',
};

test('a role is told with whom it trusts, its own policies, those attached, and its boundary', async () => {
  const { facts } = await collected(iam, answers);
  const role = factOf(facts, 'deploy-prod');
  expect(role).toMatchObject({
    kind: 'AWS::IAM::Role',
    arn: own('role/ci/deploy-prod'),
    properties: {
      path: '/ci/',
      assumeRolePolicyDocument: document('sts:AssumeRole'),
      policies: [{ name: 'push', document: document('ecr:*') }],
      attachedPolicies: [own('policy/shop'), 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
      permissionsBoundary: own('policy/limit'),
    },
    relations: [{ type: 'has-policy', to: { name: own('policy/shop') } }],
  });
  expect(role.region).toBeUndefined();
});

test('a role with a policy that cannot be read is told without its policies, not with some of them', async () => {
  const broken = ROLE.replace(encoded('ecr:*'), '%7B');
  const { facts } = await collected(iam, {
    ...answers,
    'iam:GetAccountAuthorizationDetails': `<RoleDetailList>${broken}</RoleDetailList>`,
  });
  expect(factOf(facts, 'deploy-prod').properties).not.toHaveProperty('policies');
});

test('a role that a service of AWS made is its own', async () => {
  const { facts } = await collected(iam, answers);
  expect(factOf(facts, 'AWSServiceRoleForECS').builtIn).toBe(true);
  expect(factOf(facts, 'deploy-prod').builtIn).toBeUndefined();
});

test('a role that a permission set of IAM Identity Center made is of AWS', async () => {
  const { facts } = await collected(iam, {
    ...answers,
    'iam:GetAccountAuthorizationDetails': `<RoleDetailList><member>
      <Path>/aws-reserved/sso.amazonaws.com/eu-west-3/</Path><RoleName>AWSReservedSSO_Admin_0123456789abcdef</RoleName>
      <Arn>${own('role/aws-reserved/sso.amazonaws.com/eu-west-3/AWSReservedSSO_Admin_0123456789abcdef')}</Arn>
      </member></RoleDetailList>`,
  });
  expect(factOf(facts, 'AWSReservedSSO_Admin_0123456789abcdef').builtIn).toBe(true);
});

test('the details are asked for in the largest pages, without the policies of AWS', async () => {
  const asked: unknown[] = [];
  await collected(iam, {
    ...answers,
    'iam:GetAccountAuthorizationDetails': (input) => {
      asked.push(input);
      return answers['iam:GetAccountAuthorizationDetails'];
    },
  });
  expect(asked).toEqual([{ Filter: ['Role', 'User', 'Group', 'LocalManagedPolicy'], MaxItems: 1000 }]);
});

test('a policy is told as its default version has it', async () => {
  const { facts } = await collected(iam, answers);
  expect(factOf(facts, 'shop').properties).toMatchObject({ policyDocument: document('s3:GetObject') });
});

test('a user has the policies of its groups', async () => {
  const { facts } = await collected(iam, answers);
  expect(factOf(facts, 'robot').relations).toEqual([
    { type: 'part-of', to: { kind: 'AWS::IAM::Group', name: 'operators' } },
  ]);
  expect(factOf(facts, 'operators').properties).toMatchObject({ attachedPolicies: [own('policy/shop')] });
});

test('an inline policy is a resource of its own where a file names it', async () => {
  const declared = [['AWS::IAM::RolePolicy', 'push']] as const;
  const { facts } = await collected(iam, answers, { declared });
  expect(factOf(facts, 'push')).toMatchObject({ kind: 'AWS::IAM::RolePolicy', scope: 'deploy-prod' });
  expect((await collected(iam, answers)).facts.map(({ kind }) => kind)).not.toContain('AWS::IAM::RolePolicy');
});

test('a policy of AWS that a file names is there, and nothing of the account', async () => {
  const declared = [['AWS::IAM::ManagedPolicy', 'PowerUserAccess']] as const;
  const { facts } = await collected(iam, answers, { declared });
  expect(factOf(facts, 'PowerUserAccess').builtIn).toBe(true);
  expect(facts.map(({ name }) => name)).not.toContain('ReadOnlyAccess');
});

test('a provider is told with who its tokens are for', async () => {
  const { facts } = await collected(iam, answers);
  expect(factOf(facts, 'token.actions.githubusercontent.com').properties).toEqual({
    url: 'token.actions.githubusercontent.com',
    clientIdList: ['sts.amazonaws.com'],
  });
});

test('without the details no role, user or policy can be called missing', async () => {
  const { lookups } = await collected(iam, { ...answers, 'iam:GetAccountAuthorizationDetails': DENIED });
  const refused = lookups.filter(({ refusal }) => refusal).map(({ kind }) => kind);
  expect(refused).toEqual([
    'AWS::IAM::Role',
    'AWS::IAM::User',
    'AWS::IAM::Group',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::RolePolicy',
    'AWS::IAM::UserPolicy',
  ]);
  expect(lookups[0]?.refusal?.permission).toBe('iam:GetAccountAuthorizationDetails');
});

test('without the list of AWS’s policies no policy can be called missing', async () => {
  const { lookups } = await collected(iam, { ...answers, 'iam:ListPolicies': DENIED });
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([{ kind: 'AWS::IAM::ManagedPolicy' }]);
});

test('a provider that cannot be looked into is there, with the refusal', async () => {
  const { facts } = await collected(iam, { ...answers, 'iam:GetOpenIDConnectProvider': DENIED });
  expect(factOf(facts, 'token.actions.githubusercontent.com').refusals).toMatchObject([
    { operation: 'iam:GetOpenIDConnectProvider' },
  ]);
});
