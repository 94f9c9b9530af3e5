import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { ACCOUNT, motoForTests } from '../aws/moto.ts';
import { Made } from '../aws/seed/made.ts';
import { seed } from '../aws/seed.ts';
import { applyAndUndo, plannedWith, planOf } from './try-remedy.ts';

const REGION = 'eu-west-3';
const moto = motoForTests();

test('a function that may not run gets its concurrency back, and loses it again', async () => {
  await seed(moto.url, REGION, {
    roles: { runs: { trust: 'lambda.amazonaws.com' } },
    functions: { orders: { role: 'runs' } },
  });
  const made = new Made(moto.url, REGION, ACCOUNT);
  await made
    .client(LambdaClient)
    .send(new PutFunctionConcurrencyCommand({ FunctionName: 'orders', ReservedConcurrentExecutions: 0 }));
  made.close();
  const [step] = await applyAndUndo(
    moto.url,
    planOf([{ id: 'function-throttled', values: { region: REGION, function: 'orders' } }]),
  );
  expect(step?.changes[0]?.before).toBe(0);
});

test.each(['container-crashing', 'secret-unreadable', 'load-balancer-internal', 'bucket-unreadable'])(
  '%s is for a person to mend: the step sends nothing, and says what to find',
  (id) => {
    const { steps } = plannedWith(planOf([{ id, values: {} }]));
    expect(steps).toMatchObject([{ state: 'needs-input', changes: [], proofs: [], command: '' }]);
    expect(steps[0]?.needs?.[0]?.en).toMatch(/^To (?:read|check|choose|write)/);
  },
);
