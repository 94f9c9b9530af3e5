import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { some, titled } from '../../derived/place.ts';
import { isShown, placesOf } from '../../derived/worker-reading.ts';

/** A token that is only decoded says whatever its bearer wrote in it. */
export const tokenSignatureUnverified = defineRule({
  id: 'token-signature-unverified',
  severity: 'high',
  subject: 'worker',
  title: { fr: 'Jeton lu sans vérifier sa signature', en: 'Token read without verifying its signature' },
  risk: {
    fr: 'N’importe qui peut écrire un jeton au nom d’un autre\u00a0: le code croit ce qui y est écrit.',
    en: 'Anybody can write a token in the name of another: the code believes what it says.',
  },
  remedy: {
    fr: 'Vérifier la signature avec les clés de l’émetteur (`jwtVerify` de `jose`, ou `crypto.subtle.verify`) avant de lire quoi que ce soit du jeton.',
    en: 'Verify the signature with the issuer’s keys (`jwtVerify` of `jose`, or `crypto.subtle.verify`) before reading anything of the token.',
  },
  references: [
    'https://www.rfc-editor.org/rfc/rfc8725#section-3.1',
    'https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/',
  ],
  evaluate(worker) {
    if (isShown(worker) || worker.tokens.length === 0) return notApplicable;
    const open = worker.tokens.filter(({ signature }) => signature === 'no');
    const evidence = some(open.map(({ at }) => at));
    if (!evidence)
      return worker.tokens.some(({ signature }) => signature === 'unknown')
        ? unknown({
            fr: 'un module qui n’a pas été lu peut vérifier la signature',
            en: 'a module that was not read may verify the signature',
          })
        : ok;
    const [first] = open;
    const places = placesOf(open.map(({ at }) => at));
    const isOfAccess = worker.access.length > 0;
    return gaps([
      {
        title: titled(
          code(first?.at.file ?? worker.entry),
          'jeton cru sur parole',
          'token taken at its word',
        ),
        message: {
          fr: `Un jeton${isOfAccess ? ' (le Worker lit celui d’Access)' : ''} est lu (${places.fr}) sans que sa signature soit vérifiée sur ce chemin, ou sans que le résultat de la vérification serve.`,
          en: `A token${isOfAccess ? ' (the Worker reads that of Access)' : ''} is read (${places.en}) without its signature being verified on the way there, or without the outcome of the check being used.`,
        },
        evidence,
      },
    ]);
  },
});
