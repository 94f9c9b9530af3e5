import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { ACTION, actionRead, forwardTo, ONE_ACTION } from '../listeners.ts';
import { defineRemedy } from '../remedy.ts';

const ACTIONS = `Actions[*].${ACTION}`;

/** A listener or a rule that sends to another group than the one that answers. */
export const listenerWrongTarget = defineRemedy({
  for: ['listener-wrong-target', 'listener-answers-itself'],
  plan(problem) {
    const { region } = problem;
    const targetGroup = problem.text('targetGroup');
    const rule = problem.maybeText('rule');
    const place = rule ?? problem.text('listener');
    const forward = forwardTo(targetGroup);
    const isRule = rule !== undefined;
    const set = (actions: (typeof forward)[] | { $before: string }) =>
      isRule
        ? write('elbv2', 'ModifyRule', region, { RuleArn: rule, Actions: actions })
        : write('elbv2', 'ModifyListener', region, { ListenerArn: place, DefaultActions: actions });
    const group = code(problem.nameOf(targetGroup));
    const balancer = code(problem.nameOf(problem.maybeText('loadBalancer') ?? place));
    return [
      {
        title: say(
          `Diriger ${isRule ? 'la règle' : 'l’écouteur'} de ${balancer} vers ${group}`,
          `Send the ${isRule ? 'rule' : 'listener'} of ${balancer} to ${group}`,
        ),
        reason: say(
          `Les requêtes ne vont pas au groupe ${group}, dont les cibles répondent pour elles.`,
          `Requests do not go to the group ${group}, whose targets answer for them.`,
        ),
        risk: 'brief-outage',
        duration: say('quelques secondes', 'a few seconds'),
        changes: [
          {
            write: set([forward]),
            state: isRule
              ? read('elbv2', 'DescribeRules', region, { RuleArns: [rule] }, `Rules[0].${ACTIONS}`)
              : read(
                  'elbv2',
                  'DescribeListeners',
                  region,
                  { ListenerArns: [place] },
                  `Listeners[0].Default${ACTIONS}`,
                ),
            after: [actionRead(forward)],
            expects: ONE_ACTION,
            undo: set({ $before: '@' }),
          },
        ],
        proofs: [],
      },
    ];
  },
});
