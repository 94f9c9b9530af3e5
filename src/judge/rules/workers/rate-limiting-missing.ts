import type { Estate } from '#model/estate.ts';
import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { codes, type Text } from '#model/text.ts';
import type { WorkerCode } from '#model/worker.ts';
import { titled } from '../../derived/place.ts';
import {
  answersAt,
  areRulesetsRead,
  bindingsOf,
  blindSpotsOf,
  configsOf,
  isReachable,
  isShown,
  notRead,
  rulesetsOf,
  rulesetsRefused,
  subjectOf,
} from '../../derived/worker-reading.ts';

/** Whoever may ask as often as they like may guess, copy and spend as much as they like. */
export const rateLimitingMissing = defineRule({
  id: 'rate-limiting-missing',
  severity: 'medium',
  confidence: 'medium',
  subject: 'worker',
  title: { fr: 'Aucune limite de débit', en: 'No rate limiting' },
  risk: {
    fr: 'Un seul client peut essayer des jetons sans fin, vider la base par lecture, ou épuiser le quota et la facture.',
    en: 'A single client can try tokens without end, read the whole database, or use up the quota and the bill.',
  },
  remedy: {
    fr: 'Limiter par adresse, et par utilisateur une fois authentifié\u00a0: liaison `ratelimit` du Worker ou règle de la zone, avec une réponse 429 et `Retry-After`.',
    en: 'Limit by address, and by user once authenticated: a `ratelimit` binding of the Worker or a rule of the zone, with a 429 answer and `Retry-After`.',
  },
  references: [
    'https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/',
    'https://developers.cloudflare.com/waf/rate-limiting-rules/',
  ],
  evaluate(worker, estate) {
    const answers = answersAt(worker);
    const guarded = guardedBy(worker, estate);
    if (isShown(worker) || !answers || !isReachable(configsOf(worker, estate.artifacts)) || !guarded)
      return notApplicable;
    const bindings = bindingsOf(configsOf(worker, estate.artifacts));
    if (worker.rateLimits.length > 0 || bindings.some(({ type }) => type === 'ratelimit')) return ok;
    if (rulesetsOf(estate, 'http_ratelimit').length > 0)
      return unknown({
        fr: 'une règle de limite de la zone est là, dont la portée n’a pas été comparée',
        en: 'a rate limiting rule of the zone is there, whose scope was not compared',
      });
    const blind = notRead(blindSpotsOf(worker)) ?? rulesetsRefused(estate);
    if (blind) return blind;
    const isRead = areRulesetsRead(estate);
    return gaps([
      {
        ...(isRead && { confidence: 'high' }),
        title: titled(subjectOf(worker), 'aucune limite de débit', 'no rate limiting'),
        message: {
          fr: `Ni le code, lu en entier, ni la configuration ne limite les requêtes, et le Worker ${guarded.fr}.${isRead ? '' : ' Les règles de la zone n’ont pas été lues.'}`,
          en: `Neither the code, read in full, nor the configuration limits requests, and the Worker ${guarded.en}.${isRead ? '' : ' The rules of the zone were not read.'}`,
        },
        evidence: [answers, ...[...worker.writes, ...worker.tokens.map(({ at }) => at)].slice(0, 3)],
      },
    ]);
  },
});

/** What there is to protect; undefined for what anybody may fetch as any file. */
function guardedBy(worker: WorkerCode, { artifacts }: Estate): Text | undefined {
  const stores = bindingsOf(configsOf(worker, artifacts)).filter(({ type }) =>
    /^(?:d1|hyperdrive|durable_object_namespace|ai|vectorize|send_email|queue)$/.test(type),
  );
  if (worker.tokens.length > 0) return { fr: 'vérifie des jetons d’accès', en: 'checks access tokens' };
  if (worker.webhooks.length > 0) {
    const paths = codes(new Set(worker.webhooks.map(({ path }) => path)), 3);
    return { fr: `reçoit des webhooks (${paths.fr})`, en: `takes webhooks (${paths.en})` };
  }
  if (worker.writes.length > 0)
    return { fr: 'répond à des méthodes qui écrivent', en: 'answers methods that write' };
  if (stores.length === 0) return undefined;
  const names = codes(new Set(stores.map(({ name }) => name)), 3);
  return { fr: `se sert de ${names.fr}`, en: `uses ${names.en}` };
}
