import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** A function that may not run at all: what was reserved for it, which is nothing, is given back. */
export const functionThrottled = defineRemedy({
  for: ['function-throttled'],
  plan(problem) {
    const { region } = problem;
    const FunctionName = problem.text('function');
    const name = code(FunctionName);
    return [
      {
        title: say(
          `Rendre sa concurrence à la fonction ${name}`,
          `Give the function ${name} its concurrency back`,
        ),
        reason: say(
          `${name} a une concurrence réservée de 0\u00a0: tout appel est refusé. Sans réserve, elle prend celle du compte.`,
          `${name} has a reserved concurrency of 0: every call is refused. Without one, it takes that of the account.`,
        ),
        risk: 'none',
        cost: say('le prix des appels', 'the price of the calls'),
        duration: say('aussitôt', 'at once'),
        changes: [
          {
            write: write('lambda', 'DeleteFunctionConcurrency', region, { FunctionName }),
            state: read(
              'lambda',
              'GetFunctionConcurrency',
              region,
              { FunctionName },
              'ReservedConcurrentExecutions',
            ),
            after: null,
            undo: write('lambda', 'PutFunctionConcurrency', region, {
              FunctionName,
              ReservedConcurrentExecutions: { $before: '@' },
            }),
          },
        ],
        proofs: [],
      },
    ];
  },
});
