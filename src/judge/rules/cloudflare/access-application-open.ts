import { defineRule, type Gap, gaps, notApplicable, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isSeen, listIn, textIn } from '../../derived/cloudflare.ts';
import { some, titled } from '../../derived/place.ts';

/** An application that stands behind Access in name only: one of its policies lets everyone pass. */
export const accessApplicationOpen = defineRule({
  id: 'access-application-open',
  severity: 'high',
  subject: 'resource',
  kinds: ['Cloudflare::Access::Application'],
  title: {
    fr: 'Application Access ouverte à tous',
    en: 'Access application open to everyone',
  },
  risk: {
    fr: 'Ce que l’application devait protéger est atteint par n’importe qui.',
    en: 'What the application was to guard is reached by anybody.',
  },
  remedy: {
    fr: 'Restreindre la règle à ceux qui doivent entrer, ou la limiter au seul chemin qui doit rester public.',
    en: 'Restrict the policy to those who are to come in, or to the one path that is to stay public.',
  },
  references: [
    'https://developers.cloudflare.com/cloudflare-one/access-controls/policies/#bypass',
    'https://developers.cloudflare.com/cloudflare-one/access-controls/policies/common-misconfigurations/',
  ],
  evaluate(application) {
    const policies = listIn(application, 'policies');
    const evidence = some(application.observed.slice(0, 1));
    if (!isSeen(application) || !evidence) return notApplicable;
    if (!policies) return unknown({ fr: 'les règles n’ont pas été lues', en: 'policies were not read' });
    const { domains } = application.properties;
    const hosts = Array.isArray(domains) ? domains.map(String) : [];
    // a path of its own is how a webhook is left open on purpose
    const isPath = hosts.length > 0 && hosts.every((host) => /\/./.test(host.replace(/^https?:\/\//, '')));
    const list = codes(hosts.length > 0 ? hosts : [application.name]);
    return gaps(
      policies.flatMap((policy): Gap[] => {
        const { include, require } = policy;
        const isEveryone = Array.isArray(include) && include.includes('everyone');
        const isBound = Array.isArray(require) && require.length > 0;
        const decision = textIn(policy, 'decision');
        if (!isEveryone || isBound || (decision !== 'bypass' && decision !== 'allow')) return [];
        const name = textIn(policy, 'name') ?? decision;
        const isBypass = decision === 'bypass';
        return [
          {
            key: name,
            severity: isBypass && !isPath ? 'high' : 'medium',
            title: titled(
              code(application.name),
              isBypass ? 'Access n’y demande rien' : 'quiconque s’identifie y entre',
              isBypass ? 'Access asks nothing of anybody' : 'whoever signs in is let in',
            ),
            message: {
              fr: `La règle ${code(name)} (${code(decision)}, \`everyone\`) laisse passer tout le monde vers ${list.fr}.`,
              en: `Policy ${code(name)} (${code(decision)}, \`everyone\`) lets everyone through to ${list.en}.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});
