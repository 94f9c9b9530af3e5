import type { Topic } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { at, inDocument } from '../../derived/place.ts';
import { filesOf, notDeployed, shown } from '../derived/notes.ts';
import { isDeployed } from '../derived/platforms.ts';

/** The lines of documents that are kept up to date on a subject, with their words. */
const linesOn = ({ artifacts }: Estate, topic: Topic) =>
  artifacts.documents.flatMap(({ file, report, topics }) =>
    report || /(?:^|\/)(?:node_modules|vendor|templates?|examples?|skills|prompts)\//.test(file)
      ? []
      : topics.flatMap((one) =>
          one.topic === topic ? [{ place: inDocument(file, one.line), text: one.text ?? '' }] : [],
        ),
  );

const BOTTLENECKS =
  /bottleneck|goulot|capacit|load test|charge|shard|partition|scaling (?:strategy|plan|guide|limits|considerations|todo)|SCALING|strategie|limit/;

export function areBottlenecks(estate: Estate): Answer {
  const lines = linesOn(estate, 'scaling');
  // “scalability” heads lists of merits too
  const pages = lines
    .filter(({ text, place }) => BOTTLENECKS.test(text) || BOTTLENECKS.test(place.file))
    .map(({ place }) => place);
  const merits = lines.map(({ place }) => place);
  if (pages.length === 0 && merits.length > 0) {
    const files = filesOf(merits);
    return partial(
      {
        fr: `Un titre parle de montée en charge (${files.fr})\u00a0; aucun de goulot, de capacité ou de limite.`,
        en: `A heading speaks of scaling (${files.en}); none of bottlenecks, capacity or limits.`,
      },
      shown(merits),
    );
  }
  if (pages.length > 0) {
    const files = filesOf(pages);
    return yes(
      { fr: `La montée en charge est traitée dans ${files.fr}.`, en: `Scaling is treated in ${files.en}.` },
      shown(pages),
    );
  }
  if (!isDeployed(estate)) return notDeployed();
  return no({
    fr: 'Aucun titre des documents lus ne traite de goulots, de capacité ou de montée en charge.',
    en: 'No heading of the documents that were read treats bottlenecks, capacity or scaling.',
  });
}

/** What a product costs its customers is another subject; so is what an algorithm costs. */
const SPENDING =
  /\b(?:costs?|couts?|budgets?|facturation|billing|pricing)\b.*\b(?:estimat\w*|estime\w*|months?|monthly|mois|mensuels?|user|utilisateur|infra\w*|aws|azure|gcp|cloud\w*|hosting|hebergement|servers?|serveurs?|breakdown|optimi[sz]\w*|operat\w*|running|summary|analysis)\b|\b(?:estimat\w*|estime\w*|monthly|infra\w*|aws|azure|gcp|cloud\w*|hosting|hebergement|running|operat\w*|serveurs?)\b.*\b(?:costs?|couts?|budgets?|facturation|billing|pricing)\b/;
const SPENDING_PAGE = /cost|cout|co[uû]t|budget|infra|aws|cloudflare|scaling|operations|deploy/i;
const NOT_SPENDING =
  /\b(?:opportunity|switching|computational|cost function|sunk|api budget|error budget|token budget|context budget|performance budget|time budget|bundle|plans?)\b/;

export function isCost(estate: Estate): Answer {
  const lines = linesOn(estate, 'cost').filter(
    ({ text, place }) =>
      (SPENDING.test(text) || (SPENDING_PAGE.test(place.file) && /\b(?:costs?|couts?)\b/.test(text))) &&
      !NOT_SPENDING.test(text),
  );
  if (lines.length > 0) {
    const files = filesOf(lines.map(({ place }) => place));
    return yes(
      { fr: `Le coût est traité dans ${files.fr}.`, en: `The cost is treated in ${files.en}.` },
      shown(lines.map(({ place }) => place)),
    );
  }
  if (!isDeployed(estate)) return notDeployed();
  return no({
    fr: 'Aucun titre des documents lus ne traite de ce que coûte l’ensemble.',
    en: 'No heading of the documents that were read treats what all of it costs.',
  });
}

/** How a provider is called in prose, from the name by which packages know it. */
const spoken = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

export function areLimits(estate: Estate): Answer {
  const services = estate.resources.filter(
    ({ kind, facts }) =>
      (kind === 'Service::SaaS' || kind === 'Service::AI') && facts.some(({ sort }) => sort === 'declared'),
  );
  const names = [...new Set(services.map(({ name }) => name))].sort();
  if (names.length === 0)
    return cannotTell({
      fr: 'Aucun service tiers n’a été reconnu dans les paquets ni dans les variables.',
      en: 'No third-party service was recognised in the packages or the variables.',
    });
  const lines = linesOn(estate, 'limits');
  const told = names.filter((name) => lines.some(({ text }) => ` ${text} `.includes(` ${spoken(name)} `)));
  const all = codes(names, 6);
  if (told.length === 0)
    return no(
      {
        fr: `Services tiers utilisés\u00a0: ${all.fr}. Aucun document ne donne une de leurs limites.`,
        en: `Third-party services in use: ${all.en}. No document gives one of their limits.`,
      },
      shown(services.flatMap(({ declared }) => declared.slice(0, 1))),
    );
  const places = shown(
    lines
      .filter(({ text }) => told.some((name) => ` ${text} `.includes(` ${spoken(name)} `)))
      .map(({ place }) => place),
  );
  const known = codes(told, 6);
  const left = names.length - told.length;
  return told.length === names.length
    ? yes(
        {
          fr: `Une limite est écrite pour chaque service tiers\u00a0: ${known.fr}.`,
          en: `A limit is written down for each third-party service: ${known.en}.`,
        },
        places,
      )
    : partial(
        {
          fr: `Une limite est écrite pour ${known.fr}\u00a0; ${left} ${left > 1 ? 'autres services n’en ont' : 'autre service n’en a'} pas.`,
          en: `A limit is written down for ${known.en}; ${left} other ${left > 1 ? 'services have' : 'service has'} none.`,
        },
        places,
      );
}

