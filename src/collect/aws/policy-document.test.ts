import { expect, test } from 'vitest';
import { policyDocument } from './policy-document.ts';

const encoded = (document: object) => encodeURIComponent(JSON.stringify(document));
const withCondition = (Condition: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition }],
});

test('a document is decoded, its actions and resources as they are', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue', 'kms:Decrypt', 'iam:CreateAccessKey', 's3:GetObject'],
        Resource: ['arn:aws:secretsmanager:eu-west-3:123456789012:secret:shop/db-password-a1B2c3', '*'],
      },
    ],
  };
  expect(policyDocument(encoded(document))).toEqual(document);
});

test('what a trust policy asks of a token stays as it is', () => {
  const document = withCondition({
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    StringLike: {
      'token.actions.githubusercontent.com:sub': ['repo:quay/token-service:ref:refs/heads/main'],
    },
    ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-3:123456789012:secret-token' },
    Bool: { 'aws:SecureTransport': 'false' },
  });
  expect(policyDocument(encoded(document))).toEqual(document);
});

test.each(['aws:Referer', 'aws:UserAgent', 'sts:ExternalId'])(
  'a value of %s is a password: it is masked',
  (key) => {
    const text = JSON.stringify(
      policyDocument(encoded(withCondition({ StringEquals: { [key]: ['s3cr3t-of-the-proxy'] } }))),
    );
    expect(text).toContain(key);
    expect(text).not.toContain('s3cr3t');
  },
);

test('a token that stands in another condition is masked', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const text = JSON.stringify(
    policyDocument(encoded(withCondition({ StringEquals: { 'aws:PrincipalTag/key': token } }))),
  );
  expect(text).not.toContain(token);
});

test.each([undefined, '', '%', 'not json', '[]', '"text"', `{"a":"${'x'.repeat(70_000)}"}`])(
  'what is no document gives none (%#)',
  (text) => {
    expect(policyDocument(text)).toBeUndefined();
  },
);
