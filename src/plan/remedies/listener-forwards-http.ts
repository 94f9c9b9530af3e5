import { code } from '#model/text.ts';
import { type DraftProof, read, say, write } from '../draft.ts';
import { ACTION, actionRead, listenerAt, ONE_ACTION, publicAddress, redirectTo } from '../listeners.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/**
 * A listener that serves in clear redirects, once one for HTTPS answers: before, every visitor would be sent to a closed
 * port.
 */
export const listenerForwardsHttp = defineRemedy({
  for: ['listener-forwards-http'],
  plan(problem) {
    const { region } = problem;
    const listener = problem.text('listener');
    const loadBalancer = problem.maybeText('loadBalancer');
    const given = problem.maybeNumber('port');
    // the port that is told may be the listener's own
    const port = given === undefined || given === 80 ? 443 : given;
    const redirect = redirectTo(port);
    const name = code(problem.nameOf(loadBalancer ?? listener));
    const rules = problem.maybeNumber('rules') ?? 0;
    return [
      {
        title: say(`Rediriger vers HTTPS le port 80 de ${name}`, `Redirect port 80 of ${name} to HTTPS`),
        reason: say(
          `L’écouteur 80 sert les pages en clair. La redirection vient après l’écouteur ${port}\u00a0: sans lui, elle mènerait à un port fermé.${rules > 0 ? ` Les règles de l’écouteur 80 (${rules}) restent\u00a0: ce qu’elles prennent n’est pas redirigé.` : ''}`,
          `The listener on 80 serves pages in clear. The redirect comes after the listener on ${port}: without it, it would lead to a closed port.${rules > 0 ? ` The rules of the listener on 80 (${rules}) stay: what they take is not redirected.` : ''}`,
        ),
        risk: 'none',
        duration: say('quelques secondes', 'a few seconds'),
        changes: [
          {
            write: write('elbv2', 'ModifyListener', region, {
              ListenerArn: listener,
              DefaultActions: [redirect],
            }),
            state: read(
              'elbv2',
              'DescribeListeners',
              region,
              { ListenerArns: [listener] },
              `Listeners[0].DefaultActions[*].${ACTION}`,
            ),
            after: [actionRead(redirect)],
            expects: ONE_ACTION,
            undo: write('elbv2', 'ModifyListener', region, {
              ListenerArn: listener,
              DefaultActions: { $before: '@' },
            }),
          },
        ],
        proofs: redirectProof(problem, loadBalancer),
        requires: loadBalancer === undefined ? [] : [listenerAt(loadBalancer, port)],
      },
    ];
  },
});

/** That a public load balancer redirects what is asked in clear, without waiting for DNS. */
function redirectProof(problem: Problem, loadBalancer: string | undefined): DraftProof[] {
  const address = publicAddress(problem, loadBalancer);
  const host = problem.request?.host;
  if (address === undefined || host === undefined) return [];
  return [
    {
      title: say(`Le port 80 redirige ${code(host)} vers HTTPS`, `Port 80 redirects ${code(host)} to HTTPS`),
      expected: say('`301`, et `Location` en `https://`', '`301`, and `Location` with `https://`'),
      check: {
        type: 'http',
        url: `http://${host}/`,
        connectTo: `${address}:80`,
        status: [301],
        location: 'https://',
        within: 60,
      },
    },
  ];
}
