import { code } from '#model/text.ts';
import { type DraftStep, read, say, write } from '../draft.ts';
import { certificateFor, createListener, listenerAt, TLS_POLICY } from '../listeners.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/** A listener where none is, or one that speaks another protocol than it is asked in. */
export const listenerMissing = defineRemedy({
  for: ['listener-missing'],
  plan: (problem) => [
    problem.maybe('listener') === undefined
      ? createListener(problem, problem.number('port'))
      : changeProtocol(problem),
  ],
});

/** What exists keeps its actions and its rules: only the protocol and the certificate change. */
function changeProtocol(problem: Problem): DraftStep {
  const { region } = problem;
  const [listener, loadBalancer] = [problem.text('listener'), problem.text('loadBalancer')];
  const port = problem.number('port');
  const protocol = problem.text('protocol').toUpperCase();
  const isSecure = protocol === 'HTTPS';
  const name = code(problem.nameOf(loadBalancer));
  return {
    title: say(
      `Faire parler ${protocol} à l’écouteur ${port} de ${name}`,
      `Let the listener on ${port} of ${name} speak ${protocol}`,
    ),
    reason: say(
      `L’écouteur ${port} parle un autre protocole que celui des requêtes qui y arrivent. Qui s’en sert aujourd’hui doit changer avec lui.`,
      `The listener on ${port} speaks another protocol than the requests that come to it. Whoever uses it today has to change with it.`,
    ),
    risk: 'brief-outage',
    duration: say('quelques secondes', 'a few seconds'),
    changes: [
      {
        write: write('elbv2', 'ModifyListener', region, {
          ListenerArn: listener,
          Protocol: protocol,
          ...(isSecure && {
            SslPolicy: TLS_POLICY,
            Certificates: [{ CertificateArn: problem.text('better') }],
          }),
        }),
        state: read('elbv2', 'DescribeListeners', region, { ListenerArns: [listener] }, SECURE_PART),
        after: isSecure
          ? {
              Protocol: protocol,
              SslPolicy: TLS_POLICY,
              Certificates: [{ CertificateArn: problem.text('better') }],
            }
          : { Protocol: protocol, SslPolicy: null, Certificates: null },
        undo: write('elbv2', 'ModifyListener', region, {
          ListenerArn: listener,
          Protocol: { $before: 'Protocol' },
          SslPolicy: { $before: 'SslPolicy' },
          Certificates: { $before: 'Certificates' },
        }),
      },
    ],
    proofs: [],
    provides: [listenerAt(loadBalancer, port)],
    requires: [certificateFor(loadBalancer)],
  };
}

/** The protocol, with what belongs to a secure one alone. */
const SECURE_PART =
  "Listeners[0].{Protocol: Protocol, SslPolicy: Protocol=='HTTPS' && SslPolicy || `null`, Certificates: Protocol=='HTTPS' && Certificates[*].{CertificateArn: CertificateArn} || `null`}";
