import { BudgetsClient, CreateBudgetCommand } from '@aws-sdk/client-budgets';
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { type Seeder, TWO } from './send.ts';

const allow = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** Roles, users, policies, a provider whose tokens roles trust, budgets. Gives the ARN of a role. */
export async function seedIdentity(seed: Seeder, account: string): Promise<string> {
  const iam = seed.client(IAMClient);
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  });
  for (const name of TWO) {
    const made = await seed.send(iam, CreatePolicyCommand, {
      PolicyName: `policy-${name}`,
      PolicyDocument: allow('s3:GetObject'),
    });
    await seed.send(iam, CreateRoleCommand, { RoleName: `role-${name}`, AssumeRolePolicyDocument: trust });
    await seed.send(iam, PutRolePolicyCommand, {
      RoleName: `role-${name}`,
      PolicyName: 'own',
      PolicyDocument: allow('sqs:*'),
    });
    await seed.send(iam, AttachRolePolicyCommand, {
      RoleName: `role-${name}`,
      PolicyArn: (made.Policy as unknown as { Arn: string }).Arn,
    });
    await seed.send(iam, CreateUserCommand, { UserName: `user-${name}` });
    await seed.send(iam, CreateOpenIDConnectProviderCommand, {
      Url: `https://tokens-${name}.example.com`,
      ThumbprintList: ['0'.repeat(40)],
      ClientIDList: ['sts.amazonaws.com'],
    });
    await seed.send(seed.client(BudgetsClient), CreateBudgetCommand, {
      AccountId: account,
      Budget: {
        BudgetName: `budget-${name}`,
        BudgetType: 'COST' as const,
        TimeUnit: 'MONTHLY' as const,
        BudgetLimit: { Amount: '10', Unit: 'USD' },
      },
    });
  }
  return `arn:aws:iam::${account}:role/role-one`;
}
