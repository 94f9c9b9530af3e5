import { code } from '#model/text.ts';
import { distributionName, editDistribution, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import { withItems } from '../jmespath.ts';
import { certificateFor } from '../listeners.ts';
import { defineRemedy } from '../remedy.ts';

/**
 * A name that a distribution does not answer for. CloudFront refuses one that its certificate does not cover, and one that
 * another distribution bears (Amazon CloudFront Developer Guide, “Using custom URLs”).
 */
export const cdnAliasMissing = defineRemedy({
  for: ['cdn-alias-missing'],
  plan(problem) {
    const name = distributionName(problem);
    const alias = problem.text('name');
    const all = withItems([alias]);
    return [
      {
        ...ofDistribution(problem),
        title: say(
          `Ajouter ${code(alias)} aux noms de ${name}`,
          `Add ${code(alias)} to the names of ${name}`,
        ),
        reason: say(
          `${name} refuse les requêtes pour ${code(alias)}, qui n’est pas de ses noms. Le certificat doit le couvrir d’abord.`,
          `${name} refuses requests for ${code(alias)}, which is none of its names. The certificate must cover it first.`,
        ),
        changes: [
          editDistribution(problem, {
            query: ALIASES,
            after: { $before: `sort(${all})` },
            set: [
              {
                path: '/Aliases',
                value: { Quantity: { $before: `length(${all})` }, Items: { $before: all } },
              },
            ],
            undo: [
              {
                path: '/Aliases',
                value: { Quantity: { $before: 'length(@)' }, Items: { $before: '@' } },
              },
            ],
          }),
        ],
        requires: [certificateFor(problem.text('distribution'))],
      },
    ];
  },
});

/** Below the configuration, in an order that says nothing. */
const ALIASES = '[Aliases.Items || `[]`][] | sort(@)';
