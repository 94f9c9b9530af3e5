import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import type { Call } from '#model/workflow.ts';
import { argumentStrings } from '../../derived/calls.ts';
import { at } from '../../derived/place.ts';
import { stepCommands } from '../../derived/shell.ts';
import { verifiedWays } from '../derived/deployment-scripts.ts';
import { shown } from '../derived/notes.ts';
import { nameOf, traitsOfWays, waysToDeploy } from '../derived/ways-to-deploy.ts';
import { noWay } from './entry.ts';

/** Answers about what happens while something deploys: checks before and after, questions, errors, rehearsals. */

export function isVerified(estate: Estate): Answer {
  const ways = verifiedWays(estate);
  if (ways.length === 0) return noWay(estate);
  const blind = ways.filter((one) => one.isVerified === false);
  const seeing = ways.filter((one) => one.isVerified === true);
  if (blind.length + seeing.length === 0)
    return cannotTell({
      fr: 'Ce qui déploie se trouve dans un autre dépôt, qui n’a pas été lu.',
      en: 'What deploys stands in another repository, which was not read.',
    });
  const good = codes(new Set(seeing.map(({ way }) => nameOf(way))), 4);
  if (blind.length === 0)
    return yes(
      {
        fr: `Après le déploiement, ${good.fr} ${seeing.length > 1 ? 'regardent' : 'regarde'} si ce qui tourne répond ou est stable.`,
        en: `After deploying, ${good.en} ${seeing.length > 1 ? 'look' : 'looks'} whether what runs answers or is stable.`,
      },
      shown(seeing.map(({ way, place }) => place ?? way.place)),
    );
  const bad = codes(new Set(blind.map(({ way }) => nameOf(way))), 4);
  const evidence = shown(blind.map(({ way }) => way.place));
  // a recipe that checks stands beside those that deploy: another one, or a person, starts both
  const apart = estate.artifacts.scriptTraits.flatMap(({ file, language, traits }) =>
    language === 'recipes'
      ? traits.flatMap(({ trait, what, recipe, line }) =>
          trait === 'checks' && what === recipe
            ? [{ name: nameOf({ file, recipe }), place: at(file, line) }]
            : [],
        )
      : [],
  );
  const [check] = apart;
  if (check && seeing.length === 0)
    return partial(
      {
        fr: `${code(check.name)} vérifie ce qui tourne, à part de ce qui déploie (${bad.fr}).`,
        en: `${code(check.name)} checks what runs, apart from what deploys (${bad.en}).`,
      },
      [check.place, ...evidence].slice(0, 6),
    );
  return seeing.length > 0
    ? partial(
        {
          fr: `${good.fr} ${seeing.length > 1 ? 'vérifient' : 'vérifie'} ce qui est déployé\u00a0; ${bad.fr} non.`,
          en: `${good.en} ${seeing.length > 1 ? 'check' : 'checks'} what is deployed; ${bad.en} ${blind.length > 1 ? 'do' : 'does'} not.`,
        },
        evidence,
      )
    : no(
        {
          fr: `${bad.fr} ${blind.length > 1 ? 'déploient' : 'déploie'} sans rien appeler ni attendre ensuite.`,
          en: `${bad.en} ${blind.length > 1 ? 'deploy' : 'deploys'} without calling or waiting for anything afterwards.`,
        },
        evidence,
      );
}

