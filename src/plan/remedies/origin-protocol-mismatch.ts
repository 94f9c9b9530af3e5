import { code } from '#model/text.ts';
import { distributionName, editOrigin, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import { createListener, listenerAt } from '../listeners.ts';
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
