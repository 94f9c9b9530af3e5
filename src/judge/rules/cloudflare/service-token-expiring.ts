import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { daysLeft } from '../../derived/cloudflare.ts';
import { some, titled } from '../../derived/place.ts';

/** Days before its end at which somebody should renew it. */
const SOON = 30;

/** Machines that use the token are shut out on a day that is known beforehand. */
export const serviceTokenExpiring = defineRule({
  id: 'service-token-expiring',
  severity: 'medium',
  subject: 'resource',
  kinds: ['Cloudflare::Access::ServiceToken'],
  title: {
    fr: 'Jeton de service Access qui expire',
    en: 'Access service token that expires',
  },
  risk: {
    fr: 'Ce qui s’en sert est refusé par Access le jour venu.',
    en: 'What uses it is turned away by Access when the day comes.',
  },
  remedy: {
    fr: 'Renouveler le jeton avant sa fin, et s’abonner à l’alerte `expiring_service_token_alert`.',
    en: 'Renew the token before it ends, and subscribe to the alert `expiring_service_token_alert`.',
  },
  references: [
    'https://developers.cloudflare.com/cloudflare-one/access-controls/service-credentials/service-tokens/',
  ],
  evaluate(token) {
    const left = daysLeft(token);
    const evidence = some(token.observed.slice(0, 1));
    if (left === undefined || !evidence) return notApplicable;
    if (left > SOON) return gaps([]);
    const day = String(token.properties.expiresAt).slice(0, 10);
    return gaps([
      {
        ...(left < 0 && { severity: 'high' as const }),
        title: titled(
          code(token.name),
          left < 0 ? 'jeton de service expiré' : 'jeton de service bientôt expiré',
          left < 0 ? 'service token has expired' : 'service token expires soon',
        ),
        message: {
          fr:
            left < 0
              ? `Le jeton a expiré le ${day}.`
              : `Le jeton expire le ${day}, dans ${left} ${left > 1 ? 'jours' : 'jour'}.`,
          en:
            left < 0
              ? `The token expired on ${day}.`
              : `The token expires on ${day}, in ${left} ${left === 1 ? 'day' : 'days'}.`,
        },
        evidence,
      },
    ]);
  },
});
