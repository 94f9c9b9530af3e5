import type { Document } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, type MaturityView, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { deploymentsOf, pushesOf } from '../../derived/calls.ts';
import { at, inDocument } from '../../derived/place.ts';
import { isWayBack } from '../../derived/way-back.ts';
import { byPerson, filesOf, notDeployed, shown, treated } from '../derived/notes.ts';
import { isDeployed, platformsOf } from '../derived/platforms.ts';
import { waysToDeploy } from '../derived/ways-to-deploy.ts';

const NAME = /roll[-_\s]?back|retour[-_]?arriere/i;

/** What of the repository goes back by itself: scripts and workflows of that name, commands that do, an input for the version. */
function commandsBack(estate: Estate) {
  const { workflows, scriptTraits, scripts } = estate.artifacts;
  const isOwn = (file: string) =>
    !/(?:^|\/)(?:tests?|examples?|node_modules|migrations?|src|db)\//.test(file);
  return [
    ...scriptTraits.flatMap(({ file, language, traits }) => {
      const named = language !== 'recipes' && NAME.test(file) && isOwn(file) ? [at(file, 1)] : [];
      const does = traits.filter(({ trait, what, recipe = '' }) =>
        // a command that takes the database back is not the version's
        trait === 'rolls-back' ? !/alembic|migrate:/.test(what) : trait === 'deploys' && NAME.test(recipe),
      );
      return [...named, ...does.map(({ line }) => at(file, line))];
    }),
    ...scripts.flatMap(({ file, calls }) =>
      NAME.test(file) && isOwn(file) ? [at(file, calls[0]?.line ?? 1)] : [],
    ),
    ...workflows.flatMap((workflow) =>
      isWayBack(workflow) ? [at(workflow.file, workflow.triggers[0]?.line ?? 1)] : [],
    ),
  ];
}

/** Tools that keep the releases before and have a command to go back: nothing has to be written for it. */
const BUILT_IN: readonly { file: RegExp; name: string; command: string }[] = [
  { file: /(?:^|\/)Capfile$/, name: 'Capistrano', command: 'cap <stage> deploy:rollback' },
  { file: /(?:^|\/)config\/deploy(?:\.\w+)?\.yml$/, name: 'Kamal', command: 'kamal rollback' },
];

function builtIn({ files }: Estate) {
  const isKamal = [...files].some((file) => /(?:^|\/)(?:\.kamal\/|bin\/kamal$)/.test(file));
  for (const tool of BUILT_IN) {
    const file = [...files].find((one) => tool.file.test(one));
    if (file !== undefined && (tool.name !== 'Kamal' || isKamal)) return { ...tool, place: at(file, 1) };
  }
  return undefined;
}

const OPERATES =
  /deploy|d[eé]ploi|release|runbook|operation|exploitation|roll-?back|production|guide|handbook|procedure|devops|infra|ci-?cd|readme|agents|claude/i;
const PARTICULAR = /migrat|schema|refactor|upgrade|feature|plan|proposal|\brfc|adr[-_/]|changelog|spec/i;

/** Whether a page treats the rollback of a deployment, or only that of one change that it plans. */
function isOfDeployments({ file, title, topics }: Document): boolean {
  const name = `${file} ${title}`;
  return (
    topics.some(({ topic }) => topic === 'deployment') ||
    (OPERATES.test(name) && !PARTICULAR.test(file.split('/').at(-1) ?? ''))
  );
}

