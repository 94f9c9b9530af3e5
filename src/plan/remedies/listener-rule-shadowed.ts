import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/** A rule that never takes a request, because a wider one stands before it. */
export const listenerRuleShadowed = defineRemedy({
  for: ['listener-rule-shadowed'],
  plan(problem) {
    const { region } = problem;
    const rules = orderOf(problem);
    const arns = rules.map(({ rule }) => rule);
    const first = `Rules[?RuleArn==${literal(arns[0] ?? '')}] | [0].Priority`;
    const second = arns[1] === undefined ? '' : `, Rules[?RuleArn==${literal(arns[1])}] | [0].Priority`;
    const set = (priorities: (number | { $before: string })[]) =>
      write('elbv2', 'SetRulePriorities', region, {
        RulePriorities: rules.map(({ rule }, index) => ({
          RuleArn: rule,
          Priority: priorities[index] ?? 0,
        })),
      });
    const [{ priority = 0 } = {}] = rules;
    return [
      {
        title: say(
          `Donner la priorité ${code(priority)} à la règle masquée`,
          `Give the shadowed rule the priority ${code(priority)}`,
        ),
        reason: say(
          'Une règle plus large prend avant elle toutes ses requêtes\u00a0: elle ne sert jamais.',
          'A wider rule takes all its requests before it: it is never used.',
        ),
        risk: 'none',
        duration: say('quelques secondes', 'a few seconds'),
        changes: [
          {
            write: set(rules.map((one) => one.priority)),
            state: read('elbv2', 'DescribeRules', region, { RuleArns: arns }, `[${first}${second}]`),
            after: rules.map((one) => String(one.priority)),
            undo: set(rules.map((_, index) => ({ $before: `to_number([${index}])` }))),
          },
        ],
        proofs: [],
      },
    ];
  },
});

/**
 * The priorities that mend it. Where the rules of the listener are known, the shadowed one comes just before the other, on
 * a priority that is free; else the two change places.
 */
function orderOf(problem: Problem): { rule: string; priority: number }[] {
  const [rule, by] = [problem.text('rule'), problem.maybeText('by')];
  const priority = problem.number('priority');
  const behind = problem.maybeNumber('shadowedPriority');
  if (by === undefined || behind === undefined) return [{ rule, priority }];
  const listener = problem.known(problem.maybeText('listener'))?.name;
  const own = problem
    .all('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter(({ name }) => listener !== undefined && name.startsWith(`${listener} `));
  const taken = new Set(own.map(({ properties }) => Number(properties.priority)));
  const free = Array.from({ length: priority - 1 }, (_, index) => priority - 1 - index).find(
    (one) => !taken.has(one),
  );
  // one between them and the free place would come after it as well: it takes what it took before
  if (own.some(({ id }) => id === by) && free !== undefined && free === priority - 1)
    return [{ rule, priority: free }];
  return [
    { rule, priority },
    { rule: by, priority: behind },
  ];
}
