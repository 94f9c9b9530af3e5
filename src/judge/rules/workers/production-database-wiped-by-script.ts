import { environmentOf, environmentsOf } from '#lib/environments.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { Call, ScriptRun } from '#model/workflow.ts';
import type { WranglerEnvironment } from '#model/wrangler.ts';
import { placeOf } from '../../derived/calls.ts';
import { at, titled } from '../../derived/place.ts';
import { isForShow, productionOf } from '../../derived/wrangler-environments.ts';

/** One command typed in the wrong terminal, and what users entered is gone. */
export const productionDatabaseWipedByScript = defineRule({
  id: 'production-database-wiped-by-script',
  severity: 'high',
  subject: 'estate',
  title: {
    fr: 'Base de production effacée par un script',
    en: 'Production database wiped by a script',
  },
  risk: {
    fr: 'Lancé par erreur, ou une fois de trop, il efface les données des utilisateurs\u00a0; seule une restauration les rend, et pas ce qui a suivi.',
    en: 'Started by mistake, or once too often, it erases the data of users; only a restoration brings them back, and not what came after.',
  },
  remedy: {
    fr: 'Faire évoluer le schéma par des migrations qui gardent les données, et réserver la remise à zéro aux bases locales ou d’essai, avec une confirmation.',
    en: 'Change the schema by migrations that keep the data, and keep the reset to local or trial databases, behind a confirmation.',
  },
  references: [
    'https://developers.cloudflare.com/d1/reference/migrations/',
    'https://developers.cloudflare.com/d1/reference/time-travel/',
  ],
  evaluate(estate) {
    const { workflows, scripts } = estate.artifacts;
    const found = new Map<string, Gap>();
    const add = (file: string, call: Call, place: FileEvidence, isManual: boolean) => {
      const gap = gapOf(file, call, place, estate, isManual);
      if (gap?.key !== undefined && !found.has(gap.key)) found.set(gap.key, gap);
    };
    for (const workflow of workflows)
      for (const run of workflow.runs)
        for (const call of run.calls)
          add(
            workflow.file,
            call,
            placeOf(call, run, workflow),
            /^workflow_(?:dispatch|call)$/.test(run.events.join()),
          );
    for (const run of scripts)
      if (!isForShow(run) && !asks(run, estate))
        for (const call of run.calls)
          if (call.operation !== 'd1 delete' || isUnasked(call))
            add(run.file, call, at(call.file ?? run.file, call.line), false);
    return gaps([...found.values()]);
  },
});

/** Whether the program waits for a person's answer anywhere: the wipe is then taken for asked. */
const asks = ({ file }: ScriptRun, { artifacts }: Estate): boolean =>
  artifacts.scriptTraits.some((one) => one.file === file && one.traits.some(({ trait }) => trait === 'asks'));

const isUnasked = ({ arguments: given }: Call): boolean =>
  given['skip-confirmation'] !== undefined || given.y !== undefined || given.yes !== undefined;

function gapOf(
  file: string,
  call: Call,
  place: FileEvidence,
  estate: Estate,
  isManual: boolean,
): Gap | undefined {
  const losses = lossesOf(call);
  const database = databaseOf(call);
  if (!losses || database === undefined) return undefined;
  const sign = productionSign(database, call, estate);
  if (!sign) return undefined;
  const statements = codes(losses, 3);
  return {
    key: `${file} ${database}`,
    ...(isManual && { severity: 'medium' }),
    ...(call.certainty !== 'rehearsed' && { confidence: 'medium' }),
    title: titled(
      code(file),
      `la base de production ${code(database)} est effacée`,
      `the production database ${code(database)} is wiped`,
    ),
    message: {
      fr: `${code(place.file)} exécute ${statements.fr} sur la base distante ${code(database)}, liée à la production, sans demander de confirmation.`,
      en: `${code(place.file)} runs ${statements.en} on the remote database ${code(database)}, which production is bound to, without asking for a confirmation.`,
    },
    evidence: [place, ...sign],
  };
}

/** What a call would erase from Cloudflare’s own copy; since Wrangler 3.33 only `--remote` reaches it. */
function lossesOf({ tool, operation, arguments: given }: Call): string[] | undefined {
  if (tool !== 'wrangler') return undefined;
  if (operation === 'd1 delete') return ['wrangler d1 delete'];
  if (operation !== 'd1 execute' || !isGiven(given.remote) || isGiven(given.preview)) return undefined;
  const { destroys } = given;
  const texts = Array.isArray(destroys) ? destroys.filter((one) => typeof one === 'string') : [];
  return texts.length > 0 ? texts : undefined;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== false && value !== 'false';

function databaseOf({ arguments: { database, words } }: Call): string | undefined {
  const name = typeof database === 'string' ? database : Array.isArray(words) ? words[0] : undefined;
  return typeof name === 'string' && !name.includes('⟨') ? name : undefined;
}

/** Where it stands that production is bound to the database; undefined where nothing says so. */
function productionSign(database: string, call: Call, { artifacts }: Estate): FileEvidence[] | undefined {
  const configs = artifacts.wranglerConfigs.filter((config) => !isForShow(config));
  const binds = ({ bindings }: WranglerEnvironment) =>
    bindings.filter(({ type, to }) => type === 'd1' && to === database);
  const bound = configs.flatMap((config) =>
    productionOf(config).flatMap((environment) =>
      binds(environment).map(({ line }) => at(config.file, line)),
    ),
  );
  if (bound.length > 0) return bound.slice(0, 2);
  const isOfAnother = configs.some(({ environments }) => environments.some((one) => binds(one).length > 0));
  if (isOfAnother) return undefined;
  const environment = call.arguments.env ?? call.arguments.e;
  const isNamed = typeof environment === 'string' && environmentOf(environment) === 'prod';
  return isNamed || environmentsOf(database).includes('prod') ? [] : undefined;
}