export function isWritten(estate: Estate): Answer {
  const pages = treated(estate, 'rollback');
  const general = new Set(estate.artifacts.documents.filter(isOfDeployments).map(({ file }) => file));
  const own = pages.filter(({ file }) => general.has(file));
  if (own.length > 0) {
    const files = filesOf(own);
    return yes(
      { fr: `Le retour arrière est décrit dans ${files.fr}.`, en: `Rollback is described in ${files.en}.` },
      shown(own),
    );
  }
  // a page of a library on one of its changes, or on what its users deploy
  if (!isDeployed(estate)) return notDeployed();
  const commands = commandsBack(estate);
  if (pages.length > 0 && commands.length === 0) {
    const files = filesOf(pages);
    return partial(
      {
        fr: `Le retour d’un changement particulier est décrit (${files.fr}), et non celui d’un déploiement.`,
        en: `Going back from one particular change is described (${files.en}), and not from a deployment.`,
      },
      shown(pages),
    );
  }
  if (commands.length > 0) {
    const files = filesOf(commands);
    return partial(
      {
        fr: `Aucun document n’en traite\u00a0; une version précédente peut être remise par ${files.fr}.`,
        en: `No document treats it; a previous version can be brought back by ${files.en}.`,
      },
      shown(commands),
    );
  }
  const tool = builtIn(estate);
  if (tool)
    return partial(
      {
        fr: `Aucun document n’en traite\u00a0; ${tool.name} a pour cela une commande (${code(tool.command)}).`,
        en: `No document treats it; ${tool.name} has a command for it (${code(tool.command)}).`,
      },
      [tool.place],
    );
  return no(
    {
      fr: 'Aucun document, script ni workflow de ce dépôt ne dit comment revenir à la version précédente.',
      en: 'No document, script or workflow of this repository tells how to go back to the previous version.',
    },
    shown(waysToDeploy(estate).map(({ place }) => place)),
  );
}

export function isOneCommand(estate: Estate): Answer {
  if (!isDeployed(estate)) return notDeployed();
  const commands = commandsBack(estate);
  if (commands.length > 0) {
    const files = filesOf(commands);
    return yes(
      {
        fr: `Une version précédente est remise par ${files.fr}.`,
        en: `A previous version is brought back by ${files.en}.`,
      },
      shown(commands),
    );
  }
  const pages = treated(estate, 'rollback');
  if (pages.length > 0) {
    const files = filesOf(pages);
    return partial(
      {
        fr: `Quoi faire est écrit dans ${files.fr}\u00a0; aucun script ni workflow ne le fait.`,
        en: `What to do stands in ${files.en}; no script or workflow does it.`,
      },
      shown(pages),
    );
  }
  const tool = builtIn(estate);
  if (tool)
    return yes(
      {
        fr: `${tool.name} remet la version précédente par ${code(tool.command)} (${code(tool.place.file)}).`,
        en: `${tool.name} brings the previous version back by ${code(tool.command)} (${code(tool.place.file)}).`,
      },
      [tool.place],
    );
  const [platform] = platformsOf(estate);
  const ways = waysToDeploy(estate);
  if (ways.length === 0)
    return platform
      ? cannotTell({
          fr: `${platform.name} déploie peut-être depuis le dépôt (${code(platform.place.file)})\u00a0: son propre retour arrière n’a pas été vu.`,
          en: `${platform.name} may deploy from the repository (${code(platform.place.file)}): its own rollback was not seen.`,
        })
      : isDeployed(estate)
        ? cannotTell({
            fr: 'Rien de ce qui a été lu ne déploie\u00a0: ce qui revient en arrière se trouve là où l’on déploie.',
            en: 'Nothing that was read deploys: what goes back stands where the deployment does.',
          })
        : notDeployed();
  return no(
    {
      fr: 'Aucun script ni workflow ne remet une version précédente.',
      en: 'No script or workflow brings a previous version back.',
    },
    shown(ways.map(({ place }) => place)),
  );
}

/** A tag that the next version takes over: a branch's, an environment's, or the newest of one. */
const MOVES =
  /^(?:(?:[\w.]+-|⟨[^⟩]+⟩-)?(?:latest|newest)|main|master|develop|stable|⟨[^⟩]*(?:\b(?:head_ref|base_ref|branch)|env(?:ironment)?(?:_?name)?)⟩)$/i;

