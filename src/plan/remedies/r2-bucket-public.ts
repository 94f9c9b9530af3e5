import { code } from '#model/text.ts';
import { apiCommand } from '../cloudflare-api.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** Cloudflare API documentation, “Update r2.dev Domain”. */
export const r2BucketPublic = defineRemedy({
  for: ['r2-bucket-public'],
  plan({ resource }) {
    if (resource?.kind !== 'Cloudflare::R2::Bucket') return [];
    const path = `${resource.id}/domains/managed`;
    if (!/^\/accounts\/[0-9a-f]{32}\/r2\/buckets\/[\w.-]+$/.test(resource.id)) return [];
    const shown = code(resource.name);
    return [
      {
        title: say(`Fermer l’adresse publique de ${shown}`, `Close the public address of ${shown}`),
        reason: say(
          'Tout ce que le bucket contient se lit à `r2.dev`. Ce qui doit être public l’est par un domaine, derrière ses règles.',
          'Everything in the bucket can be read at `r2.dev`. What is to be public is so by a domain, behind its rules.',
        ),
        risk: 'brief-outage',
        changes: [],
        proofs: [],
        hand: {
          command: apiCommand(path, 'PUT', { enabled: false }),
          undo: apiCommand(path, 'PUT', { enabled: true }),
          before: { 'r2.dev': true },
          proof: {
            title: say(`${shown} n’est plus public`, `${shown} is no longer public`),
            command: apiCommand(path),
            expected: say('`"enabled":false` est affiché', '`"enabled":false` is printed'),
          },
        },
      },
    ];
  },
});
