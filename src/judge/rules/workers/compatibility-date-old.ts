import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';
import { deployedOf, isForShow } from '../../derived/wrangler-environments.ts';

const OLD_YEARS = 2;
const DATE = /^20\d\d-\d\d-\d\d$/;

/** The runtime stays as it was on that day, and what was corrected since does not reach the Worker. */
export const compatibilityDateOld = defineRule({
  id: 'compatibility-date-old',
  severity: 'low',
  subject: 'wranglerConfig',
  title: { fr: 'Date de compatibilité ancienne', en: 'Old compatibility date' },
  risk: {
    fr: 'Le Worker garde le comportement de ce jour-là\u00a0: les corrections et les API plus récentes ne l’atteignent pas, et le saut devient plus grand chaque année.',
    en: 'The Worker keeps the behaviour of that day: later corrections and APIs do not reach it, and the leap grows every year.',
  },
  remedy: {
    fr: 'Lire la liste des changements depuis cette date, la relever, puis rejouer les tests.',
    en: 'Read the list of changes since that date, raise it, then run the tests again.',
  },
  references: [
    'https://developers.cloudflare.com/workers/configuration/compatibility-dates/',
    'https://developers.cloudflare.com/workers/configuration/compatibility-flags/',
  ],
  evaluate(config, { day }) {
    if (day === undefined || isForShow(config)) return notApplicable;
    const limit = `${Number(day.slice(0, 4)) - OLD_YEARS}${day.slice(4)}`;
    const dates = deployedOf(config).flatMap(({ compatibilityDate: date }) => (date ? [date] : []));
    const old = dates.filter(({ value }) => DATE.test(value) && value < limit);
    const oldest = old.toSorted((a, b) => (a.value < b.value ? -1 : 1))[0];
    const evidence = some(old.map(({ line }) => at(config.file, line)));
    if (!oldest || !evidence) return ok;
    return gaps([
      {
        title: titled(code(config.file), 'date de compatibilité ancienne', 'old compatibility date'),
        message: {
          fr: `La date de compatibilité est ${code(oldest.value)}, plus de deux ans avant l’audit.`,
          en: `The compatibility date is ${code(oldest.value)}, more than two years before the audit.`,
        },
        evidence,
      },
    ]);
  },
});
