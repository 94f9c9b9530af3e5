import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { some, titled } from '../../derived/place.ts';
import { isShown, placesOf } from '../../derived/worker-reading.ts';

/** An issuer signs for all its applications: the signature alone does not say for which. */
export const tokenAudienceUnchecked = defineRule({
  id: 'token-audience-unchecked',
  severity: 'medium',
  subject: 'worker',
  title: { fr: 'Jeton accepté quel que soit son destinataire', en: 'Token taken whatever its audience' },
  risk: {
    fr: 'Un jeton que l’émetteur a donné pour une autre application ouvre aussi celle-ci.',
    en: 'A token that the issuer gave for another application opens this one as well.',
  },
  remedy: {
    fr: 'Comparer `aud` à l’identifiant de l’application (l’étiquette AUD pour Access) dans la vérification.',
    en: 'Compare `aud` with the application’s identifier (the AUD tag for Access) in the verification.',
  },
  references: [
    'https://www.rfc-editor.org/rfc/rfc8725#section-3.9',
    'https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/',
  ],
  evaluate(worker) {
    // a key that only the application knows is its own issuer
    const foreign = worker.tokens.filter(
      ({ signature, algorithms }) =>
        signature === 'yes' &&
        (worker.access.length > 0 ||
          (algorithms.length > 0 && algorithms.every((one) => /^(?:[REP]S\d|EdDSA)/.test(one)))),
    );
    if (isShown(worker) || foreign.length === 0) return notApplicable;
    const open = foreign.filter(({ audience }) => audience === 'no');
    const evidence = some(open.map(({ at }) => at));
    if (!evidence) return gaps([]);
    const places = placesOf(open.map(({ at }) => at));
    return gaps([
      {
        title: titled(code(open[0]?.at.file ?? worker.entry), '`aud` non vérifié', '`aud` not checked'),
        message: {
          fr: `La signature du jeton est vérifiée (${places.fr}), et \`aud\` n’est comparé à rien.`,
          en: `The signature of the token is verified (${places.en}), and \`aud\` is compared with nothing.`,
        },
        evidence: [...evidence, ...worker.access.slice(0, 2)],
      },
    ]);
  },
});
