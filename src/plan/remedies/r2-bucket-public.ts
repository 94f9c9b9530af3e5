import { shellQuote } from '#lib/shell-quote.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** Cloudflare documentation, “Wrangler commands”, r2 bucket dev-url. */
export const r2BucketPublic = defineRemedy({
  for: ['r2-bucket-public'],
  plan({ resource }) {
    if (resource?.kind !== 'Cloudflare::R2::Bucket') return [];
    const name = shellQuote(resource.name);
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
          command: `npx wrangler r2 bucket dev-url disable ${name}`,
          undo: `npx wrangler r2 bucket dev-url enable ${name}`,
          before: { 'r2.dev': true },
          proof: {
            title: say(`${shown} n’est plus public`, `${shown} is no longer public`),
            command: `npx wrangler r2 bucket dev-url get ${name}`,
            expected: say('l’accès public est dit désactivé', 'public access is said to be disabled'),
          },
        },
      },
    ];
  },
});
