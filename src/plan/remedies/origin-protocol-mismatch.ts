import type { Json } from '#model/fact.ts';
import { code, codes } from '#model/text.ts';
import { distributionName, editOrigin, ofDistribution } from '../distributions.ts';
import { type DraftStep, say } from '../draft.ts';
import { createListener, listenerAt } from '../listeners.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/**
 * A distribution speaks HTTPS to an origin that does not listen for it. The listener is made where a certificate is known;
 * without one, to speak in clear is a choice that a person makes.
 */
export const originProtocolMismatch = defineRemedy({
  for: ['origin-protocol-mismatch'],
  plan(problem) {
    const port = problem.maybeNumber('port') ?? 443;
    const loadBalancer = problem.maybeText('loadBalancer');
    const listener = loadBalancer === undefined ? undefined : listenerAt(loadBalancer, port);
    if (problem.maybe('better') !== undefined && problem.maybe('targetGroup') !== undefined)
      return [createListener(problem, port)];
    const name = distributionName(problem);
    const onPort = problem.maybeNumber('expectedPort');
    if (onPort !== undefined) return [askOn(problem, name, onPort)];
    if (problem.maybe('tlsVersions') !== undefined) return [speakTls(problem, name)];
    return [
      {
        ...ofDistribution(problem),
        title: say(`Faire parler ${name} en HTTP à son origine`, `Let ${name} speak HTTP to its origin`),
        reason: say(
          `L’origine n’écoute pas sur ${port}, et aucun certificat émis n’a été trouvé pour lui faire écouter HTTPS, ce qui serait mieux\u00a0: entre CloudFront et l’origine, tout passerait en clair.`,
          `The origin does not listen on ${port}, and no issued certificate was found to let it listen for HTTPS, which would be better: between CloudFront and the origin all would pass in clear.`,
        ),
        needs: [
          say(
            `À choisir\u00a0: un certificat pour le répartiteur (\`aws acm request-certificate\`), puis un écouteur sur ${port}\u00a0; ou ${code('http-only')}, en clair.`,
            `To choose: a certificate for the load balancer (\`aws acm request-certificate\`), then a listener on ${port}; or ${code('http-only')}, in clear.`,
          ),
        ],
        changes: [
          editOrigin(
            problem,
            'CustomOriginConfig.OriginProtocolPolicy',
            'CustomOriginConfig/OriginProtocolPolicy',
            'http-only',
          ),
        ],
        ...(listener !== undefined && { unless: listener }),
      },
    ];
  },
});

/** The origin listens, on another port than the one that it is asked on. */
const askOn = (problem: Problem, name: string, port: number): DraftStep => {
  const member = problem.maybeText('policy') === 'http-only' ? 'HTTPPort' : 'HTTPSPort';
  return {
    ...ofDistribution(problem),
    title: say(`Faire demander à ${name} son origine sur ${port}`, `Let ${name} ask its origin on ${port}`),
    reason: say(
      `L’origine n’écoute pas sur ${problem.number('port')}, mais sur ${port}.`,
      `The origin does not listen on ${problem.number('port')}, but on ${port}.`,
    ),
    changes: [editOrigin(problem, `CustomOriginConfig.${member}`, `CustomOriginConfig/${member}`, port)],
  };
};

/** The version that every policy of a listener takes, and the last that is set here (CloudFront API Reference, OriginSslProtocols). */
const TLS: Json = { Quantity: 1, Items: ['TLSv1.2'] };

/** The listener takes none of the versions of TLS in which it is asked. */
const speakTls = (problem: Problem, name: string): DraftStep => ({
  ...ofDistribution(problem),
  title: say(`Faire parler ${name} en TLS 1.2 à son origine`, `Let ${name} speak TLS 1.2 to its origin`),
  reason: say(
    `L’écouteur refuse ${codes(problem.texts('tlsVersions')).fr}, seules versions que la distribution demande.`,
    `The listener refuses ${codes(problem.texts('tlsVersions')).en}, in which alone it is asked.`,
  ),
  changes: [
    editOrigin(
      problem,
      'CustomOriginConfig.OriginSslProtocols',
      'CustomOriginConfig/OriginSslProtocols',
      TLS,
    ),
  ],
});
