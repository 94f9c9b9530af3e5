import { code } from '#model/text.ts';
import { distributionName, editDistribution, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/** What viewers ask for in clear is redirected, neither served nor refused. */
export const viewerHttpAllowed = defineRemedy({
  for: ['viewer-http-allowed', 'viewer-https-only'],
  plan(problem) {
    const pattern = problem.maybeText('behaviour') ?? '*';
    const name = distributionName(problem);
    const place = placeOf(problem, pattern);
    const value = 'redirect-to-https';
    return [
      {
        ...ofDistribution(problem),
        title: say(
          `Rediriger vers HTTPS les visiteurs de ${name} (${code(pattern)})`,
          `Redirect viewers of ${name} to HTTPS (${code(pattern)})`,
        ),
        reason:
          problem.id === 'viewer-https-only'
            ? say(
                'Une requête HTTP est refusée au lieu d’être redirigée.',
                'A request over HTTP is refused instead of redirected.',
              )
            : say(
                'Les pages sont servies en clair à qui les demande en HTTP.',
                'Pages are served in clear to whoever asks over HTTP.',
              ),
        changes: [
          editDistribution(problem, {
            query: place.query,
            after: [{ $before: '[0]' }, value],
            set: [{ path: place.path, value }],
            undo: [{ path: place.path, value: { $before: '[1]' } }],
            expects: { query: '[0]', equals: place.pattern },
          }),
        ],
      },
    ];
  },
});

/** Where a behaviour stands: the default one apart, the others in the order in which they are tried. */
function placeOf(problem: Problem, pattern: string) {
  const own = 'DefaultCacheBehavior';
  if (pattern === '*' || pattern === '')
    return {
      query: `${own}.[PathPattern, ViewerProtocolPolicy]`,
      path: `/${own}/ViewerProtocolPolicy`,
      pattern: null,
    };
  const behaviours = problem.resource?.properties.behaviours;
  const index = (Array.isArray(behaviours) ? behaviours : []).findIndex(
    (one) => typeof one === 'object' && one !== null && !Array.isArray(one) && one.path === pattern,
  );
  if (index < 0) problem.lacks('behaviour');
  const items = 'CacheBehaviors.Items';
  return {
    query: `${items}[${index}].[PathPattern, ViewerProtocolPolicy]`,
    path: `/CacheBehaviors/Items/${index}/ViewerProtocolPolicy`,
    pattern,
  };
}
