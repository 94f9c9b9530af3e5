import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { codes } from '#model/text.ts';
import { some, titled } from '../../derived/place.ts';
import { isShown, subjectOf } from '../../derived/worker-reading.ts';

/** The address of a webhook is known to its sender, to its logs and to whoever guesses it. */
export const webhookSignatureUnchecked = defineRule({
  id: 'webhook-signature-unchecked',
  severity: 'high',
  confidence: 'medium',
  subject: 'worker',
  title: {
    fr: 'Webhook accepté sans vérifier sa signature',
    en: 'Webhook taken without verifying its signature',
  },
  risk: {
    fr: 'Qui connaît l’adresse peut annoncer un paiement, un formulaire ou un événement qui n’a pas eu lieu.',
    en: 'Whoever knows the address can announce a payment, a form or an event that never happened.',
  },
  remedy: {
    fr: 'Recalculer la signature sur le corps brut avec le secret partagé, la comparer en temps constant, et refuser les envois trop anciens.',
    en: 'Compute the signature anew on the raw body with the shared secret, compare it in constant time, and refuse what was sent too long ago.',
  },
  references: ['https://developers.cloudflare.com/workers/examples/signing-requests/'],
  evaluate(worker) {
    if (isShown(worker) || worker.webhooks.length === 0) return notApplicable;
    const open = worker.webhooks.filter(({ isVerified }) => isVerified === false);
    const evidence = some(open.map(({ at }) => at));
    if (!evidence)
      return worker.webhooks.some(({ isVerified }) => isVerified === 'unknown')
        ? unknown({
            fr: 'le code qui vérifierait la signature n’a pas été lu en entier',
            en: 'the code that would verify the signature was not read in full',
          })
        : ok;
    const paths = codes(new Set(open.map(({ path }) => path)), 4);
    return gaps([
      {
        title: titled(
          subjectOf(worker),
          'webhook sans signature vérifiée',
          'webhook without a verified signature',
        ),
        message: {
          fr: `${paths.fr} reçoit les envois d’un autre service, et le code qui s’exécute pour ce chemin, lu en entier, ne vérifie aucune signature.`,
          en: `${paths.en} takes what another service sends, and the code that runs for it, read in full, verifies no signature.`,
        },
        evidence,
      },
    ]);
  },
});
