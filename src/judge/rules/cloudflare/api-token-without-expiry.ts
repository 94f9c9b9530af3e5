import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { codes } from '#model/text.ts';
import { isSeen } from '../../derived/cloudflare.ts';
import { some } from '../../derived/place.ts';

/** A token that never ends is as good as a password to whoever finds it, years later too. */
export const apiTokenWithoutExpiry = defineRule({
  id: 'api-token-without-expiry',
  severity: 'low',
  subject: 'estate',
  title: {
    fr: 'Jeton d’API Cloudflare sans date de fin',
    en: 'Cloudflare API token without an end date',
  },
  risk: {
    fr: 'Un jeton oublié ou copié ouvre le compte tant que personne ne le supprime.',
    en: 'A token that was forgotten or copied opens the account until somebody deletes it.',
  },
  remedy: {
    fr: 'Donner une date de fin à chaque jeton, et supprimer ceux qui ne servent plus.',
    en: 'Give every token an end date, and delete those that are no longer used.',
  },
  references: ['https://developers.cloudflare.com/fundamentals/api/how-to/restrict-tokens/'],
  evaluate({ resources }) {
    const tokens = resources.filter(
      (one) => one.kind === 'Cloudflare::APIToken' && isSeen(one) && one.properties.status === 'active',
    );
    if (tokens.length === 0) return notApplicable;
    const endless = tokens.filter(({ properties }) => properties.expiresAt === undefined);
    const evidence = some(endless.flatMap(({ observed }) => observed.slice(0, 1)).slice(0, 4));
    if (!evidence) return gaps([]);
    const names = codes(endless.map(({ name }) => name).sort());
    const count = endless.length;
    return gaps([
      {
        resources: endless.map(({ id }) => id),
        title: {
          fr: `${count} ${count > 1 ? 'jetons' : 'jeton'} d’API Cloudflare sans date de fin`,
          en: `${count} Cloudflare API ${count === 1 ? 'token' : 'tokens'} without an end date`,
        },
        message: {
          fr: `${count > 1 ? 'Actifs et sans date de fin' : 'Actif et sans date de fin'}\u00a0: ${names.fr}.`,
          en: `Active and without an end date: ${names.en}.`,
        },
        evidence,
      },
    ]);
  },
});
