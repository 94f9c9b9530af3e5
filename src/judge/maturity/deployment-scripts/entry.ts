import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { pushesOf } from '../../derived/calls.ts';
import { at } from '../../derived/place.ts';
import {
  appliedMigrations,
  declaredEnvironments,
  doubledWays,
  handledEnvironments,
  placesOfScripts,
} from '../derived/deployment-scripts.ts';
import { filesOf, notDeployed, shown, treated } from '../derived/notes.ts';
import { isServed } from '../derived/operations-read.ts';
import { isDeployed, otherPipelines, platformsOf } from '../derived/platforms.ts';
import { nameOf, waysToDeploy } from '../derived/ways-to-deploy.ts';

/** Answers about the ways to deploy themselves: that there are any, how many, where, and for which environments. */

export function isWritten(estate: Estate): Answer {
  const ways = waysToDeploy(estate);
  if (ways.length > 0) {
    const names = codes(new Set(ways.map(nameOf)), 4);
    return yes(
      { fr: `Le déploiement est écrit\u00a0: ${names.fr}.`, en: `The deployment is written: ${names.en}.` },
      shown(ways.map(({ place }) => place)),
    );
  }
  const outside = platformsOf(estate);
  const pipelines = otherPipelines(estate);
  const [first] = [...pipelines, ...outside];
  if (first) {
    const names = codes(new Set([...pipelines, ...outside].map(({ place }) => place.file)));
    return cannotTell({
      fr: `Rien de ce qui a été lu ne déploie\u00a0; ${names.fr} dit que ${first.name} peut le faire, avec des réglages qui n’ont pas été lus.`,
      en: `Nothing that was read deploys; ${names.en} says that ${first.name} may do it, with settings that were not read.`,
    });
  }
  const pages = treated(estate, 'deployment');
  if (pages.length > 0 && isDeployed(estate)) {
    const files = filesOf(pages);
    return partial(
      {
        fr: `Seul un document traite du déploiement (${files.fr})\u00a0: aucun script ni workflow ne le fait.`,
        en: `Only a document treats the deployment (${files.en}): no script or workflow does it.`,
      },
      shown(pages),
    );
  }
  const composed = estate.artifacts.composeFiles.filter((file) => isServed(file, estate));
  if (composed.length > 0) {
    const places = composed.map(({ file }) => at(file, 1));
    const files = filesOf(places);
    return partial(
      {
        fr: `Ce qui tourne est décrit par ${files.fr}\u00a0; aucun script ni workflow reconnu ne le lance.`,
        en: `What runs is described by ${files.en}; no script or workflow that was recognised starts it.`,
      },
      shown(places),
    );
  }
  const { workflows } = estate.artifacts;
  const pushed = workflows.flatMap(pushesOf);
  const called = workflows.find(({ jobs }) => jobs.some(({ uses }) => uses && !uses.text.startsWith('./')));
  const [image] = pushed;
  if (image)
    return cannotTell({
      fr: `${code(image.repository)} est publiée, et rien de ce dépôt ne la met en service\u00a0: un autre le fait peut-être.`,
      en: `${code(image.repository)} is pushed, and nothing of this repository puts it into service: another one may do so.`,
    });
  if (called)
    return cannotTell({
      fr: `${code(called.file)} appelle un workflow d’un autre dépôt, qui déploie peut-être.`,
      en: `${code(called.file)} calls a workflow of another repository, which may deploy.`,
    });
  return isDeployed(estate)
    ? no({
        fr: 'Aucun script, recette ni workflow de ce dépôt ne met quoi que ce soit en service.',
        en: 'No script, recipe or workflow of this repository puts anything into service.',
      })
    : notDeployed();
}

export function hasOneEntry(estate: Estate): Answer {
  const ways = waysToDeploy(estate);
  if (ways.length === 0) return noWay(estate);
  const doubled = doubledWays(estate);
  const [first] = doubled;
  if (!first) {
    const names = codes(new Set(ways.map(nameOf)), 4);
    return yes(
      {
        fr: `Rien n’est déployé par deux scripts à la fois\u00a0: ${names.fr}.`,
        en: `Nothing is deployed by two scripts at once: ${names.en}.`,
      },
      shown(ways.map(({ place }) => place)),
    );
  }
  const names = codes(new Set(first.ways.map(({ file }) => file)), 4);
  const evidence = shown(doubled.flatMap((one) => one.ways.map(({ place }) => place)));
  return first.target === undefined
    ? partial(
        {
          fr: `${names.fr} lancent tous ${code(first.command)}\u00a0: ce qui distingue l’un de l’autre ne se lit pas dans la commande.`,
          en: `${names.en} all run ${code(first.command)}: the command does not say what sets them apart.`,
        },
        evidence,
      )
    : no(
        {
          fr: `${names.fr} déploient tous ${code(first.target)}.`,
          en: `${names.en} all deploy ${code(first.target)}.`,
        },
        evidence,
      );
}

export function standTogether(estate: Estate): Answer {
  const { placed, loose } = placesOfScripts(estate);
  if (placed.length + loose.length === 0)
    return cannotTell({
      fr: 'Aucun script ne déploie\u00a0: il n’y a rien à ranger.',
      en: 'No script deploys: there is nothing to put in order.',
    });
  const files = codes(new Set((loose.length > 0 ? loose : placed).map(({ file }) => file)), 4);
  const evidence = shown((loose.length > 0 ? loose : placed).map(({ file }) => at(file, 1)));
  if (loose.length === 0)
    return yes(
      {
        fr: `Ce qui déploie se trouve dans un dossier de scripts\u00a0: ${files.fr}.`,
        en: `What deploys stands in a folder of scripts: ${files.en}.`,
      },
      evidence,
    );
  const note = {
    fr: `${files.fr} ${loose.length > 1 ? 'se trouvent' : 'se trouve'} parmi les autres fichiers, hors d’un dossier de scripts.`,
    en: `${files.en} ${loose.length > 1 ? 'stand' : 'stands'} among other files, outside of a folder of scripts.`,
  };
  return loose.length > 1 || placed.length > 0 ? no(note, evidence) : partial(note, evidence);
}

