import { environmentOf, environmentsOf } from '#lib/environments.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { type Answer, cannotTell, type MaturityView, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { deploys } from '../../derived/calls.ts';
import { at } from '../../derived/place.ts';
import { productionSign } from '../../derived/production.ts';
import {
  declaredEnvironments,
  environmentsOfFiles,
  filesOfEnvironments,
  NOT_DEPLOYED,
} from '../derived/deployment-scripts.ts';
import { filesOf, notDeployed, shown, treated } from '../derived/notes.ts';
import { isDeployed, platformsOf } from '../derived/platforms.ts';
import { waysToDeploy } from '../derived/ways-to-deploy.ts';

export function areDeclared(estate: Estate): Answer {
  const declared = declaredEnvironments(estate);
  const names = codes(declared.keys());
  const places = shown([...declared.values()]);
  // a top level of Wrangler beside one named environment is a second one
  const top = estate.artifacts.wranglerConfigs.find(({ environments }) => environments.length > 1);
  if (declared.size > 1)
    return yes(
      { fr: `Environnements déclarés\u00a0: ${names.fr}.`, en: `Environments declared: ${names.en}.` },
      places,
    );
  if (declared.size === 1 && top)
    return yes(
      {
        fr: `${code(top.file)} déclare ${names.fr} à côté de l’environnement de premier niveau.`,
        en: `${code(top.file)} declares ${names.en} beside the top level environment.`,
      },
      places,
    );
  const byFiles = environmentsOfFiles(estate);
  if (byFiles.size > 1) {
    const own = codes(byFiles.keys());
    const files = filesOf([...byFiles.values()]);
    return yes(
      {
        fr: `Des fichiers déclarent chacun son environnement (${own.fr})\u00a0: ${files.fr}.`,
        en: `Files declare one environment each (${own.en}): ${files.en}.`,
      },
      shown([...byFiles.values()]),
    );
  }
  if (declared.size === 1)
    return declared.has('prod')
      ? no({ fr: `Seul ${names.fr} est déclaré.`, en: `Only ${names.en} is declared.` }, places)
      : partial(
          {
            fr: `Seul ${names.fr} est nommé\u00a0; rien ne dit ce qui est la production.`,
            en: `Only ${names.en} is named; nothing says what production is.`,
          },
          places,
        );
  const [platform] = platformsOf(estate);
  if (platform)
    return cannotTell({
      fr: `${platform.name} (${code(platform.place.file)}) tient ses environnements hors du dépôt.`,
      en: `${platform.name} (${code(platform.place.file)}) keeps its environments outside of the repository.`,
    });
  const ways = waysToDeploy(estate);
  if (ways.length === 0) return isDeployed(estate) ? undistinguished() : notDeployed();
  const own = [...filesOfEnvironments(estate)].filter(([name]) => !NOT_DEPLOYED.has(name));
  if (own.length > 1) {
    const kept = codes(own.map(([name]) => name));
    const files = codes(
      own.map(([, file]) => file),
      3,
    );
    return partial(
      {
        fr: `${kept.fr} ont leurs propres fichiers (${files.fr})\u00a0; aucun déploiement lu ne les nomme.`,
        en: `${kept.en} have files of their own (${files.en}); no deployment that was read names them.`,
      },
      shown(own.map(([, file]) => at(file, 1))),
    );
  }
  return no(
    {
      fr: 'Ce qui déploie ne distingue aucun environnement\u00a0: il n’y en a qu’un.',
      en: 'What deploys tells no environments apart: there is only one.',
    },
    shown(ways.map(({ place }) => place)),
  );
}

const undistinguished = (): Answer =>
  cannotTell({
    fr: 'Aucun fichier lu ne nomme d’environnement à déployer.',
    en: 'No file that was read names an environment to deploy to.',
  });