export function keepsVersions({ estate, findingsOf }: MaturityView): Answer {
  const moved = findingsOf('image-tag-mutable');
  const pushes = estate.artifacts.workflows.flatMap(pushesOf);
  if (moved.length > 0)
    return no(
      {
        fr: `${moved.length > 1 ? `${moved.length} images sont publiées` : 'Une image est publiée'} sous une étiquette que la publication suivante déplace.`,
        en: `${moved.length > 1 ? `${moved.length} images are` : 'One image is'} pushed under a tag that the next push moves.`,
      },
      shown(moved.flatMap(({ evidence }) => evidence)),
    );
  const immutable = pushes.filter(({ tag }) => !MOVES.test(tag));
  if (immutable.length > 0) {
    const names = codes(new Set(immutable.map(({ repository, tag }) => `${repository}:${tag}`)), 3);
    return yes(
      {
        fr: `Chaque version garde son étiquette\u00a0: ${names.fr}.`,
        en: `Each version keeps its tag: ${names.en}.`,
      },
      shown(immutable.map(({ place }) => place)),
    );
  }
  const { wranglerConfigs, migrations, workflows, scriptTraits } = estate.artifacts;
  const isWrangler =
    workflows.some(({ runs }) =>
      runs.some((run) => deploymentsOf(run).some(({ call }) => call.tool === 'wrangler')),
    ) ||
    scriptTraits.some(({ traits }) =>
      traits.some(({ trait, what }) => trait === 'deploys' && what.startsWith('wrangler')),
    );
  const [config] = wranglerConfigs;
  // Cloudflare documentation, “Versions & Deployments” and “Rollbacks”
  if (config && (isWrangler || pushes.length === 0))
    return yes(
      {
        fr: `Cloudflare garde les versions déployées (${
          codes(
            wranglerConfigs.map(({ file }) => file),
            3,
          ).fr
        })${migrations.length > 0 ? ', sans leurs données' : ''}.`,
        en: `Cloudflare keeps the deployed versions (${
          codes(
            wranglerConfigs.map(({ file }) => file),
            3,
          ).en
        })${migrations.length > 0 ? ', without their data' : ''}.`,
      },
      [at(config.file, 1)],
    );
  return cannotTell({
    fr: 'Aucune version n’est publiée sous un nom que les fichiers lus donnent\u00a0: ce qui est gardé se voit là où elle tourne.',
    en: 'No version is published under a name that the files that were read give: what is kept shows where it runs.',
  });
}

