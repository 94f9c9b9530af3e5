import { lastValue } from '../options.ts';
import type { Services } from './service.ts';

const parameter = 'AWS::SSM::Parameter';

/** Roles, keys, secrets, parameters, user pools. */
export const identity: Services = {
  iam: {
    options: {
      'role-name': 'AWS::IAM::Role',
      'user-name': 'AWS::IAM::User',
      'policy-arn': 'AWS::IAM::ManagedPolicy',
      'policy-name': [[/^create-policy$/, 'AWS::IAM::ManagedPolicy']],
      'group-name': 'AWS::IAM::Group',
      'instance-profile-name': 'AWS::IAM::InstanceProfile',
      'open-id-connect-provider-arn': 'AWS::IAM::OIDCProvider',
    },
    subjects: { policy: 'AWS::IAM::ManagedPolicy', 'service-linked-role': 'AWS::IAM::ServiceLinkedRole' },
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
