import { lastValue, valuesOf } from '../options.ts';
import type { Named, ParsedCall } from '../tool.ts';
import { operationOf, type Services } from './service.ts';

const parameter = 'AWS::SSM::Parameter';

/** An inline policy is a policy of its role or user: its name says nothing without. */
function inPrincipal(call: ParsedCall, found: Named[]): Named[] {
  const scope = lastValue(call, 'role-name') ?? lastValue(call, 'user-name');
  return found.map((named) =>
    scope !== undefined && INLINE.has(named.kind)
      ? { ...named, scope: scope.split('/').at(-1) ?? scope }
      : named,
  );
}
const INLINE: ReadonlySet<string> = new Set(['AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy']);

/** `create-open-id-connect-provider --url https://host/path`: IAM names a provider by its address without the scheme. */
const providersOf = (call: ParsedCall): Named[] =>
  operationOf(call) === 'create-open-id-connect-provider'
    ? valuesOf(call, 'url')
        .map((url) => url.replace(/^https:\/\//, '').replace(/\/$/, ''))
        .filter((name) => /^[\w.⟨-]/.test(name))
        .map((name) => ({ kind: 'AWS::IAM::OIDCProvider', name }))
    : [];

/** Roles, keys, secrets, parameters, user pools. */
export const identity: Services = {
  iam: {
    options: {
      'role-name': 'AWS::IAM::Role',
      'user-name': 'AWS::IAM::User',
      'policy-arn': 'AWS::IAM::ManagedPolicy',
      'policy-name': [
        [/^create-policy$/, 'AWS::IAM::ManagedPolicy'],
        [/-role-policy$/, 'AWS::IAM::RolePolicy'],
        [/-user-policy$/, 'AWS::IAM::UserPolicy'],
      ],
      'group-name': 'AWS::IAM::Group',
      'instance-profile-name': 'AWS::IAM::InstanceProfile',
      'open-id-connect-provider-arn': 'AWS::IAM::OIDCProvider',
    },
    subjects: {
      policy: 'AWS::IAM::ManagedPolicy',
      'role-policy': 'AWS::IAM::RolePolicy',
      'user-policy': 'AWS::IAM::UserPolicy',
      'open-id-connect-provider': 'AWS::IAM::OIDCProvider',
      'service-linked-role': 'AWS::IAM::ServiceLinkedRole',
    },
    named: (call, found) => [...inPrincipal(call, found), ...providersOf(call)],
  },
  sts: {
    options: { 'role-arn': 'AWS::IAM::Role' },
    verbs: { 'assume-role': 'requires', 'assume-role-with-web-identity': 'requires' },
  },
  kms: {
    options: { 'key-id': 'AWS::KMS::Key', 'alias-name': 'AWS::KMS::Key', 'target-key-id': 'AWS::KMS::Key' },
    subjects: { alias: 'AWS::KMS::Key' },
    // an alias is made, the key behind it must be there
    named: (call, found) =>
      found.map((named) =>
        lastValue(call, 'target-key-id') === named.name ? { ...named, verb: 'requires' } : named,
      ),
  },
  secretsmanager: {
    options: {
      'secret-id': 'AWS::SecretsManager::Secret',
      'secret-id-list': 'AWS::SecretsManager::Secret',
      name: [[/^create-secret$/, 'AWS::SecretsManager::Secret']],
    },
  },
  ssm: {
    options: {
      name: [
        [/parameter/, parameter],
        [/document/, 'AWS::SSM::Document'],
      ],
      names: [[/parameters/, parameter]],
      'document-name': [
        [/^(?:send-command|start-session|describe-|create-association)/, 'AWS::SSM::Document'],
      ],
      'instance-ids': 'AWS::EC2::Instance',
      target: [[/^start-session$/, 'AWS::EC2::Instance']],
    },
    // documents and parameters of AWS itself
    named: (_, found) =>
      found.filter(
        ({ kind, name }) =>
          !(kind === 'AWS::SSM::Document' && /^AWS(?:Fleet|EC2|Support|-)/.test(name)) &&
          !(kind === parameter && /^\/?aws\/(?:service|reference)\//.test(name)) &&
          !(kind === 'AWS::EC2::Instance' && !/^m?i-[0-9a-f]{8,17}$/.test(name)),
      ),
  },
  'cognito-idp': {
    options: {
      'user-pool-id': 'AWS::Cognito::UserPool',
      'pool-name': 'AWS::Cognito::UserPool',
      'client-id': 'AWS::Cognito::UserPoolClient',
    },
    verbs: { 'admin-create-user': 'requires', 'admin-delete-user': 'requires' },
  },
  'cognito-identity': { options: { 'identity-pool-id': 'AWS::Cognito::IdentityPool' } },
  appconfig: {},
  signer: { options: { 'profile-name': 'AWS::Signer::SigningProfile' } },
};