const DATABASE =
  /^(?:AWS::(?:RDS::DB(?:Instance|Cluster)|DynamoDB::Table|DocDB::DBCluster|Redshift::Cluster|Neptune::DBCluster|OpenSearchService::Domain)|Cloudflare::D1::Database)$/;
const DATABASE_IMAGE = /^(?:\S+\/)?(?:postgres|postgis|timescaledb|mysql|mariadb|mongo|mssql|clickhouse)/;
const GROWTH =
  /shard|partition|database size|taille de la base|data retention|retention des donn|conservation des donn|archiv(?:age|ing)|purge|volum[eé]trie|storage limit|row count|capacity|capacit/i;

export function isGrowth(estate: Estate): Answer {
  const store = estate.resources.find(
    ({ kind, facts }) => DATABASE.test(kind) && facts.some(({ sort }) => sort === 'declared'),
  );
  const bound = estate.artifacts.wranglerConfigs.find(({ environments }) =>
    environments.some(({ bindings }) => bindings.some(({ type }) => type === 'd1')),
  );
  const composed = estate.artifacts.composeFiles.find(
    ({ retired, services }) =>
      !retired && services.some(({ image }) => image && DATABASE_IMAGE.test(image.reference)),
  );
  const place =
    store?.declared[0] ?? (bound ? at(bound.file, 1) : composed ? at(composed.file, 1) : undefined);
  if (!place)
    return cannotTell({
      fr: 'Aucune base de données n’est déclarée dans les fichiers lus.',
      en: 'No database is declared in the files that were read.',
    });
  const headings = estate.artifacts.documents.flatMap(({ file, report, headings: own }) =>
    report ? [] : own.flatMap(({ text, line }) => (GROWTH.test(text) ? [inDocument(file, line)] : [])),
  );
  const limits = linesOn(estate, 'limits').filter(({ text }) =>
    /\b(?:database|base de donnees|d1|postgres|mysql|dynamodb|storage|stockage|rows|lignes)\b/.test(text),
  );
  const found = [...headings, ...limits.map((one) => one.place)];
  if (found.length > 0) {
    const files = filesOf(found);
    return yes(
      {
        fr: `Il est question de la taille ou de la durée de vie des données dans ${files.fr}.`,
        en: `The size or the lifetime of data is spoken of in ${files.en}.`,
      },
      shown(found),
    );
  }
  return no(
    {
      fr: 'Une base est déclarée, et aucun titre des documents lus ne parle de sa taille, de ses limites ou d’archivage.',
      en: 'A database is declared, and no heading of the documents that were read speaks of its size, its limits or of archiving.',
    },
    [place],
  );
}

const LOAD_TOOLS =
  /^(?:k6|artillery|autocannon|loadtest|locust|gatling|@k6\/\w+|grafana-k6|io\.gatling[:.].*|jmeter)$/;
const LOAD_FILES =
  /(?:^|\/)(?:locustfile[\w-]*\.py|[\w.-]*(?<![a-z])(?:load|stress|perf)[-_]?tests?[\w.-]*\.(?:[cm]?[jt]s|py|ya?ml|jmx|sh|scala)|artillery[\w.-]*\.ya?ml|[\w.-]+\.jmx)$|(?:^|\/)(?:load[-_]?tests?|stress[-_]?tests?|k6|gatling|locust)\//i;

export function isLoadTested(estate: Estate): Answer {
  const tools = estate.artifacts.manifests.flatMap(({ file, packages }) =>
    packages.flatMap(({ name, line }) => (LOAD_TOOLS.test(name) ? [at(file, line)] : [])),
  );
  const files = [...estate.files]
    .filter((file) => LOAD_FILES.test(file) && !/node_modules|vendor\/|fixtures?\//.test(file))
    .slice(0, 4);
  const found = [...files.map((file) => at(file, 1)), ...tools];
  const [first] = found;
  if (first)
    return yes(
      {
        fr: `Un essai de charge est écrit\u00a0: ${code(first.file)}.`,
        en: `A load test is written: ${code(first.file)}.`,
      },
      shown(found),
    );
  if (!isDeployed(estate)) return notDeployed();
  return no({
    fr: 'Aucun fichier ne porte le nom d’un essai de charge ni d’un outil qui en fait.',
    en: 'No file bears the name of a load test or of a tool that makes one.',
  });
}
