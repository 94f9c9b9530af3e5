import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { at, some, titled } from '../../derived/place.ts';
import { canonicalOf, codeOf, isForShow, isPrivate } from '../../derived/wrangler-environments.ts';

/** The code asks for a binding that is not there, and the environment answers every such request with an error. */
export const workerEnvironmentIncomplete = defineRule({
  id: 'worker-environment-incomplete',
  severity: 'medium',
  subject: 'wranglerConfig',
  title: {
    fr: 'Environnement d’un Worker sans ce que les autres ont',
    en: 'Environment of a Worker without what the others have',
  },
  risk: {
    fr: 'Wrangler ne reprend ni les liaisons ni les variables d’un autre niveau\u00a0: déployé ainsi, le code échoue dès qu’il en demande une, et rien ne peut y être essayé avant la production.',
    en: 'Wrangler takes neither bindings nor variables from another level: deployed like this the code fails as soon as it asks for one, and nothing can be tried there before production.',
  },
  remedy: {
    fr: 'Ajouter à l’environnement ses propres liaisons et variables, avec des ressources à lui, ou le retirer du fichier.',
    en: 'Give the environment its own bindings and variables, with resources of its own, or take it out of the file.',
  },
  references: ['https://developers.cloudflare.com/workers/wrangler/configuration/#non-inheritable-keys'],
  evaluate(config, { artifacts }) {
    if (isForShow(config) || config.environments.length < 2) return notApplicable;
    const worker = codeOf(config, artifacts.workers);
    return gaps(config.environments.flatMap((environment) => gapOf(environment, config, worker)));
  },
});

type Lacking = WranglerEnvironment['lacking'][number];

/** What works beside the program, or is compiled into it, and that an environment can do without. */
const BESIDE = new Set(['define', 'tail_consumers', 'streaming_tail_consumers']);

function gapOf(
  environment: WranglerEnvironment,
  config: WranglerConfig,
  worker: WorkerCode | undefined,
): Gap[] {
  const { name } = environment;
  if (name === undefined) return [];
  const lacking = environment.lacking.filter(
    (one) => !BESIDE.has(one.key) && isOfUse(one, worker) && isMeant(one, environment, config, worker),
  );
  const bindings = lacking.filter(({ key }) => key !== 'vars');
  const evidence = some([
    at(config.file, environment.line),
    ...lacking.map(({ stated }) => stated),
    ...(worker?.reads ?? [])
      .filter((read) => lacking.some((one) => one.name === read.name))
      .map((read) => read.at),
  ]);
  if (lacking.length === 0 || !evidence) return [];
  const names = codes(lacking.map((one) => one.name ?? one.key));
  return [
    {
      key: name,
      environments: [name],
      ...((bindings.length === 0 || isPrivate(environment)) && { severity: 'low' }),
      title: titled(
        `${code(config.file)}, ${code(name)}`,
        'environnement incomplet',
        'incomplete environment',
      ),
      message: {
        fr: `L’environnement ${code(name)} n’a pas ${names.fr}, que d’autres niveaux du fichier déclarent (${linesOf(lacking, 'fr')}).${readsOf(lacking, worker).fr}`,
        en: `Environment ${code(name)} lacks ${names.en}, which other levels of the file state (${linesOf(lacking, 'en')}).${readsOf(lacking, worker).en}`,
      },
      evidence,
    },
  ];
}

/** What code that was read in full never asks for is lacking to nobody. */
const isOfUse = ({ name, key }: Lacking, worker: WorkerCode | undefined): boolean =>
  name === undefined ||
  key === 'secrets.required' ||
  worker === undefined ||
  worker.blindSpots.length > 0 ||
  worker.reads.some((read) => read.name === name);

/**
 * Whether others really have it: what only a developer's own environment states is a help of theirs. A variable may be
 * of one environment alone, unless the code reads it, the environment has no variable at all, or all others have it.
 */
function isMeant(
  { key, name }: Lacking,
  environment: WranglerEnvironment,
  { environments }: WranglerConfig,
  worker: WorkerCode | undefined,
): boolean {
  const has = (one: WranglerEnvironment) =>
    name === undefined ||
    [...one.bindings, ...one.variables, ...one.secrets].some((stated) => stated.name === name);
  const holders = environments.filter((one) => one !== environment && has(one));
  if (holders.every(isPrivate)) return false;
  // environments that are called after what they do (`leader`, `helper`) need not be alike
  const isKnown = canonicalOf(environment).length > 0;
  if (!isKnown && holders.every((one) => one.name !== undefined)) return false;
  if (key !== 'vars' || environment.variables.length === 0) return true;
  if (worker?.reads.some((read) => read.name === name)) return true;
  const others = environments.filter((one) => one !== environment && one.variables.length > 0);
  return others.length > 1 && holders.length === others.length;
}

function linesOf(lacking: readonly Lacking[], language: 'fr' | 'en'): string {
  const lines = [...new Set(lacking.map(({ stated }) => stated.line))].sort((a, b) => a - b);
  const shown = lines.slice(0, 6).join(', ');
  const word = { fr: ['ligne', 'lignes'], en: ['line', 'lines'] }[language][lines.length > 1 ? 1 : 0];
  return `${word} ${shown}${lines.length > 6 ? '…' : ''}`;
}

function readsOf(lacking: readonly Lacking[], worker: WorkerCode | undefined): Text {
  const read = worker?.reads.find(({ name }) => lacking.some((one) => one.name === name));
  if (!read) return { fr: '', en: '' };
  const place = code(`${read.at.file}:${read.at.line}`);
  return {
    fr: ` Le code lit ${code(`env.${read.name}`)} (${place}).`,
    en: ` The code reads ${code(`env.${read.name}`)} (${place}).`,
  };
}
