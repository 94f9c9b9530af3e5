import type { Json } from '#model/fact.ts';
import type { AwsRead } from '#model/step.ts';
import { code } from '#model/text.ts';
import { type DraftChange, type DraftProof, type DraftStep, read, say, write } from './draft.ts';
import type { Problem } from './problem.ts';

/** A policy with TLS 1.2 and 1.3. Application Load Balancers, “Security policies for your Application Load Balancer”. */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** What a listener is provided as, and needed by. */
export const listenerAt = (loadBalancer: string, port: number): string => `listener ${loadBalancer} ${port}`;
/** What a certificate in a place is provided as: one that covers the names. */
export const certificateFor = (place: string): string => `certificate of ${place}`;

/** The step that makes a listener, which forwards to the group that the other listener forwards to. */
export function createListener(problem: Problem, port: number): DraftStep {
  const { region } = problem;
  const loadBalancer = problem.text('loadBalancer');
  const isPlain = port !== 443 && problem.maybeText('protocol')?.toUpperCase() !== 'HTTPS';
  const protocol = isPlain ? 'HTTP' : 'HTTPS';
  const name = code(problem.nameOf(loadBalancer));
  const listeners = (query: string): AwsRead =>
    read('elbv2', 'DescribeListeners', region, { LoadBalancerArn: loadBalancer }, query);
  const change: DraftChange = {
    write: write('elbv2', 'CreateListener', region, {
      LoadBalancerArn: loadBalancer,
      Protocol: protocol,
      Port: port,
      ...(!isPlain && {
        SslPolicy: TLS_POLICY,
        Certificates: [{ CertificateArn: problem.text('better') }],
      }),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: problem.text('targetGroup') }],
    }),
    state: listeners(`Listeners[?Port==\`${port}\`].Protocol`),
    after: [protocol],
    undo: write(
      'elbv2',
      'DeleteListener',
      region,
      { ListenerArn: { $find: 'listener' } },
      { finds: { listener: listeners(`Listeners[?Port==\`${port}\`] | [0].ListenerArn`) } },
    ),
  };
  const group = code(problem.nameOf(problem.text('targetGroup')));
  return {
    title: say(
      `Créer l’écouteur ${protocol} ${port} de ${name}`,
      `Create the ${protocol} listener on ${port} of ${name}`,
    ),
    reason: say(
      `${name} n’écoute pas sur ${port}\u00a0: aucune requête qui y arrive n’a de réponse. L’écouteur transmet à ${group}, sans toucher à ceux qui existent.`,
      `${name} does not listen on ${port}: no request that comes there is answered. The listener forwards to ${group}, and those that exist are left as they are.`,
    ),
    risk: 'none',
    duration: say('quelques secondes', 'a few seconds'),
    changes: [change],
    proofs: isPlain ? [] : tlsProof(problem, loadBalancer, port),
    provides: [listenerAt(loadBalancer, port)],
    requires: [certificateFor(loadBalancer)],
  };
}

/** The address of a load balancer that the internet reaches; undefined of any other. */
export function publicAddress(problem: Problem, loadBalancer: string | undefined): string | undefined {
  const { scheme, dnsName } = problem.known(loadBalancer)?.properties ?? {};
  return scheme === 'internet-facing' && typeof dnsName === 'string' ? dnsName : undefined;
}

/** That a public load balancer presents a certificate for the name, without waiting for DNS. */
function tlsProof(problem: Problem, loadBalancer: string, port: number): DraftProof[] {
  const host = problem.maybe('names') === undefined ? problem.request?.host : problem.texts('names')[0];
  const address = publicAddress(problem, loadBalancer);
  if (address === undefined || host === undefined) return [];
  // a name of the certificate with a wildcard is none that a server is asked for
  if (host.includes('*')) return [];
  return [
    {
      title: say(
        `Le répartiteur présente un certificat pour ${code(host)}`,
        `The load balancer presents a certificate for ${code(host)}`,
      ),
      expected: say(
        'la chaîne est vérifiée, et le nom couvert',
        'the chain verifies, and the name is covered',
      ),
      check: { type: 'tls', host, port, connectTo: `${address}:${port}`, within: 60 },
    },
  ];
}

/** Requests over HTTP are sent to the same place over HTTPS. */
export const redirectTo = (port: number): { [key: string]: Json } => ({
  Type: 'redirect',
  RedirectConfig: {
    Protocol: 'HTTPS',
    Port: String(port),
    Host: '#{host}',
    Path: '/#{path}',
    Query: '#{query}',
    StatusCode: 'HTTP_301',
  },
});

/**
 * What a listener or a rule does, as far as it is set back, below its actions. A forward is told by its groups alone where
 * they are there, and the secret of an identity provider is in none of these members (Elastic Load Balancing API Reference,
 * Action).
 */
export const ACTION =
  '{Type: Type, TargetGroupArn: !ForwardConfig && TargetGroupArn || `null`, ForwardConfig: ForwardConfig, RedirectConfig: RedirectConfig, FixedResponseConfig: FixedResponseConfig}';

/** One action alone: several are an identity provider before what it lets pass, which no remedy replaces. */
export const ONE_ACTION = { query: 'length(@)', equals: 1 };

const NO_OTHER = {
  TargetGroupArn: null,
  ForwardConfig: null,
  RedirectConfig: null,
  FixedResponseConfig: null,
};

/** An action as it is read back by {@link ACTION}. */
export const actionRead = (action: { [key: string]: Json }): Json => ({ ...NO_OTHER, ...action });

/** All requests to one group. */
export const forwardTo = (targetGroup: string): { [key: string]: Json } => ({
  Type: 'forward',
  ForwardConfig: {
    TargetGroups: [{ TargetGroupArn: targetGroup, Weight: 1 }],
    TargetGroupStickinessConfig: { Enabled: false },
  },
});