export function areComplete({ estate, findingsOf, wasJudged }: MaturityView): Answer {
  const lacking = estate.artifacts.wranglerConfigs.flatMap(({ file, environments }) =>
    environments.flatMap((one) =>
      one.name !== undefined && one.lacking.length > 0 ? [{ file, ...one, name: one.name }] : [],
    ),
  );
  const [first] = lacking;
  if (first) {
    const missing = codes(new Set(lacking.flatMap((one) => one.lacking.map(({ key, name }) => name ?? key))));
    const names = codes(new Set(lacking.map(({ name }) => name)));
    const note = {
      fr: `${names.fr} de ${code(first.file)} n’hérite pas de ${missing.fr}, que d’autres environnements ont.`,
      en: `${names.en} of ${code(first.file)} does not inherit ${missing.en}, which other environments have.`,
    };
    const evidence = shown(lacking.map(({ file, line }) => at(file, line)));
    // without its bindings a Worker fails; without a variable it may have a default
    return lacking.every((one) => one.lacking.every(({ key }) => key === 'vars'))
      ? partial(note, evidence)
      : no(note, evidence);
  }
  const incomplete = estate.artifacts.wranglerConfigs.flatMap(({ file, environments }) =>
    environments.flatMap(({ name, bindings }) =>
      bindings.flatMap((one) =>
        one.isIncomplete && name !== undefined ? [{ name: one.name, place: at(file, one.line) }] : [],
      ),
    ),
  );
  if (incomplete.length > 0) {
    const names = codes(new Set(incomplete.map(({ name }) => name)));
    return partial(
      {
        fr: `${names.fr} est lié sans l’identifiant de ce à quoi il mène.`,
        en: `${names.en} is bound without the id of what it leads to.`,
      },
      shown(incomplete.map(({ place }) => place)),
    );
  }
  const found = findingsOf('environment-incomplete');
  if (found.length > 0)
    return partial(
      {
        fr: `${found.length > 1 ? `${found.length} environnements n’ont` : 'Un environnement n’a'} pas tous les composants que leur déploiement demande.`,
        en: `${found.length > 1 ? `${found.length} environments lack` : 'One environment lacks'} components that their deployment needs.`,
      },
      shown(found.flatMap(({ evidence }) => evidence)),
    );
  const declared = declaredEnvironments(estate);
  const compared = new Set(
    estate.components.map(({ environment }) => environment).filter((one) => one !== 'unspecified'),
  );
  const isWrangler = estate.artifacts.wranglerConfigs.some((one) => one.environments.length > 1);
  if (declared.size > 1 && ((compared.size > 1 && wasJudged('environment-incomplete')) || isWrangler)) {
    const names = codes(declared.keys());
    return yes(
      {
        fr: `Aucun composant ne manque à ${names.fr} parmi ceux que les fichiers déclarent.`,
        en: `No component of those that files declare is missing in ${names.en}.`,
      },
      shown([...declared.values()]),
    );
  }
  return cannotTell({
    fr: 'Les fichiers ne déclarent pas assez des environnements pour les comparer.',
    en: 'The files do not declare enough of the environments to compare them.',
  });
}

export function followBranches(estate: Estate): Answer {
  const deploying = new Set(
    waysToDeploy(estate).flatMap(({ by, file }) => (by === 'workflow' ? [file] : [])),
  );
  const workflows = estate.artifacts.workflows.filter(({ file }) => deploying.has(file));
  if (workflows.length === 0)
    return cannotTell({
      fr: 'Aucun workflow ne déploie\u00a0: ce qui mène une branche à un environnement ne se lit pas ici.',
      en: 'No workflow deploys: what leads a branch to an environment cannot be read here.',
    });
  const led = workflows.flatMap(({ file, triggers }) =>
    triggers.flatMap(({ event, line, branches, tags }) =>
      (event === 'push' && branches.length + tags.length > 0) || event === 'release'
        ? [
            {
              place: at(file, line),
              names: [...branches, ...tags, ...(event === 'release' ? ['release'] : [])],
            },
          ]
        : event === 'workflow_run'
          ? [{ place: at(file, line), names: branches.length > 0 ? branches : ['workflow_run'] }]
          : [],
    ),
  );
  if (led.length > 0) {
    const names = codes(new Set(led.flatMap((one) => one.names)));
    const files = filesOf(led.map(({ place }) => place));
    return yes(
      {
        fr: `Le déploiement part de ${names.fr} (${files.fr}).`,
        en: `The deployment starts from ${names.en} (${files.en}).`,
      },
      shown(led.map(({ place }) => place)),
    );
  }
  const places = workflows.flatMap(({ file, triggers }) =>
    triggers.slice(0, 1).map(({ line }) => at(file, line)),
  );
  const isPush = workflows.some(({ triggers }) => triggers.some(({ event }) => event === 'push'));
  const note = isPush
    ? {
        fr: 'Le déploiement part de n’importe quelle branche.',
        en: 'The deployment starts from any branch.',
      }
    : {
        fr: 'Le déploiement est lancé à la main, depuis la branche que l’on choisit.',
        en: 'The deployment is started by hand, from whichever branch is chosen.',
      };
  return partial(note, shown(places));
}

