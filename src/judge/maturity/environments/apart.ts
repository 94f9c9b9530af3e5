import { environmentOf, environmentsOf } from '#lib/environments.ts';
import type { Estate } from '#model/estate.ts';
import { isDeployedFrom, isFileEvidence } from '#model/evidence.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import type { Run } from '#model/workflow.ts';
import type { WranglerBinding, WranglerConfig } from '#model/wrangler.ts';
import { deploys } from '../../derived/calls.ts';
import { at } from '../../derived/place.ts';
import { filesOfEnvironments } from '../derived/deployment-scripts.ts';
import { filesOf, shown } from '../derived/notes.ts';

/** What keeps data, as Cloudflare's API names bindings. */
const KEEPS_DATA = new Set(['d1', 'kv_namespace', 'r2_bucket', 'queue', 'hyperdrive', 'vectorize']);
const DATA_KINDS =
  /^(?:AWS::(?:RDS::DB(?:Instance|Cluster)|DynamoDB::Table|ElastiCache::\w+|DocDB::DBCluster|OpenSearchService::Domain|S3::Bucket)|Cloudflare::(?:D1::Database|KV::Namespace|R2::Bucket))$/;

interface Bound {
  environment: string;
  binding: WranglerBinding;
  file: string;
}

/** The stores that each environment of a Worker is bound to; the top level counts where only it is what others are beside. */
function boundStores({ file, environments }: WranglerConfig): Bound[] {
  const named = environments.filter(({ name }) => name !== undefined);
  const hasProduction = named.some(({ name = '' }) => environmentOf(name) === 'prod');
  // beside a production of its own the top level is a copy of one of them, or what developers run
  const compared = hasProduction ? named : environments;
  return compared.flatMap(({ name, bindings }) =>
    bindings.flatMap((binding) =>
      KEEPS_DATA.has(binding.type) && (binding.id ?? binding.to) !== undefined
        ? [{ environment: name ?? '', binding, file }]
        : [],
    ),
  );
}

export function haveOwnData(estate: Estate): Answer {
  const bound = estate.artifacts.wranglerConfigs.flatMap((config) =>
    config.environments.length > 1 ? boundStores(config) : [],
  );
  const byStore = Map.groupBy(
    bound,
    ({ binding, file }) => `${file} ${binding.type} ${binding.id ?? binding.to}`,
  );
  const shared = [...byStore.values()].filter(
    (list) => new Set(list.map(({ environment }) => environment)).size > 1,
  );
  const [first] = shared;
  if (first) {
    const names = codes(new Set(first.map(({ environment }) => environment || 'top level')));
    const [one] = first;
    return no(
      {
        fr: `${names.fr} sont liés à la même ${one?.binding.type === 'd1' ? 'base' : 'ressource'} par ${code(one?.binding.name ?? '')}.`,
        en: `${names.en} are bound to the same ${one?.binding.type === 'd1' ? 'database' : 'resource'} by ${code(one?.binding.name ?? '')}.`,
      },
      shown(shared.flatMap((list) => list.map(({ file, binding }) => at(file, binding.line)))),
    );
  }
  if (new Set(bound.map(({ environment }) => environment)).size > 1) {
    const names = codes(new Set(bound.map(({ environment }) => environment || 'top level')));
    return yes(
      {
        fr: `${names.fr} sont liés chacun à leurs propres données.`,
        en: `${names.en} are each bound to data of their own.`,
      },
      shown(bound.map(({ file, binding }) => at(file, binding.line))),
    );
  }
  const stores = estate.resources.flatMap((one) => {
    const place = one.facts.find(
      ({ source, sort }) => isDeployedFrom(source) && sort === 'declared',
    )?.evidence;
    // of a name that is open nobody knows to how many stores it leads
    return DATA_KINDS.test(one.kind) &&
      place &&
      isFileEvidence(place) &&
      one.nameStatus !== 'template' &&
      one.nameStatus !== 'logical'
      ? [{ ...one, own: environmentsOf(one.name), place }]
      : [];
  });
  const apart = new Set(stores.flatMap(({ own }) => own));
  if (apart.size > 1) {
    const names = codes(apart);
    return yes(
      {
        fr: `Des magasins de données portent le nom de ${names.fr}.`,
        en: `Stores of data bear the names of ${names.en}.`,
      },
      shown(stores.filter(({ own }) => own.length > 0).map(({ place }) => place)),
    );
  }
  return cannotTell({
    fr: 'Les fichiers ne nomment pas les données de plusieurs environnements.',
    en: 'The files do not name the data of several environments.',
  });
}

const isProduction = ({ environment, inputs, matrix }: Run): boolean | undefined => {
  const words = [environment, ...Object.values(inputs), ...Object.values(matrix)]
    .filter((one): one is string => typeof one === 'string')
    .flatMap((one) => environmentOf(one) ?? []);
  return words.length === 0 ? undefined : words.includes('prod');
};