export function leadBack(estate: Estate): Answer {
  const { migrations, wranglerConfigs } = estate.artifacts;
  if (migrations.length === 0) {
    const schema = [...estate.files].find((file) => /(?:^|\/)schema\.sql$/.test(file));
    const bound = wranglerConfigs.some(({ environments }) =>
      environments.some(({ bindings }) => bindings.some(({ type }) => type === 'd1')),
    );
    if (schema !== undefined && bound)
      return no(
        {
          fr: `${code(schema)} est tout le schéma\u00a0: aucune migration n’y mène, aucune n’en revient.`,
          en: `${code(schema)} is the whole schema: no migration leads to it, none leads back.`,
        },
        [at(schema, 1)],
      );
    return cannotTell({
      fr: 'Aucune migration de base de données n’a été trouvée dans le dépôt.',
      en: 'No database migration was found in the repository.',
    });
  }
  const known = migrations.filter(({ isReversible }) => isReversible !== 'unknown');
  if (known.length === 0)
    return cannotTell({
      fr: `Les ${migrations.length} migrations trouvées ne disent pas si elles se défont\u00a0: leur outil peut le savoir.`,
      en: `The ${migrations.length} migrations found do not say whether they can be undone: their tool may know.`,
    });
  const oneWay = known.filter(({ isReversible }) => isReversible === 'no');
  const last = (list: typeof known) => shown(list.slice(-3).map(({ file }) => at(file, 1)));
  if (oneWay.length === 0)
    return yes(
      {
        fr: `Chacune des ${known.length} migrations lues a son chemin de retour.`,
        en: `Each of the ${known.length} migrations that were read has its way back.`,
      },
      last(known),
    );
  const lossy = migrations.flatMap(({ file, destroys }) =>
    destroys.map(({ what, line }) => ({ what, place: at(file, line) })),
  );
  const count = {
    fr: `${oneWay.length} ${oneWay.length > 1 ? 'migrations' : 'migration'} sur ${known.length} ${oneWay.length > 1 ? 'n’ont' : 'n’a'} pas de chemin de retour`,
    en: `${oneWay.length} of ${known.length} ${oneWay.length > 1 ? 'migrations have' : 'migration has'} no way back`,
  };
  if (oneWay.length < known.length) return partial({ fr: `${count.fr}.`, en: `${count.en}.` }, last(oneWay));
  const [lost] = lossy;
  if (lost)
    return no(
      {
        fr: `${count.fr}, et ${code(lost.what)} perd des données.`,
        en: `${count.en}, and ${code(lost.what)} loses data.`,
      },
      shown(lossy.slice(-3).map(({ place }) => place)),
    );
  const isSql = migrations.every(({ file }) => file.endsWith('.sql'));
  return no(
    isSql
      ? {
          fr: `${count.fr}\u00a0; aucune ne supprime de table ni de colonne.`,
          en: `${count.en}; none drops a table or a column.`,
        }
      : { fr: `${count.fr}.`, en: `${count.en}.` },
    last(oneWay),
  );
}

export function tellsOfData(estate: Estate): Answer {
  const pages = estate.artifacts.documents.filter(
    ({ report, topics }) => !report && topics.some(({ topic }) => topic === 'rollback'),
  );
  if (pages.length === 0)
    return cannotTell({
      fr: 'Aucune procédure de retour arrière n’est écrite.',
      en: 'No rollback procedure is written down.',
    });
  const telling = pages.filter(
    ({ topics, headings }) =>
      topics.some(({ topic }) => topic === 'restore' || topic === 'backup') ||
      headings.some(({ text }) =>
        /database|base de donn|migration|donn[ée]es|schema|\bdb\b|\bd1\b/i.test(text),
      ),
  );
  const places = (telling.length > 0 ? telling : pages).map(({ file, topics }) =>
    inDocument(file, topics.find(({ topic }) => topic === 'rollback')?.line ?? 1),
  );
  const files = filesOf(places);
  return telling.length > 0
    ? yes(
        {
          fr: `La base ou sa restauration est traitée aussi dans ${files.fr}.`,
          en: `The database or its restoration is treated too in ${files.en}.`,
        },
        shown(places),
      )
    : partial(
        {
          fr: `Aucun titre de ${files.fr} ne parle de la base, des migrations ou de restauration.`,
          en: `No heading of ${files.en} speaks of the database, of migrations or of restoring.`,
        },
        shown(places),
      );
}

export const isFast = (): Answer =>
  byPerson(
    'Combien de temps prend le retour ne se lit dans aucun fichier.',
    'How long going back takes stands in no file.',
  );

export function wasTried(estate: Estate): Answer {
  const drilled = estate.artifacts.documents.flatMap(({ file, headings }) =>
    headings.flatMap(({ text, line }) =>
      /roll ?back|retour arri[eè]re/i.test(text) &&
      /\b(?:drill|exercise|tested|rehears|essai|exercice|test[ée])/i.test(text)
        ? [inDocument(file, line)]
        : [],
    ),
  );
  if (drilled.length > 0) {
    const files = filesOf(drilled);
    return yes(
      { fr: `Un essai est raconté dans ${files.fr}.`, en: `A trial is told of in ${files.en}.` },
      shown(drilled),
    );
  }
  return byPerson('Aucun document ne date d’essai.', 'No document dates a trial.');
}
