import type { Trigger, WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { at } from '../../derived/place.ts';
import { byPerson, filesOf, notDeployed, shown } from '../derived/notes.ts';
import { isDeployed, otherPipelines, platformsOf } from '../derived/platforms.ts';
import { deployingRuns, waysToDeploy } from '../derived/ways-to-deploy.ts';

/** Events of a change that is offered or was made. */
const CHANGE = new Set(['pull_request', 'pull_request_target', 'push', 'merge_group', 'workflow_call']);

const isOnChange = ({ event, tags, branches }: Trigger): boolean =>
  CHANGE.has(event) && !(event === 'push' && tags.length > 0 && branches.length === 0);

/** A push to whichever branch comes before the pull request of that branch. */
export const isOnAnyBranch = ({ event, branches, tags, paths }: Trigger): boolean =>
  event === 'push' &&
  tags.length === 0 &&
  paths.length === 0 &&
  (branches.length === 0 || branches.includes('**'));

const ofChanges = ({ workflows }: Estate['artifacts']): WorkflowSource[] =>
  workflows.filter(({ triggers }) => triggers.some(isOnChange));

/** The answer where another pipeline is there, which nobody read. */
export function elsewhere(estate: Estate, what: { fr: string; en: string }): Answer | undefined {
  const pipelines = otherPipelines(estate);
  if (pipelines.length === 0) return undefined;
  const names = codes(pipelines.map(({ place }) => place.file));
  return cannotTell({
    fr: `CI non lue (${names.fr})\u00a0: ${what.fr}.`,
    en: `CI not read (${names.en}): ${what.en}.`,
  });
}

/** Workflows that keep house (labels, stale tickets, releases) test and build nothing. */
const KEEPS_HOUSE =
  /label|stale|greet|welcome|assign|triage|cla\b|codeowners|dependabot|release-drafter|lock|comment|project|codeql|scorecard|dependency-review/i;

export function hasCi(estate: Estate): Answer {
  const changes = ofChanges(estate.artifacts).filter(
    ({ file, name }) => !KEEPS_HOUSE.test(`${file} ${name}`),
  );
  const offered = changes.filter(({ triggers }) =>
    triggers.some(({ event }) => /^(pull_request|merge_group)/.test(event)),
  );
  const lines = (list: readonly WorkflowSource[]) =>
    list.map(({ file, triggers }) => at(file, triggers.find(isOnChange)?.line ?? 1));
  if (offered.length > 0) {
    const files = filesOf(lines(offered));
    return yes(
      { fr: `Chaque pull request fait partir ${files.fr}.`, en: `Pull requests start ${files.en}.` },
      shown(lines(offered)),
    );
  }
  const pushed = changes.filter(({ triggers }) => triggers.some(isOnAnyBranch));
  if (pushed.length > 0) {
    const files = filesOf(lines(pushed));
    return yes(
      {
        fr: `Chaque push sur une branche de ce dépôt fait partir ${files.fr}\u00a0; les pull requests d’un fork n’y sont pas.`,
        en: `Each push to a branch of this repository starts ${files.en}; pull requests from a fork are left out.`,
      },
      shown(lines(pushed)),
    );
  }
  const pipelines = otherPipelines(estate);
  if (pipelines.length > 0) {
    const names = codes(pipelines.map(({ place }) => place.file));
    return yes(
      {
        fr: `Une CI est définie, sans avoir été lue\u00a0: ${names.fr}.`,
        en: `A CI is defined, and was not read: ${names.en}.`,
      },
      shown(pipelines.map(({ place }) => place)),
    );
  }
  if (changes.length > 0) {
    const files = filesOf(lines(changes));
    return partial(
      {
        fr: `Chaque push fait partir ${files.fr}, et une pull request ne fait rien partir.`,
        en: `A push starts ${files.en}, and a pull request starts nothing.`,
      },
      shown(lines(changes)),
    );
  }
  const { workflows } = estate.artifacts;
  return no(
    workflows.length > 0
      ? {
          fr: 'Aucun workflow ne part d’un changement du code.',
          en: 'No workflow starts from a change of the code.',
        }
      : {
          fr: 'Le dépôt n’a ni workflow GitHub ni fichier d’une autre CI.',
          en: 'The repository has no GitHub workflow, nor a file of another CI.',
        },
    workflows.map(({ file }) => at(file, 1)).slice(0, 3),
  );
}

/** The triggers on which a workflow deploys: those of its runs that do, where they are known. */
function startsOf(workflow: WorkflowSource): Trigger[] {
  const runs = deployingRuns(workflow);
  return workflow.triggers.filter(
    ({ event }) => runs.length === 0 || runs.some(({ events }) => events.includes(event)),
  );
}

export function isAutomated(estate: Estate): Answer {
  const ways = waysToDeploy(estate);
  const files = new Set(ways.flatMap(({ by, file }) => (by === 'workflow' ? [file] : [])));
  const workflows = estate.artifacts.workflows.filter(({ file }) => files.has(file));
  const own = workflows.flatMap((workflow) =>
    startsOf(workflow).flatMap(({ event, line }) =>
      /^(?:push|release|workflow_run|schedule|repository_dispatch|create)$/.test(event)
        ? [{ event, place: at(workflow.file, line) }]
        : [],
    ),
  );
  if (own.length > 0) {
    const names = codes(new Set(own.map(({ event }) => event)));
    const shownFiles = filesOf(own.map(({ place }) => place));
    return yes(
      {
        fr: `Le déploiement part sans personne, sur ${names.fr} (${shownFiles.fr}).`,
        en: `The deployment starts without a person, on ${names.en} (${shownFiles.en}).`,
      },
      shown(own.map(({ place }) => place)),
    );
  }
  if (workflows.length > 0) {
    const places = workflows.map(({ file, triggers }) => at(file, triggers[0]?.line ?? 1));
    const names = filesOf(places);
    return partial(
      {
        fr: `Le déploiement de ${names.fr} part quand quelqu’un, ou un autre workflow, le lance.`,
        en: `The deployment of ${names.en} starts when somebody, or another workflow, starts it.`,
      },
      shown(places),
    );
  }
  const unread = elsewhere(estate, {
    fr: 'la mise en service y est peut-être',
    en: 'the delivery may be there',
  });
  if (unread) return unread;
  const [platform] = platformsOf(estate);
  if (platform && ways.length === 0)
    return cannotTell({
      fr: `${platform.name} (${code(platform.place.file)}) déploie peut-être à chaque push\u00a0: ce réglage est hors du dépôt.`,
      en: `${platform.name} (${code(platform.place.file)}) may deploy on each push: that setting is outside of the repository.`,
    });
  // Cloudflare documentation, “Workers Builds”: a repository that is connected runs the recipe at each push
  if (
    ways.length > 0 &&
    estate.artifacts.wranglerConfigs.length > 0 &&
    ways.every(({ by }) => by === 'recipe')
  ) {
    const names = filesOf(ways.map(({ place }) => place));
    return cannotTell({
      fr: `Aucun workflow ne déploie\u00a0; ce qui est relié au dépôt chez Cloudflare lance peut-être ${names.fr}.`,
      en: `No workflow deploys; what is connected to the repository at Cloudflare may run ${names.en}.`,
    });
  }
  if (ways.length > 0) {
    const names = filesOf(ways.map(({ place }) => place));
    return no(
      {
        fr: `Aucun workflow ne déploie\u00a0: quelqu’un lance ${names.fr}.`,
        en: `No workflow deploys: somebody starts ${names.en}.`,
      },
      shown(ways.map(({ place }) => place)),
    );
  }
  return isDeployed(estate)
    ? cannotTell({
        fr: 'Rien de ce qui a été lu ne déploie.',
        en: 'Nothing that was read deploys.',
      })
    : notDeployed();
}

export function areBranchesProtected({ sources }: Estate): Answer {
  return sources.has('github')
    ? cannotTell({
        fr: 'Les règles de protection des branches n’ont pas été données par GitHub.',
        en: 'GitHub did not give the protection rules of branches.',
      })
    : byPerson(
        'Les règles de protection des branches sont dans GitHub, qui n’a pas été lu.',
        'The protection rules of branches are in GitHub, which was not read.',
      );
}

export function arePreviewed(estate: Estate): Answer {
  const ways = new Set(waysToDeploy(estate).map(({ file }) => file));
  const found = estate.artifacts.workflows.flatMap((workflow) => {
    const { file, name, triggers } = workflow;
    const starts = ways.has(file) ? startsOf(workflow) : /preview/i.test(`${file} ${name}`) ? triggers : [];
    return starts.flatMap(({ event, line }) => (/^pull_request/.test(event) ? [at(file, line)] : []));
  });
  const previews = estate.artifacts.wranglerConfigs.flatMap(({ file, environments }) =>
    environments.flatMap(({ previewUrls }) =>
      previewUrls.isOn && previewUrls.isStated ? [at(file, previewUrls.line)] : [],
    ),
  );
  const all = [...found, ...previews];
  if (all.length > 0) {
    const files = filesOf(all);
    return yes(
      {
        fr: `Ce qui n’est pas encore fusionné est mis en ligne par ${files.fr}.`,
        en: `What is not merged yet is put online by ${files.en}.`,
      },
      shown(all),
    );
  }
  const [platform] = platformsOf(estate);
  if (platform)
    return cannotTell({
      fr: `${platform.name} (${code(platform.place.file)}) peut en faire à chaque pull request\u00a0: ce réglage est hors du dépôt.`,
      en: `${platform.name} (${code(platform.place.file)}) may make one on each pull request: that setting is outside of the repository.`,
    });
  const unread = elsewhere(estate, {
    fr: 'des prévisualisations y sont peut-être déployées',
    en: 'previews may be deployed there',
  });
  if (unread) return unread;
  if (!isDeployed(estate)) return notDeployed();
  return no({
    fr: 'Aucun workflow ne met en ligne une pull request.',
    en: 'No workflow puts a pull request online.',
  });
}

const VENDORED = /(?:^|\/)(?:node_modules|vendor|third[_-]party|fixtures?|templates?)\//;
const CHANGELOG =
  /^(?:[^/]+\/)?(?:docs\/)?(?:CHANGELOG|CHANGES|HISTORY|RELEASES?|RELEASE[-_]NOTES|NEWS)(?:\.(?:md|rst|txt|adoc))?$|^\.changeset\/config\.json$|^changelog\.d\/|(?:^|\/)(?:release-please-config\.json|\.releaserc[\w.]*|release\.config\.\w+|cliff\.toml|\.goreleaser\.ya?ml|\.github\/release\.ya?ml|\.github\/release-drafter\.ya?ml)$/i;
const RELEASES =
  /release-please|semantic-release|changesets\/action|release-drafter|gh release create|softprops\/action-gh-release|ncipollo\/release-action|actions\/create-release|goreleaser/i;

export function areNoted(estate: Estate): Answer {
  const files = [...estate.files].filter((file) => CHANGELOG.test(file) && !VENDORED.test(file));
  const steps = estate.artifacts.workflows.flatMap(({ file, jobs }) =>
    jobs.flatMap(({ steps: own }) =>
      own.flatMap((step) =>
        RELEASES.test(`${step.uses?.text ?? ''}\n${step.run?.text ?? ''}`)
          ? [at(file, step.run?.line ?? step.line)]
          : [],
      ),
    ),
  );
  const places = [...files.map((file) => at(file, 1)), ...steps];
  if (places.length === 0)
    return no({
      fr: 'Le dépôt n’a ni journal des changements ni workflow qui publie des notes de version.',
      en: 'The repository has no changelog, and no workflow that publishes release notes.',
    });
  const names = filesOf(places);
  return yes(
    { fr: `Les changements sont notés par ${names.fr}.`, en: `Changes are written down by ${names.en}.` },
    shown(places),
  );
}
