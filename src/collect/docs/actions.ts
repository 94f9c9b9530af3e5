import type { Found } from './context.ts';
import { phrasesAtEnd } from './kind-words.ts';

/** What an action of IAM is done to, in the words of the kind. */
const SUBJECTS: Record<string, string> = {
  'iam:PassRole': 'iam role',
  'iam:GetRole': 'iam role',
  'sts:AssumeRole': 'iam role',
  'sts:AssumeRoleWithWebIdentity': 'iam role',
  'secretsmanager:GetSecretValue': 'secret manager secret',
  'ssm:GetParameter': 'ssm parameter',
  'ssm:GetParameters': 'ssm parameter',
  'lambda:InvokeFunction': 'lambda function',
  'sns:Publish': 'sns topic',
};
/** Services whose actions are nearly all done to one kind. */
const SERVICES: Record<string, string> = { s3: 's3 bucket', sqs: 'sqs queue', dynamodb: 'dynamodb table' };
const ACTION = /^([a-z0-9]{2,20}):[A-Z][A-Za-z*]{2,60}$/;
/** “for”, “on the”: what leads from an action to what it is done to. */
const ON_WHAT =
  /^\s*(?:\([^()]{0,40}\)\s*)?(?:for|on|to|of|sur|pour|de|vers|→)\s+(?:the\s+|le\s+|la\s+|les\s+)?$/i;

/** The kind of what stands after an action of IAM: “`iam:PassRole` for `task-role`”. */
export function actedOn(action: string, between: string): Found | undefined {
  const service = ACTION.exec(action)?.[1];
  if (service === undefined || !ON_WHAT.test(between)) return undefined;
  const subject = SUBJECTS[action] ?? SERVICES[service];
  const found = subject === undefined ? undefined : phrasesAtEnd(subject.split(' '));
  return found && { phrases: found.phrases, label: true, extra: 0 };
}