const CHECKS_SECRET =
  /-z +"?\$(?:\{?|\{\{ *(?:secrets|env)\.)[A-Z0-9_]*(?:SECRET|TOKEN|KEY|PASS|CREDENTIAL)|-n +"?\$\{\{ *(?:secrets|env)\.[A-Z0-9_]*(?:SECRET|TOKEN|KEY|PASS|CREDENTIAL)|-n +"?\$\{?[A-Z0-9_]*(?:SECRET|TOKEN|KEY|PASS|CREDENTIAL)[^\n]*\|\||\$\{[A-Z0-9_]*(?:SECRET|TOKEN|KEY|PASS)[A-Z0-9_]*:?\?|wrangler (?:pages )?secret list/;

/** A step that runs only where a secret is given, or only where it is not. */
const GUARDED_BY_SECRET =
  /\b(?:secrets|env)\.([A-Z0-9_]*(?:SECRET|TOKEN|KEY|PASS|CREDENTIAL)[A-Z0-9_]*) *[!=]= *(?:''|"")/;

export function checksSecrets(estate: Estate): Answer {
  if (waysToDeploy(estate).length === 0) return noWay(estate);
  const scripts = traitsOfWays(estate);
  const inScripts = scripts.flatMap(({ way, traits }) =>
    traits.flatMap(({ trait, line, what }) =>
      trait === 'requires-secret' ? [{ place: at(way.place.file, line), what, name: nameOf(way) }] : [],
    ),
  );
  const required = estate.artifacts.wranglerConfigs.flatMap(({ file, environments }) =>
    environments.flatMap(({ secrets }) =>
      secrets.map(({ name, line }) => ({ place: at(file, line), what: name, name: file })),
    ),
  );
  // a workflow that another calls is a part of that one
  const files = new Set(waysToDeploy(estate).map(({ file }) => file));
  for (const { file, runs } of estate.artifacts.workflows)
    if (files.has(file)) for (const { chain } of runs) for (const one of chain) files.add(one);
  const inSteps = estate.artifacts.workflows
    .filter(({ file }) => files.has(file))
    .flatMap(({ file, jobs }) =>
      jobs.flatMap(({ steps }) =>
        steps.flatMap((step) =>
          step.run && CHECKS_SECRET.test(step.run.text)
            ? [{ place: at(file, step.run.line), what: '', name: file }]
            : [],
        ),
      ),
    );
  const found = [...inScripts, ...required, ...inSteps];
  if (found.length > 0) {
    const names = codes(new Set(found.map(({ name }) => name)), 4);
    return yes(
      {
        fr: `${names.fr}\u00a0: un secret qui manque est dit avant le déploiement.`,
        en: `${names.en}: a secret that is missing is told before the deployment.`,
      },
      shown(found.map(({ place }) => place)),
    );
  }
  const inOthers = estate.artifacts.workflows.flatMap(({ file, jobs }) =>
    files.has(file)
      ? jobs.flatMap(({ steps }) =>
          steps.flatMap(({ run, condition = '', line }) => {
            const guard = GUARDED_BY_SECRET.exec(condition)?.[1];
            if (guard !== undefined) return [{ place: at(file, line), what: guard, name: file }];
            const name =
              run && /-z +"?\$\{?([A-Z][A-Z0-9_]{2,40})|\$\{([A-Z][A-Z0-9_]{2,40}):?\?/.exec(run.text);
            return run && name
              ? [{ place: at(file, run.line), what: name[1] ?? name[2] ?? '', name: file }]
              : [];
          }),
        )
      : [],
  );
  const inOwn = scripts.flatMap(({ way, traits }) =>
    traits.flatMap(({ trait, line, what }) =>
      trait === 'requires-setting' ? [{ place: at(way.place.file, line), what, name: nameOf(way) }] : [],
    ),
  );
  const settings = [...inOwn, ...inOthers];
  const elsewhere = estate.artifacts.scriptTraits.flatMap(({ file, traits }) =>
    /secret|env|credential|preflight|doctor|config/i.test(file.split('/').at(-1) ?? '')
      ? traits.flatMap(({ trait, line }) =>
          trait === 'requires-secret' ? [{ place: at(file, line), name: file }] : [],
        )
      : [],
  );
  const [file] = settings;
  const [other] = elsewhere;
  if (file)
    return partial(
      {
        fr: `${code(file.name)} s’assure que ${code(file.what)} est donné, et non que chaque secret l’est.`,
        en: `${code(file.name)} makes sure that ${code(file.what)} is given, and not that each secret is.`,
      },
      shown(settings.map(({ place }) => place)),
    );
  if (other)
    return partial(
      {
        fr: `${code(other.name)} vérifie des secrets, à part de ce qui déploie.`,
        en: `${code(other.name)} checks secrets, apart from what deploys.`,
      },
      shown(elsewhere.map(({ place }) => place)),
    );
  const names = codes(new Set(waysToDeploy(estate).map(nameOf)), 4);
  return no(
    {
      fr: `Ni ${names.fr} ni un autre script ne s’assure que les secrets sont posés avant de déployer.`,
      en: `Neither ${names.en} nor another script makes sure that secrets are set before deploying.`,
    },
    shown(waysToDeploy(estate).map(({ place }) => place)),
  );
}

export function isUnattended(estate: Estate): Answer {
  const ways = waysToDeploy(estate);
  if (ways.length === 0) return noWay(estate);
  const scripts = traitsOfWays(estate);
  const asking = scripts.filter(({ traits }) => traits.some(({ trait }) => trait === 'asks'));
  if (asking.length === 0) {
    const names = codes(new Set(ways.map(nameOf)), 4);
    return yes(
      {
        fr: `Rien de ce qui déploie ne pose de question\u00a0: ${names.fr}.`,
        en: `Nothing that deploys asks a question: ${names.en}.`,
      },
      shown(ways.map(({ place }) => place)),
    );
  }
  const stuck = asking.filter(({ traits }) => !traits.some(({ trait }) => trait === 'may-not-ask'));
  const told = stuck.length > 0 ? stuck : asking;
  const names = codes(new Set(told.map(({ way }) => nameOf(way))), 4);
  const how = codes(
    new Set(
      told.flatMap(({ traits }) => traits.flatMap(({ trait, what }) => (trait === 'asks' ? [what] : []))),
    ),
    3,
  );
  const evidence = shown(
    told.flatMap(({ way, traits }) =>
      traits.flatMap(({ trait, line }) => (trait === 'asks' ? [at(way.place.file, line)] : [])),
    ),
  );
  if (stuck.length === 0)
    return yes(
      {
        fr: `${names.fr} pose des questions (${how.fr}), qu’une option ou l’absence de terminal évite.`,
        en: `${names.en} asks questions (${how.en}), which an option or the absence of a terminal spares.`,
      },
      evidence,
    );
  const several = new Set(stuck.map(({ way }) => nameOf(way))).size > 1;
  const note = {
    fr: `${names.fr} ${several ? 'attendent' : 'attend'} une réponse au clavier (${how.fr})`,
    en: `${names.en} ${several ? 'wait' : 'waits'} for an answer at the keyboard (${how.en})`,
  };
  // another way that asks nothing can be run by a machine
  return ways.length > stuck.length
    ? partial(
        {
          fr: `${note.fr}\u00a0; les autres voies de déploiement non.`,
          en: `${note.en}; the other ways to deploy do not.`,
        },
        evidence,
      )
    : no({ fr: `${note.fr}.`, en: `${note.en}.` }, evidence);
}

export function stopsAtErrors(estate: Estate): Answer {
  const shells = traitsOfWays(estate).filter(
    ({ way, language }) => way.by === 'script' && language === 'shell',
  );
  if (shells.length === 0)
    return cannotTell({
      fr: 'Aucun script de shell ne déploie\u00a0; GitHub arrête de lui-même une étape dont une commande échoue.',
      en: 'No shell script deploys; GitHub by itself stops a step of which a command fails.',
    });
  const going = shells.filter(({ traits }) => !traits.some(({ trait }) => trait === 'stops-at-errors'));
  const names = codes(new Set((going.length > 0 ? going : shells).map(({ way }) => way.file)), 4);
  if (going.length === 0)
    return yes(
      {
        fr: `${names.fr}\u00a0: la première commande qui échoue arrête le script (\`set -e\`).`,
        en: `${names.en}: the first command that fails stops the script (\`set -e\`).`,
      },
      shown(
        shells.flatMap(({ way, traits }) =>
          traits.flatMap(({ trait, line }) => (trait === 'stops-at-errors' ? [at(way.file, line)] : [])),
        ),
      ),
    );
  const note = {
    fr: `Sans \`set -e\`, ${names.fr} ${going.length > 1 ? 'continuent' : 'continue'} après une commande qui échoue, sauf là où le script la teste lui-même.`,
    en: `Without \`set -e\`, ${names.en} ${going.length > 1 ? 'go' : 'goes'} on after a command that fails, but where the script tests it itself.`,
  };
  const evidence = shown(going.map(({ way }) => way.place));
  return going.length < shells.length ? partial(note, evidence) : no(note, evidence);
}

const REHEARSES =
  /--dry-?run\b|\b(?:terraform|tofu|terragrunt|pulumi|cdk|helm|kubectl|helmfile) (?:run-all |run --all )?(?:plan|preview|diff)\b|create-change-set|--no-execute-changeset/;

/** An action that is called after a plan makes one: `owner/terraform-plan@v3`. */
const PLANNING_ACTION = /(?:terraform|tofu|terragrunt|pulumi|cdk)[-/](?:plan|preview|diff)(?:-action)?@/i;

/** Django's own look for models without a migration: it deploys nothing, with or without `--dry-run`. */
const isOfModels = (words: readonly string[]): boolean => words.includes('makemigrations');
const ofModels = (call: Call): boolean =>
  isOfModels([...call.operation.split(' '), ...argumentStrings(call).flatMap((text) => text.split(' '))]);

export function canBeRehearsed(estate: Estate): Answer {
  const ways = waysToDeploy(estate);
  if (ways.length === 0) return noWay(estate);
  const offered = traitsOfWays(estate).flatMap(({ way, traits }) =>
    traits.flatMap(({ trait, line }) => (trait === 'dry-run' ? [at(way.place.file, line)] : [])),
  );
  const steps = estate.artifacts.workflows.flatMap(({ file, jobs, runs }) => [
    ...jobs.flatMap((job) =>
      job.steps.flatMap((step) => [
        ...stepCommands(step).flatMap(({ words, line }) =>
          REHEARSES.test(words.join(' ').slice(0, 2_000)) && !isOfModels(words) ? [at(file, line)] : [],
        ),
        ...(step.uses && PLANNING_ACTION.test(step.uses.text) ? [at(file, step.uses.line)] : []),
      ]),
    ),
    ...runs.flatMap(({ calls }) =>
      calls.flatMap((call) =>
        !ofModels(call) &&
        (REHEARSES.test(`${call.tool} ${call.operation}`) ||
          argumentStrings(call).some((text) => /^--dry-?run$/.test(text)))
          ? [at(call.file ?? file, call.line)]
          : [],
      ),
    ),
  ]);
  const recipes = estate.artifacts.scripts.flatMap(({ file, calls }) =>
    calls.flatMap((call) =>
      !ofModels(call) &&
      (REHEARSES.test(`${call.tool} ${call.operation}`) || call.arguments['dry-run'] !== undefined)
        ? [at(call.file ?? file, call.line)]
        : [],
    ),
  );
  const found = [...offered, ...steps, ...recipes];
  if (found.length > 0) {
    const files = codes(new Set(found.map(({ file }) => file)), 4);
    return yes(
      {
        fr: `Ce qui serait fait peut être vu sans le faire\u00a0: ${files.fr}.`,
        en: `What would be done can be seen without doing it: ${files.en}.`,
      },
      shown(found),
    );
  }
  const names = codes(new Set(ways.map(nameOf)), 4);
  return no(
    {
      fr: `Ni ${names.fr} ni un autre script n’offre d’essai à blanc (\`--dry-run\`, plan, diff).`,
      en: `Neither ${names.en} nor another script offers a dry run (\`--dry-run\`, plan, diff).`,
    },
    shown(ways.map(({ place }) => place)),
  );
}
