import { BudgetsClient, paginateDescribeBudgets } from '@aws-sdk/client-budgets';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const BUDGET: Kind = 'AWS::Budgets::Budget';

/** Budgets. AWS Budgets API Reference, version 2016-10-20. */
export const budgets = defineAwsCollector({
  id: 'budgets',
  title: { fr: 'Budgets', en: 'Budgets' },
  service: 'budgets',
  where: 'global',
  Client: BudgetsClient,
  kinds: [BUDGET],
  permissions: { DescribeBudgets: 'budgets:ViewBudget' },
  async collect(aws) {
    const input = { AccountId: aws.account, MaxResults: 100 };
    await listOf(
      aws,
      [BUDGET],
      paginateDescribeBudgets,
      input,
      ({ Budgets }) => Budgets,
      (one) =>
        aws.see({
          kind: BUDGET,
          name: one.BudgetName ?? '',
          arn: `arn:${aws.partition}:budgets::${aws.account}:budget/${one.BudgetName}`,
          operation: 'DescribeBudgets',
          properties: {
            budgetType: one.BudgetType,
            timeUnit: one.TimeUnit,
            limit: one.BudgetLimit && `${one.BudgetLimit.Amount} ${one.BudgetLimit.Unit}`,
          },
        }),
    );
  },
});
