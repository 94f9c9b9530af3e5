import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { some, titled } from '../../derived/place.ts';

/** Its whole content is read by whoever has the address, past Access, the firewall and the cache. */
export const r2BucketPublic = defineRule({
  id: 'r2-bucket-public',
  severity: 'medium',
  subject: 'resource',
  kinds: ['Cloudflare::R2::Bucket'],
  title: {
    fr: 'Bucket R2 public par son adresse `r2.dev`',
    en: 'R2 bucket public at its `r2.dev` address',
  },
  risk: {
    fr: 'Chaque objet dont le nom est connu se lit sans identité, sans pare-feu ni cache.',
    en: 'Every object whose name is known is read without an identity, a firewall or a cache.',
  },
  remedy: {
    fr: 'Fermer l’adresse `r2.dev`, et servir ce qui est public par un domaine à soi.',
    en: 'Close the `r2.dev` address, and serve what is public from a domain of your own.',
  },
  references: ['https://developers.cloudflare.com/r2/buckets/public-buckets/'],
  evaluate(bucket, { relations }) {
    const evidence = some(bucket.observed.slice(0, 1));
    if (!evidence || bucket.properties.publicAtR2Dev === undefined) return notApplicable;
    if (bucket.properties.publicAtR2Dev !== true) return gaps([]);
    // what an application keeps is what its users gave it
    const isUsed = relations.some(({ to, type }) => to === bucket.id && type === 'uses');
    return gaps([
      {
        ...(isUsed && { severity: 'high' }),
        title: titled(code(bucket.name), 'public par `r2.dev`', 'public at `r2.dev`'),
        message: {
          fr: `L’adresse \`r2.dev\` de ${code(bucket.name)} est ouverte\u00a0: Cloudflare la réserve au développement.`,
          en: `The \`r2.dev\` address of ${code(bucket.name)} is open: Cloudflare means it for development.`,
        },
        evidence,
      },
    ]);
  },
});