export function coversEnvironments(estate: Estate): Answer {
  if (waysToDeploy(estate).length === 0) return noWay(estate);
  const declared = declaredEnvironments(estate);
  if (declared.size < 2)
    return cannotTell({
      fr: 'Les fichiers ne déclarent pas plusieurs environnements à déployer.',
      en: 'The files do not declare several environments to deploy to.',
    });
  const names = codes(declared.keys());
  const { named, takesAny } = handledEnvironments(estate);
  if (takesAny)
    return yes(
      {
        fr: `${code(nameOf(takesAny))} déploie l’environnement qu’on lui donne\u00a0; sont déclarés\u00a0: ${names.fr}.`,
        en: `${code(nameOf(takesAny))} deploys the environment that it is given; declared are: ${names.en}.`,
      },
      [takesAny.place],
    );
  const missing = [...declared].filter(([name]) => !named.has(name));
  const left = codes(missing.map(([name]) => name));
  if (missing.length === 0)
    return yes(
      {
        fr: `Chaque environnement déclaré est nommé par ce qui déploie\u00a0: ${names.fr}.`,
        en: `Each declared environment is named by what deploys: ${names.en}.`,
      },
      shown([...declared.values()]),
    );
  const note = {
    fr: `Déclarés\u00a0: ${names.fr}. Rien de ce qui déploie ne nomme ${left.fr}.`,
    en: `Declared: ${names.en}. Nothing that deploys names ${left.en}.`,
  };
  const evidence = shown(missing.map(([, place]) => place));
  return missing.length < declared.size ? partial(note, evidence) : no(note, evidence);
}

/** Libraries that apply migrations when the program starts, by themselves or where a setting says so. */
const AT_START = /^(?:org\.flywaydb[:.]|flyway|org\.liquibase[:.]|liquibase|spring-boot-starter-flyway)/;

export function appliesMigrations(estate: Estate): Answer {
  const { migrations, wranglerConfigs, manifests } = estate.artifacts;
  const configured = wranglerConfigs.flatMap(({ file, migrations: own }) =>
    own.flatMap(({ files, line }) => (files.length > 0 ? [at(file, line)] : [])),
  );
  const schema = [...estate.files].filter((file) => /(?:^|\/)schema\.sql$/.test(file));
  if (migrations.length + configured.length + schema.length === 0)
    return cannotTell({
      fr: 'Aucune migration de base de données n’a été trouvée dans le dépôt.',
      en: 'No database migration was found in the repository.',
    });
  const { within, apart } = appliedMigrations(estate);
  if (within.length > 0) {
    const files = filesOf(within);
    return yes(
      {
        fr: `Les migrations sont appliquées par ce qui déploie ou démarre\u00a0: ${files.fr}.`,
        en: `Migrations are applied by what deploys or starts: ${files.en}.`,
      },
      shown(within),
    );
  }
  const library = manifests
    .flatMap(({ file, packages }) => packages.map((one) => ({ file, ...one })))
    .find(({ name }) => AT_START.test(name));
  if (library)
    return yes(
      {
        fr: `${code(library.name)} applique les migrations au démarrage.`,
        en: `${code(library.name)} applies migrations at start.`,
      },
      [at(library.file, library.line)],
    );
  if (apart.length > 0) {
    const files = filesOf(apart);
    return partial(
      {
        fr: `Une commande les applique (${files.fr}), à part de ce qui déploie.`,
        en: `A command applies them (${files.en}), apart from what deploys.`,
      },
      shown(apart),
    );
  }
  const [place] = [
    ...configured,
    ...[...migrations.map(({ file }) => file), ...schema].map((file) => at(file, 1)),
  ];
  if (waysToDeploy(estate).length === 0 || !place) return noWay(estate);
  // a Worker and Prisma's client apply nothing by themselves; other programs may do so where they start
  const isByCommandOnly =
    configured.length > 0 ||
    migrations.some(({ file }) => /\/migration\.sql$/.test(file)) ||
    wranglerConfigs.length > 0;
  const folder = place.file.slice(0, place.file.lastIndexOf('/') + 1) || place.file;
  return isByCommandOnly
    ? no(
        {
          fr: `${code(folder)} contient des migrations, et ni un script ni un workflow ne les applique.`,
          en: `${code(folder)} holds migrations, and no script or workflow applies them.`,
        },
        [place],
      )
    : cannotTell({
        fr: `Aucune commande n’applique ${code(folder)}\u00a0: le programme le fait peut-être à son démarrage, ce qui n’a pas été lu.`,
        en: `No command applies ${code(folder)}: the program may do so when it starts, which was not read.`,
      });
}

/** The answer where nothing of the repository deploys. */
export function noWay(estate: Estate): Answer {
  return isDeployed(estate)
    ? cannotTell({
        fr: 'Rien de ce qui a été lu ne déploie\u00a0: la question ne peut pas être posée.',
        en: 'Nothing that was read deploys: the question cannot be asked.',
      })
    : notDeployed();
}