export function isProtected({ estate, findingsOf }: MaturityView): Answer {
  const open = findingsOf('production-deploy-unprotected');
  if (open.length > 0)
    return no(
      {
        fr: `${open.length > 1 ? `${open.length} workflows déploient` : 'Un workflow déploie'} en production sans environnement GitHub.`,
        en: `${open.length > 1 ? `${open.length} workflows deploy` : 'One workflow deploys'} to production without a GitHub environment.`,
      },
      shown(open.flatMap(({ evidence }) => evidence)),
    );
  // what is sent to a host by ssh is no call that deploys: the workflow is known for a way to deploy, and names production
  const ways = new Set(waysToDeploy(estate).map(({ file }) => file));
  const named = estate.artifacts.workflows.flatMap((workflow) =>
    workflow.runs.flatMap((run) =>
      run.environment !== undefined &&
      (deploys(run)
        ? productionSign(run, workflow) !== undefined
        : ways.has(workflow.file) && environmentOf(run.environment) === 'prod')
        ? [run.environment]
        : [],
    ),
  );
  if (named.length > 0) {
    const names = codes(new Set(named));
    return cannotTell({
      fr: `La production passe par l’environnement GitHub ${names.fr}\u00a0; ses règles d’approbation sont dans GitHub, qui n’a pas été lu.`,
      en: `Production passes the GitHub environment ${names.en}; its approval rules are in GitHub, which was not read.`,
    });
  }
  return cannotTell({
    fr: 'Aucun workflow ne déploie en production\u00a0: qui peut le faire ne se lit pas dans les fichiers.',
    en: 'No workflow deploys to production: who may do so cannot be read in files.',
  });
}

const STARTS_LOCALLY =
  /(?:^|\/)(?:\.devcontainer\/|devbox\.json$|flake\.nix$|Tiltfile$|skaffold\.ya?ml$|Vagrantfile$|\.gitpod\.yml$)/;

export function isReproducible(estate: Estate): Answer {
  const { environmentFiles, composeFiles, scripts, manifests } = estate.artifacts;
  const examples = environmentFiles.filter(({ example }) => example).map(({ file }) => at(file, 1));
  const vars = [...estate.files].filter((file) =>
    /(?:^|\/)\.dev\.vars\.(?:example|sample|template)$/.test(file),
  );
  const starting: FileEvidence[] = [
    // what production runs from is started by nobody who develops
    ...composeFiles
      .filter(
        ({ file, retired }) =>
          !retired &&
          !environmentsOf(file).includes('prod') &&
          !/(?:^|\/)(?:tests?|fixtures?|e2e)\//.test(file),
      )
      .map(({ file }) => at(file, 1)),
    ...[...estate.files]
      .filter((file) => STARTS_LOCALLY.test(file))
      .slice(0, 2)
      .map((file) => at(file, 1)),
  ];
  const told = treated(estate, 'local-development');
  const settings = [...examples, ...vars.map((file) => at(file, 1))];
  const parts = [settings, starting, told].filter((list) => list.length > 0);
  const all = parts.flatMap((list) => list.slice(0, 1));
  const files = filesOf(all);
  if (parts.length >= 2)
    return yes(
      {
        fr: `L’environnement local est décrit par ${files.fr}.`,
        en: `The local environment is described by ${files.en}.`,
      },
      shown(all),
    );
  if (parts.length === 1)
    return partial(
      {
        fr: `Une partie est donnée par ${files.fr}\u00a0: ${settings.length === 0 ? 'aucun exemple de fichier d’environnement' : 'ni document ni fichier qui lance l’ensemble'}.`,
        en: `A part is given by ${files.en}: ${settings.length === 0 ? 'no example of the environment file' : 'no document, nor a file that starts it all'}.`,
      },
      shown(all),
    );
  if (manifests.length + scripts.length === 0 && !isDeployed(estate)) return undistinguished();
  return no({
    fr: 'Ni exemple de fichier d’environnement, ni compose, ni document ne dit comment monter l’environnement local.',
    en: 'No example of an environment file, no compose file and no document says how to set up the local environment.',
  });
}
