import { code } from '#model/text.ts';
import { behaviourPlace, distributionName, editDistribution, ofDistribution } from '../distributions.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** What viewers ask for in clear is redirected, neither served nor refused. */
export const viewerHttpAllowed = defineRemedy({
  for: ['viewer-http-allowed', 'viewer-https-only'],
  plan(problem) {
    const pattern = problem.maybeText('behaviour') ?? '*';
    const name = distributionName(problem);
    const place = behaviourPlace(problem, pattern);
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
            query: `${place.query}.[PathPattern, ViewerProtocolPolicy]`,
            after: [{ $before: '[0]' }, value],
            set: [{ path: `${place.path}/ViewerProtocolPolicy`, value }],
            undo: [{ path: `${place.path}/ViewerProtocolPolicy`, value: { $before: '[1]' } }],
            expects: { query: '[0]', equals: place.pattern },
          }),
        ],
      },
    ];
  },
});
