import type { Estate } from '#model/estate.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { at, some, titled } from '../../derived/place.ts';
import { deployedOf, isForShow, titleOf } from '../../derived/wrangler-environments.ts';

/** The last deployment wins, whichever of the two it was. */
export const workerNameReused = defineRule({
  id: 'worker-name-reused',
  severity: 'high',
  subject: 'estate',
  confidence: 'medium',
  title: { fr: 'Un même nom de Worker pour deux programmes', en: 'One Worker name for two programs' },
  risk: {
    fr: 'Chaque déploiement remplace l’autre programme, avec ses liaisons, ses routes et ses tâches planifiées.',
    en: 'Each deployment replaces the other program, with its bindings, routes and schedules.',
  },
  remedy: {
    fr: 'Donner à chaque programme et à chaque environnement un nom qui n’est qu’à lui.',
    en: 'Give each program and each environment a name of its own.',
  },
  references: ['https://developers.cloudflare.com/workers/wrangler/configuration/#inheritable-keys'],
  evaluate(estate) {
    const all = deployments(estate);
    if (all.length === 0) return notApplicable;
    const named = Map.groupBy(all, ({ environment }) => environment.script.name);
    return gaps([...named].flatMap(([name, group]) => gapOf(name, group)));
  },
});

interface Deployed {
  config: WranglerConfig;
  environment: WranglerEnvironment;
}

const deployments = ({ artifacts }: Estate): Deployed[] =>
  artifacts.wranglerConfigs
    .filter((config) => !isForShow(config) && !config.isPages)
    .flatMap((config) => deployedOf(config).map((environment) => ({ config, environment })))
    .filter(({ environment }) => /^[a-z0-9_][\w-]*$/i.test(environment.script.name));

function gapOf(name: string, group: readonly Deployed[]): Gap[] {
  const distinct = group.filter(
    (one, index) =>
      !group.slice(0, index).some((earlier) => isSame(earlier, one) || isElsewhere(earlier, one)),
  );
  const evidence = some(distinct.map(({ config, environment }) => at(config.file, environment.script.line)));
  if (distinct.length < 2 || !evidence) return [];
  const places = codes(
    distinct.map(({ config, environment }) =>
      new Set(distinct.map((one) => one.config.file)).size === 1 ? titleOf(environment, config) : config.file,
    ),
  );
  return [
    {
      key: name,
      title: titled(code(name), 'un nom, plusieurs déploiements', 'one name, several deployments'),
      message: {
        fr: `${places.fr} déploient sous le nom ${code(name)}.`,
        en: `${places.en} deploy under the name ${code(name)}.`,
      },
      evidence,
    },
  ];
}

const folderOf = ({ file }: WranglerConfig): string => file.slice(0, file.lastIndexOf('/') + 1);

/** The same program set up twice (`wrangler.toml` beside `wrangler.local.toml`), or a base beside its only environment. */
const isSame = (one: Deployed, other: Deployed): boolean =>
  one.config === other.config
    ? one.environment.name === undefined || other.environment.name === undefined
    : folderOf(one.config) === folderOf(other.config) && one.config.main?.path === other.config.main?.path;

const isElsewhere = ({ environment: one }: Deployed, { environment: other }: Deployed): boolean =>
  one.accountId !== undefined && other.accountId !== undefined && one.accountId !== other.accountId;
