import type { Estate } from '#model/estate.ts';
import type { Evidence, FileEvidence } from '#model/evidence.ts';
import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerConfig } from '#model/wrangler.ts';
import { some, titled } from '../../derived/place.ts';
import { configsOf, isShown, subjectOf } from '../../derived/worker-reading.ts';

/** What the code asks its environment for is what somebody bound there: the configuration says by itself what runs. */
export const workerBindingUndeclared = defineRule({
  id: 'worker-binding-undeclared',
  severity: 'medium',
  subject: 'worker',
  title: {
    fr: 'Nom lu dans l’environnement et déclaré nulle part',
    en: 'Name read from the environment and declared nowhere',
  },
  risk: {
    fr: 'Une liaison absente fait échouer chaque requête qui la demande, et un secret posé à la main manque dans tout nouvel environnement.',
    en: 'A missing binding fails every request that asks for it, and a secret set by hand is missing in every new environment.',
  },
  remedy: {
    fr: 'Déclarer la liaison ou la variable pour chaque environnement, et nommer les secrets attendus (`secrets.required`, `.dev.vars.example`).',
    en: 'Declare the binding or the variable for each environment, and name the secrets that are expected (`secrets.required`, `.dev.vars.example`).',
  },
  references: [
    'https://developers.cloudflare.com/workers/runtime-apis/bindings/',
    'https://developers.cloudflare.com/workers/configuration/secrets/',
  ],
  evaluate(worker, estate) {
    const configs = configsOf(worker, estate.artifacts);
    if (isShown(worker) || configs.length === 0) return notApplicable;
    const absent = undeclaredIn(worker, configs, estate);
    if (absent.length === 0) return ok;
    if (isBoundByOthers(configs, estate))
      return unknown({
        fr: 'Terraform déclare aussi ce Worker, et ce qu’il y lie n’a pas été comparé',
        en: 'Terraform declares this Worker as well, and what it binds there was not compared',
      });
    const bindings = absent.filter(({ isBinding }) => isBinding);
    const texts = absent.filter(({ isBinding }) => !isBinding);
    const evidence = some([
      ...[...bindings, ...texts].flatMap(({ places }) => places.slice(0, 1)).slice(0, 6),
      ...exampleOf(texts, configs, estate),
    ]);
    if (!evidence) return ok;
    const of = sentence(bindings, texts, configs);
    return gaps([
      {
        ...(bindings.length === 0 && { severity: 'low', confidence: 'low' }),
        title: titled(subjectOf(worker), 'noms lus et non déclarés', 'names read and not declared'),
        message: of,
        evidence,
      },
    ]);
  },
});

interface Absent {
  name: string;
  isBinding: boolean;
  places: FileEvidence[];
}

/** What the runtime, the build or Pages gives by itself. Cloudflare documentation, “Build configuration”, “Environment variables”. */
const GIVEN =
  /^(?:ASSETS|NODE_ENV|CF_PAGES\w*|WORKERS_CI\w*|CI|__STATIC_CONTENT\w*|__\w+|CF_VERSION_METADATA|OAUTH_PROVIDER|MODE|DEV|PROD|SSR|BASE_URL)$/;

/** Names that are read without a way out, and that nothing in the repository or the account binds. */
function undeclaredIn(
  worker: WorkerCode,
  configs: readonly WranglerConfig[],
  { resources }: Estate,
): Absent[] {
  const known = new Set(
    configs.flatMap(({ environments }) =>
      environments.flatMap((one) =>
        [...one.bindings, ...one.variables, ...one.secrets].map(({ name }) => name),
      ),
    ),
  );
  for (const { kind, name, properties } of resources) {
    if (kind === 'Cloudflare::Workers::Secret') known.add(name.slice(name.lastIndexOf('/') + 1));
    if (kind === 'Cloudflare::Workers::Script' && Array.isArray(properties.bindings))
      for (const one of properties.bindings)
        if (typeof one === 'object' && one !== null && !Array.isArray(one)) known.add(String(one.name));
  }
  const read = Map.groupBy(worker.reads, ({ name }) => name);
  return [...read].flatMap(([name, reads]) =>
    known.has(name) || GIVEN.test(name) || reads.some((one) => one.isOptional || !isName(one))
      ? []
      : [
          {
            name,
            isBinding: reads.some(({ isBinding }) => isBinding === true),
            places: reads.map(({ at }) => at),
          },
        ],
  );
}

/** Texts of an environment are written in capitals; other names are more often of an object of the program's own. */
const isName = ({ name, isBinding }: WorkerCode['reads'][number]): boolean =>
  isBinding === true || /^[A-Z][A-Z0-9_]*$/.test(name);

/** Whether something else than Wrangler deploys the same script. */
const isBoundByOthers = (configs: readonly WranglerConfig[], { resources }: Estate): boolean => {
  const scripts = new Set(
    configs.flatMap(({ environments }) => environments.map(({ script }) => script.name)),
  );
  return resources.some(
    ({ kind, name, declared }) =>
      kind === 'Cloudflare::Workers::Script' &&
      scripts.has(name) &&
      declared.some(({ file }) => /\.tf(?:\.json)?$/.test(file)),
  );
};

/** Where an example of an environment names what is not declared. */
const exampleOf = (
  texts: readonly Absent[],
  configs: readonly WranglerConfig[],
  { artifacts }: Estate,
): Evidence[] => {
  const folders = new Set(configs.map(({ file }) => folderOf(file)));
  return artifacts.environmentFiles.flatMap(({ file, variables }): Evidence[] => {
    if (!folders.has(folderOf(file))) return [];
    const own = variables.find(({ name }) => texts.some((one) => one.name === name));
    return own ? [{ source: 'repo', file, line: own.line }] : [];
  });
};

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);

function sentence(
  bindings: readonly Absent[],
  texts: readonly Absent[],
  configs: readonly WranglerConfig[],
): Text {
  const files = codes(configs.map(({ file }) => file));
  const own = codes(bindings.map(({ name }) => `env.${name}`));
  const rest = codes(texts.map(({ name }) => `env.${name}`));
  const fr: string[] = [];
  const en: string[] = [];
  if (bindings.length > 0) {
    fr.push(`Le code se sert de ${own.fr}, qu’aucun environnement de ${files.fr} ne lie.`);
    en.push(`The code uses ${own.en}, which no environment of ${files.en} binds.`);
  }
  if (texts.length > 0) {
    const [first] = texts;
    fr.push(
      `Le code lit ${rest.fr} sans dire quoi faire ${texts.length > 1 ? 'de leur absence' : 'de son absence'}, et ${files.fr} ne ${texts.length > 1 ? 'les' : 'le'} ${configs.length > 1 ? 'déclarent' : 'déclare'} pas\u00a0: ${texts.length > 1 ? 'ce sont peut-être des secrets posés' : 'c’est peut-être un secret posé'} à la main (${code(`wrangler secret put ${first?.name ?? ''}`)}).`,
    );
    en.push(
      `The code reads ${rest.en} without saying what to do where ${texts.length > 1 ? 'they are' : 'it is'} absent, and ${files.en} ${configs.length > 1 ? 'do' : 'does'} not declare ${texts.length > 1 ? 'them: they may be secrets' : 'it: it may be a secret'} set by hand (${code(`wrangler secret put ${first?.name ?? ''}`)}).`,
    );
  }
  return { fr: fr.join(' '), en: en.join(' ') };
}
