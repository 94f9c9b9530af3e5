import type { Artifacts } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { unknown, type Verdict } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import type { BlindSpot, WorkerCode } from '#model/worker.ts';
import type { WranglerBinding, WranglerConfig } from '#model/wrangler.ts';
import { isForShow } from './wrangler-environments.ts';

/** Every configuration that deploys a Worker's code: `wrangler.toml` beside `wrangler.staging.toml`. */
export const configsOf = (
  worker: WorkerCode,
  { wranglerConfigs }: Pick<Artifacts, 'wranglerConfigs'>,
): WranglerConfig[] =>
  wranglerConfigs.filter(({ file, main }) => file === worker.config || main?.path === worker.entry);

/** Folders of what only those who work on a library run. */
const OF_DEVELOPMENT = /(?:^|\/)(?:dev|conformance|bench(?:marks?)?|docs?|e2e)\//i;

/** Whether the code is shown or tested and nothing of it is in service. */
export const isShown = (worker: WorkerCode): boolean =>
  [worker.config ?? worker.entry, worker.entry].some(
    (file) => isForShow({ file }) || OF_DEVELOPMENT.test(file),
  );

/**
 * Whether anybody can ask the Worker: it has a route, an address of `workers.dev`, or is of Pages. One that has none is
 * called by other Workers.
 */
export const isReachable = (configs: readonly WranglerConfig[]): boolean =>
  configs.length === 0 ||
  configs.some(
    (config) =>
      config.isPages ||
      config.environments.some(({ routes, workersDev }) => routes.length > 0 || workersDev.isOn),
  );

export const bindingsOf = (configs: readonly WranglerConfig[]): WranglerBinding[] =>
  configs.flatMap(({ environments }) => environments.flatMap(({ bindings }) => bindings));

/** Where the Worker begins to answer requests; undefined where it does not, or where nobody can tell. */
export const answersAt = ({ handlers }: WorkerCode): FileEvidence | undefined =>
  handlers.find(({ event }) => event === 'fetch')?.at;

/**
 * Frameworks that only route: they give answers no header of their own, limit nothing, and read nothing of the
 * environment. Their own documentation, as of 2026.
 */
const ONLY_ROUTES =
  /^(?:hono(?:$|\/(?!secure-headers))|itty-router|itty-router-openapi|worktop|sunder|@tsndr\/cloudflare-worker-router|@trpc\/server|toucan-js)/;

/** What was not read, where an absence may hide; a framework that only routes hides nothing. */
export const blindSpotsOf = (worker: WorkerCode, but: readonly BlindSpot[] = []): WorkerCode['blindSpots'] =>
  worker.blindSpots.filter(
    ({ what, name }) =>
      !but.includes(what) && !(what === 'framework' && name !== undefined && ONLY_ROUTES.test(name)),
  );

const WHAT: Readonly<Record<BlindSpot, Text>> = {
  'module-unreadable': { fr: 'un module n’a pas été lu', en: 'a module was not read' },
  'module-not-found': { fr: 'un module n’est pas dans le dépôt', en: 'a module is not in the repository' },
  framework: { fr: 'un cadre de développement répond lui-même', en: 'a framework answers by itself' },
  'environment-passed-on': {
    fr: 'l’environnement est transmis en entier',
    en: 'the environment is handed on whole',
  },
};

/** The answer where something was not read: what, and where the first of it stands. */
export function notRead(spots: WorkerCode['blindSpots']): Verdict | undefined {
  const [first] = spots;
  if (!first) return undefined;
  const place = code(`${first.at.file}:${first.at.line}`);
  const what = WHAT[first.what];
  return unknown({ fr: `${what.fr} (${place})`, en: `${what.en} (${place})` });
}

/** Rulesets of a phase, declared or observed, that hold a rule as far as is known. Cloudflare documentation, “Phases list”. */
export const rulesetsOf = ({ resources }: Estate, phase: string) =>
  resources.filter(
    ({ kind, name, properties }) =>
      kind === 'Cloudflare::Ruleset' &&
      properties.ruleCount !== 0 &&
      (properties.phase === phase || name === phase || name.endsWith(` ${phase}`)),
  );

/** The reads that tell which rulesets there are. */
const RULESETS = ['GET /zones', 'GET /zones/{zone_id}/rulesets', 'GET /accounts/{account_id}/rulesets'];

const ofCloudflare = ({ coverage }: Estate) =>
  coverage.filter(({ source, state }) => source === 'cloudflare' && state !== 'skipped');

/** Whether every ruleset of the account was looked for: what was not found is not there. */
export const areRulesetsRead = (estate: Estate): boolean => {
  const own = ofCloudflare(estate);
  const lists = own.flatMap(({ operations }) => operations.filter(({ name }) => RULESETS.includes(name)));
  const isOpened = own.every(({ state }) => state === 'complete' || state === 'partial');
  const isWhole = lists.every(({ denied, failed, unavailable = 0 }) => denied + failed + unavailable === 0);
  return own.length > 0 && isOpened && isWhole;
};

/** The answer where an account was asked for rules that may do what the code does not, and did not tell them all. */
export const rulesetsRefused = (estate: Estate): Verdict | undefined =>
  ofCloudflare(estate).length === 0 || areRulesetsRead(estate)
    ? undefined
    : unknown({
        fr: 'les règles de la zone et du compte n’ont pas toutes été lues',
        en: 'not all rules of the zone and of the account were read',
      });

/** Names of a Worker's code in a text: its configuration, and where it begins. */
export const subjectOf = (worker: WorkerCode): string => code(worker.entry);

/** `src/a.ts:3`, for texts. */
export const placesOf = (places: readonly FileEvidence[], most = 3): Text =>
  codes(new Set(places.map(({ file, line }) => `${file}:${line}`)), most);
