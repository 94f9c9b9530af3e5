import { expect, test } from 'vitest';
import { budgets } from './budgets.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const answers = {
  'budgets:DescribeBudgets': ({ AccountId }: { AccountId: string }) => ({
    Budgets: [
      {
        BudgetName: `Monthly of ${AccountId}`,
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '100', Unit: 'USD' },
      },
    ],
  }),
};

test('budgets are asked for by the account, and are of no region', async () => {
  const { facts } = await collected(budgets, answers);
  const budget = factOf(facts, `Monthly of ${ACCOUNT}`);
  expect(budget).toMatchObject({
    arn: `arn:aws:budgets::${ACCOUNT}:budget/Monthly of ${ACCOUNT}`,
    properties: { budgetType: 'COST', timeUnit: 'MONTHLY', limit: '100 USD' },
  });
  expect(budget.region).toBeUndefined();
});

test('a refused list is not established, and says which permission opens it', async () => {
  const { lookups } = await collected(budgets, { 'budgets:DescribeBudgets': DENIED });
  expect(lookups[0]?.refusal).toMatchObject({
    operation: 'budgets:DescribeBudgets',
    permission: 'budgets:ViewBudget',
  });
});
