import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { listenerAt, REDIRECT } from '../listeners.ts';
import { defineRemedy } from '../remedy.ts';

/**
 * A listener that serves in clear redirects, once one on 443 answers: before, every visitor would be sent to a closed
 * port. What is read back is the type and the redirect; what was there is set back whole.
 */
export const listenerForwardsHttp = defineRemedy({
  for: ['listener-forwards-http'],
  plan(problem) {
    const { region } = problem;
    const listener = problem.text('listener');
    const loadBalancer = problem.maybeText('loadBalancer');
    const port = problem.maybeNumber('port') ?? 80;
    const name = code(problem.nameOf(loadBalancer ?? listener));
    return [
      {
        title: say(
          `Rediriger le port ${port} de ${name} vers HTTPS`,
          `Redirect port ${port} of ${name} to HTTPS`,
        ),
        reason: say(
          `L’écouteur ${port} sert les pages en clair. La redirection vient après l’écouteur 443\u00a0: sans lui, elle mènerait à un port fermé.`,
          `The listener on ${port} serves pages in clear. The redirect comes after the listener on 443: without it, it would lead to a closed port.`,
        ),
        risk: 'none',
        duration: say('quelques secondes', 'a few seconds'),
        changes: [
          {
            write: write('elbv2', 'ModifyListener', region, {
              ListenerArn: listener,
              DefaultActions: [{ Type: 'redirect', RedirectConfig: REDIRECT }],
            }),
            state: read(
              'elbv2',
              'DescribeListeners',
              region,
              { ListenerArns: [listener] },
              ACTIONS_OF_LISTENER,
            ),
            after: [
              {
                Type: 'redirect',
                TargetGroupArn: null,
                ForwardConfig: null,
                RedirectConfig: REDIRECT,
                FixedResponseConfig: null,
              },
            ],
            undo: write('elbv2', 'ModifyListener', region, {
              ListenerArn: listener,
              DefaultActions: { $before: '@' },
            }),
          },
        ],
        proofs: [],
        provides: [`redirect ${listener}`],
        requires: loadBalancer === undefined ? [] : [listenerAt(loadBalancer, 443)],
      },
    ];
  },
});

/** On a listener in clear an action is one alone, and has no identity provider. */
const ACTIONS_OF_LISTENER =
  'Listeners[0].DefaultActions[*].{Type: Type, TargetGroupArn: TargetGroupArn, ForwardConfig: ForwardConfig, RedirectConfig: RedirectConfig, FixedResponseConfig: FixedResponseConfig}';
