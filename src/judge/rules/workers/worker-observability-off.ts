import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';
import { isForShow, productionOf, titleOf } from '../../derived/wrangler-environments.ts';

/** Without logs that are kept, the first error that a user tells of leaves no trace. */
export const workerObservabilityOff = defineRule({
  id: 'worker-observability-off',
  severity: 'low',
  subject: 'wranglerConfig',
  title: { fr: 'Worker de production sans journaux conservés', en: 'Worker in production without kept logs' },
  risk: {
    fr: 'Une erreur passée ne peut plus être relue\u00a0: `wrangler tail` ne montre que ce qui arrive pendant qu’on regarde.',
    en: 'An error that is past cannot be read again: `wrangler tail` shows only what happens while somebody watches.',
  },
  remedy: {
    fr: 'Écrire `observability.enabled = true`, ou envoyer les journaux ailleurs avec Logpush ou un Worker de type tail.',
    en: 'State `observability.enabled = true`, or send the logs elsewhere with Logpush or a tail Worker.',
  },
  references: ['https://developers.cloudflare.com/workers/observability/logs/workers-logs/'],
  evaluate(config, { relations, resources }) {
    // Pages has no such setting in its configuration
    if (config.isPages || config.main === undefined || isForShow(config)) return notApplicable;
    const sends = (script: string) =>
      resources.some(
        ({ id, kind, name }) =>
          kind === 'Cloudflare::Workers::Script' &&
          name === script &&
          relations.some(({ from, type }) => from === id && type === 'logs-to'),
      );
    const silent = productionOf(config).filter(
      ({ observability, script }) => !observability.isOn && !sends(script.name),
    );
    const evidence = some(
      silent.map(({ observability, line }) => at(config.file, observability.line ?? line)),
    );
    if (!evidence) return gaps([]);
    const names = codes(silent.map((one) => titleOf(one, config)));
    return gaps([
      {
        environments: silent.flatMap(({ name }) => name ?? []),
        title: titled(code(config.file), 'journaux non conservés', 'logs not kept'),
        message: {
          fr: `Ni \`observability\` ni \`logpush\` n’est activé pour ${names.fr}, et aucun Worker de type tail n’est déclaré.`,
          en: `Neither \`observability\` nor \`logpush\` is on for ${names.en}, and no tail Worker is declared.`,
        },
        evidence,
      },
    ]);
  },
});
