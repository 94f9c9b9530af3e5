import { code } from '#model/text.ts';
import { behaviourPlace, distributionName, editDistribution, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** The managed policy AllViewer, which sends all that a visitor sends on to the origin (Amazon CloudFront Developer Guide). */
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';

/** What a behaviour without policies sends on: `Host` alone. It is set only where no header was. */
const HOST = { Quantity: 1, Items: ['Host'] };

/** The origin is asked by the name that the visitor asks for, which its certificate covers. */
export const originNameUncoverable = defineRemedy({
  for: ['origin-name-uncoverable'],
  plan(problem) {
    const pattern = problem.maybeText('behaviour') ?? '*';
    const place = behaviourPlace(problem, pattern);
    const hasPolicies = problem.maybe('cachePolicy') !== undefined;
    const name = distributionName(problem);
    return [
      {
        ...ofDistribution(problem),
        title: say(
          `Transmettre ${code('Host')} de ${name} à son origine (${code(pattern)})`,
          `Send ${code('Host')} of ${name} on to its origin (${code(pattern)})`,
        ),
        reason: say(
          'L’origine est demandée en HTTPS sous un nom d’AWS, pour lequel aucun certificat n’est délivré. Avec `Host`, elle répond pour le nom du site. Le cache distingue alors aussi les noms demandés.',
          'The origin is asked over HTTPS by a name of AWS, for which no certificate is issued. With `Host`, it answers for the name of the site. The cache then tells the names that are asked for apart, too.',
        ),
        changes: [
          hasPolicies
            ? editDistribution(problem, {
                query: `${place.query}.[PathPattern, OriginRequestPolicyId]`,
                after: [{ $before: '[0]' }, ALL_VIEWER],
                set: [{ path: `${place.path}/OriginRequestPolicyId`, value: ALL_VIEWER }],
                undo: [{ path: `${place.path}/OriginRequestPolicyId`, value: { $before: "[1] || ''" } }],
                expects: { query: '[0]', equals: place.pattern },
              })
            : editDistribution(problem, {
                query: `${place.query}.[PathPattern, ForwardedValues.Headers.Items || \`[]\`]`,
                after: [{ $before: '[0]' }, HOST.Items],
                set: [{ path: `${place.path}/ForwardedValues/Headers`, value: HOST }],
                undo: [{ path: `${place.path}/ForwardedValues/Headers`, value: { Quantity: 0 } }],
                // headers that were chosen stay: what to do beside them is for a person to say
                expects: {
                  query: "[[0], [1] == `[]` || contains([1], 'Host')]",
                  equals: [place.pattern, true],
                },
              }),
        ],
      },
    ];
  },
});