export function haveOwnSecrets(estate: Estate): Answer {
  const runs = estate.artifacts.workflows.flatMap((workflow) =>
    workflow.runs.flatMap((run) =>
      deploys(run) ? [{ run, file: workflow.file, isProduction: isProduction(run) }] : [],
    ),
  );
  const production = runs.filter((one) => one.isProduction === true);
  const others = runs.filter((one) => one.isProduction === false);
  const credentialOf = ({ run }: (typeof runs)[number]) =>
    run.secrets.filter((name) => name !== 'GITHUB_TOKEN');
  // a name that an environment of GitHub may answer differently says nothing
  const open = (list: typeof runs) =>
    new Set(list.filter(({ run }) => run.environment === undefined).flatMap(credentialOf));
  const shared = [...open(production)].filter((name) => open(others).has(name));
  if (shared.length > 0) {
    const names = codes(shared);
    const places = [...production, ...others].flatMap(({ file, run }) =>
      run.credentials.flatMap(({ line, secrets, file: own }) =>
        secrets.some((name) => shared.includes(name)) ? [at(own || file, line)] : [],
      ),
    );
    return no(
      {
        fr: `La production et les autres environnements lisent ${names.fr} sans environnement GitHub\u00a0: c’est la même valeur.`,
        en: `Production and the other environments read ${names.en} without a GitHub environment: it is the same value.`,
      },
      shown(places),
    );
  }
  const own = new Set(others.flatMap(credentialOf));
  const distinct = [...new Set(production.flatMap(credentialOf))].filter(
    (name) => !own.has(name) && environmentsOf(name).includes('prod'),
  );
  if (distinct.length > 0) {
    const names = codes(distinct);
    const places = production.flatMap(({ file, run }) =>
      run.credentials.flatMap(({ line, secrets }) =>
        secrets.some((name) => distinct.includes(name)) ? [at(file, line)] : [],
      ),
    );
    return yes(
      {
        fr: `La production a ses propres noms de secrets\u00a0: ${names.fr}.`,
        en: `Production has names of secrets of its own: ${names.en}.`,
      },
      shown(
        places.length > 0 ? places : production.map(({ file, run }) => at(file, run.calls[0]?.line ?? 1)),
      ),
    );
  }
  const incomplete = estate.artifacts.wranglerConfigs.find(
    ({ environments }) => environments.filter(({ name }) => name).length > 1,
  );
  return cannotTell(
    incomplete
      ? {
          fr: `Chaque environnement de ${code(incomplete.file)} est un Worker qui a ses secrets\u00a0; si leurs valeurs diffèrent ne se lit nulle part.`,
          en: `Each environment of ${code(incomplete.file)} is a Worker that has its secrets; whether their values differ can be read nowhere.`,
        }
      : {
          fr: 'Si les valeurs des secrets diffèrent ne se lit dans aucun fichier. La réponse peut être donnée dans `constat.yaml` (`answers:`).',
          en: 'Whether the values of secrets differ stands in no file. The answer can be given in `constat.yaml` (`answers:`).',
        },
  );
}

export function haveOwnVariables(estate: Estate): Answer {
  const { wranglerConfigs } = estate.artifacts;
  const worker = wranglerConfigs.find(
    ({ environments }) =>
      environments.filter(({ name, variables }) => name !== undefined && variables.length > 0).length > 0,
  );
  const byEnvironment = filesOfEnvironments(estate);
  if (worker) {
    const lacking = worker.environments.filter(({ lacking: own }) => own.some(({ key }) => key === 'vars'));
    const names = codes(
      worker.environments.flatMap(({ name, variables }) =>
        name !== undefined && variables.length > 0 ? [name] : [],
      ),
    );
    const evidence = [at(worker.file, worker.environments.find(({ name }) => name !== undefined)?.line ?? 1)];
    const note = {
      fr: `${code(worker.file)} donne ses variables à ${names.fr}${lacking.length > 0 ? ', et pas à tous ses environnements' : ''}.`,
      en: `${code(worker.file)} gives variables to ${names.en}${lacking.length > 0 ? ', and not to all of its environments' : ''}.`,
    };
    return lacking.length > 0 ? partial(note, evidence) : yes(note, evidence);
  }
  if (byEnvironment.size > 1) {
    const places = [...byEnvironment.values()].map((file) => at(file, 1));
    const names = filesOf(places);
    return yes(
      {
        fr: `Des fichiers sont propres à un environnement\u00a0: ${names.fr}.`,
        en: `Files are those of one environment: ${names.en}.`,
      },
      shown(places),
    );
  }
  const named = new Set(
    estate.artifacts.workflows.flatMap(({ runs }) => runs.flatMap(({ environment }) => environment ?? [])),
  );
  return cannotTell(
    named.size > 1
      ? {
          fr: 'Les workflows nomment des environnements GitHub, dont les variables n’ont pas été lues.',
          en: 'The workflows name GitHub environments, the variables of which were not read.',
        }
      : {
          fr: 'Aucun fichier n’est propre à un environnement\u00a0: les variables sont peut-être tenues là où l’on déploie.',
          en: 'No file is that of one environment: variables may be kept where the deployment goes.',
        },
  );
}
