import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { at, some, titled } from '../../derived/place.ts';
import { isForShow, isPrivate, titleOf } from '../../derived/wrangler-environments.ts';

/** A plain variable is in the repository, in the dashboard and in every answer of the API. */
export const workerSecretInVars = defineRule({
  id: 'worker-secret-in-vars',
  severity: 'high',
  subject: 'wranglerConfig',
  title: {
    fr: 'Secret écrit parmi les variables d’un Worker',
    en: 'Secret written among the variables of a Worker',
  },
  risk: {
    fr: 'La valeur est lisible dans le dépôt et son historique, dans le tableau de bord et par l’API, contrairement à un secret.',
    en: 'The value can be read in the repository and its history, in the dashboard and through the API, unlike a secret.',
  },
  remedy: {
    fr: 'Remplacer la valeur, la donner par `wrangler secret put`, et l’ôter de `vars`.',
    en: 'Replace the value, give it by `wrangler secret put`, and take it out of `vars`.',
  },
  references: ['https://developers.cloudflare.com/workers/configuration/secrets/'],
  evaluate(config, { artifacts }) {
    if (isForShow(config)) return notApplicable;
    // a value that is known by its form is told as a secret in the repository
    const told = new Set(
      artifacts.secrets.filter(({ file }) => file === config.file).map(({ line }) => line),
    );
    return gaps(config.environments.flatMap((environment) => gapOf(environment, config, told)));
  },
});

function gapOf(environment: WranglerEnvironment, config: WranglerConfig, told: ReadonlySet<number>): Gap[] {
  const secrets = environment.variables.filter(
    ({ isSecret, class: worth, line }) =>
      isSecret && !told.has(line) && (worth === 'strong' || (isWeak(worth) && !isPrivate(environment))),
  );
  const evidence = some(secrets.map(({ line }) => at(config.file, line)));
  if (!evidence) return [];
  const names = codes(secrets.map(({ name }) => name));
  const title = titleOf(environment, config);
  const isStrong = secrets.some(({ class: worth }) => worth === 'strong');
  return [
    {
      key: environment.name ?? '',
      environments: environment.name === undefined ? [] : [environment.name],
      ...((!isStrong || isPrivate(environment)) && { severity: 'medium' }),
      ...(!isStrong && { confidence: 'medium' }),
      title: titled(`${code(config.file)}, ${code(title)}`, 'secret dans `vars`', 'secret in `vars`'),
      message: {
        fr: `Secrets d’après leur nom ou leur forme, dont la valeur est écrite en clair dans \`vars\`\u00a0: ${names.fr}.`,
        en: `By name or form these are secrets, and their values stand in the clear in \`vars\`: ${names.en}.`,
      },
      evidence,
    },
  ];
}

const isWeak = (worth: string): boolean => worth === 'weak' || worth === 'default';
