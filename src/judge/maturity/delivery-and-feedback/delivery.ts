import type { Trigger, WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { importanceOf } from '../../derived/importance.ts';
import { at } from '../../derived/place.ts';
import { stepCommands } from '../../derived/shell.ts';
import { byPerson, filesOf, notDeployed, shown } from '../derived/notes.ts';
import { isDeployed, otherPipelines, platformsOf } from '../derived/platforms.ts';
import { waysToDeploy } from '../derived/ways-to-deploy.ts';

/** Events of a change that is offered or was made. */
const CHANGE = new Set(['pull_request', 'pull_request_target', 'push', 'merge_group', 'workflow_call']);

const isOnChange = ({ event, tags, branches }: Trigger): boolean =>
  CHANGE.has(event) && !(event === 'push' && tags.length > 0 && branches.length === 0);

const ofChanges = ({ workflows }: Estate['artifacts']): WorkflowSource[] =>
  workflows.filter(({ triggers }) => triggers.some(isOnChange));

/** Another pipeline is there, which nobody read. */
function elsewhere(estate: Estate, what: { fr: string; en: string }): Answer | undefined {
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

const TEST =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|cypress)\/.*\.(?:[cm]?[jt]sx?|py|rb|php|go|rs|java|kt|cs|ex|exs|sh|bats|feature|dart|swift)$|[._-](?:test|spec)s?\.[cm]?[jt]sx?$|(?:^|\/)test_[^/]+\.py$|_test\.(?:py|go|rb|dart|exs)$|Tests?\.(?:java|kt|cs|php|swift)$|_spec\.rb$|\.bats$|\.tftest\.hcl$/;
const VENDORED = /(?:^|\/)(?:node_modules|vendor|third[_-]party|fixtures?|templates?)\//;

const testFiles = (files: ReadonlySet<string>): string[] =>
  [...files].filter((file) => TEST.test(file) && !VENDORED.test(file));

const CODE = /\.(?:[cm]?[jt]sx?|py|rb|php|go|rs|java|kt|cs|ex|dart|swift|vue|svelte)$/;

export function haveTests(estate: Estate): Answer {
  const tests = testFiles(estate.files);
  if (tests.length > 0)
    return yes(
      {
        fr: `${tests.length} ${tests.length > 1 ? 'fichiers de test' : 'fichier de test'}, dont ${code(tests[0] ?? '')}.`,
        en: `${tests.length} test ${tests.length > 1 ? 'files' : 'file'}, ${code(tests[0] ?? '')} among them.`,
      },
      tests.slice(0, 2).map((file) => at(file, 1)),
    );
  const programs = [...estate.files].filter((file) => CODE.test(file) && !VENDORED.test(file)).length;
  return programs === 0
    ? cannotTell({
        fr: 'Le dépôt ne contient aucun programme à tester.',
        en: 'The repository holds no program to test.',
      })
    : no({
        fr: `Aucun fichier ne porte le nom d’un test, parmi ${programs} fichiers de code.`,
        en: `No file bears the name of a test, among ${programs} files of code.`,
      });
}

const TESTS =
  /\b(?:pytest|vitest|jest|mocha|phpunit|rspec|tox|nox|karma|ava|playwright test|cypress run|behave|unittest|ctest|bats|flutter test|dotnet test|swift test|terraform test|nose2?|pest)\b|\b(?:npm|pnpm|yarn|bun|deno|cargo|go|mix|make|just|task|rake|rails|php artisan|composer|nx|turbo|lerna|poe|hatch|uv run|manage\.py|sbt|gradlew?|mvnw?|bazel|sam|cdk)\b[^;&|\n]{0,60}\b(?:tests?|t|check|verify|ci|build|package|install)\b/i;
const SURELY_TESTS = /test|spec|verify|\bcheck\b|jest|tox|nox|rspec|cypress|playwright|behave/i;
/** What Maven and Gradle build they test, unless they are told not to. */
const BUILDS_JVM =
  /\b(?:mvnw?|gradlew?)\b[^;&|\n]{0,80}\b(?:package|install|verify|build)\b(?![^\n]*(?:-DskipTests|-x test|maven\.test\.skip))/;

/** The steps of a workflow that test, and where. */
function testsIn({ file, jobs }: WorkflowSource): FileEvidence[] {
  return jobs.flatMap((job) =>
    job.steps.flatMap((step) => {
      const text = step.run?.text.slice(0, 20_000) ?? '';
      const isTest =
        stepCommands(step).some(({ words }) => importanceOf(words) === 'test') ||
        BUILDS_JVM.test(text) ||
        (TESTS.test(text) && SURELY_TESTS.test(text)) ||
        (step.uses !== undefined &&
          /test|cypress|playwright|pytest/i.test(step.uses.text.split('@')[0] ?? '')) ||
        (/\btests?\b/i.test(step.name ?? '') && (step.run !== undefined || step.uses !== undefined));
      return isTest ? [at(file, step.run?.line ?? step.line)] : [];
    }),
  );
}

export function runsTests(estate: Estate): Answer {
  const tests = testFiles(estate.files);
  const { workflows } = estate.artifacts;
  const found = workflows.flatMap((workflow) => testsIn(workflow).map((place) => ({ workflow, place })));
  // a workflow that another calls runs on the events of that one
  const before = found.filter(({ workflow: { triggers } }) =>
    triggers.some(({ event }) => /^(?:pull_request|merge_group|workflow_call)/.test(event)),
  );
  if (before.length > 0) {
    const files = filesOf(before.map(({ place }) => place));
    return yes(
      {
        fr: `Les tests sont lancés à chaque pull request par ${files.fr}.`,
        en: `On pull requests ${files.en} runs the tests.`,
      },
      shown(before.map(({ place }) => place)),
    );
  }
  if (found.length > 0) {
    const files = filesOf(found.map(({ place }) => place));
    return partial(
      {
        fr: `Les tests sont lancés par ${files.fr}, mais pas à chaque pull request.`,
        en: `The tests are run by ${files.en}, but not on pull requests.`,
      },
      shown(found.map(({ place }) => place)),
    );
  }
  const unread = elsewhere(estate, {
    fr: 'les tests y sont peut-être lancés',
    en: 'the tests may be run there',
  });
  if (unread) return unread;
  if (tests.length === 0)
    return cannotTell({ fr: 'Il n’y a pas de test à lancer.', en: 'There are no tests to run.' });
  const called = workflows.find(({ jobs }) => jobs.some(({ uses }) => uses && !uses.text.startsWith('./')));
  if (called)
    return cannotTell({
      fr: `${code(called.file)} appelle un workflow d’un autre dépôt, qui lance peut-être les tests.`,
      en: `${code(called.file)} calls a workflow of another repository, which may run the tests.`,
    });
  return no(
    {
      fr: `Aucun workflow ne lance les ${tests.length} fichiers de test, dont ${code(tests[0] ?? '')}.`,
      en: `No workflow runs the ${tests.length} test files, ${code(tests[0] ?? '')} among them.`,
    },
    [at(tests[0] ?? '', 1)],
  );
}

const STATIC =
  /\b(?:eslint|biome|prettier|oxlint|stylelint|ruff|flake8|pylint|black|isort|mypy|pyright|tsc|vue-tsc|svelte-check|golangci|gofmt|go vet|staticcheck|clippy|cargo fmt|rubocop|phpstan|psalm|phpcs|php-cs-fixer|hadolint|shellcheck|actionlint|yamllint|ktlint|detekt|checkstyle|spotless|pre-commit|dotnet format|credo|dialyzer|tflint|terraform fmt|terraform validate|swiftlint|dart analyze|flutter analyze|super-linter|megalinter|type-?check|lint(?:er|ing)?|format:check|check-format)\b/i;
const STATIC_CONFIG =
  /(?:^|\/)(?:\.eslintrc[\w.]*|eslint\.config\.\w+|biome\.jsonc?|\.prettierrc[\w.]*|ruff\.toml|\.flake8|mypy\.ini|\.golangci\.ya?ml|clippy\.toml|\.rubocop\.yml|phpstan\.neon[\w.]*|\.pre-commit-config\.yaml|\.oxlintrc\.json|tslint\.json)$/;

export function checksCode(estate: Estate): Answer {
  const found = estate.artifacts.workflows.flatMap(({ file, jobs }) =>
    jobs.flatMap((job) =>
      job.steps.flatMap((step) =>
        STATIC.test(`${step.name ?? ''}\n${step.uses?.text ?? ''}\n${step.run?.text.slice(0, 20_000) ?? ''}`)
          ? [at(file, step.run?.line ?? step.line)]
          : [],
      ),
    ),
  );
  if (found.length > 0) {
    const files = filesOf(found);
    return yes(
      {
        fr: `Le style ou les types sont vérifiés par ${files.fr}.`,
        en: `Style or types are checked by ${files.en}.`,
      },
      shown(found),
    );
  }
  const unread = elsewhere(estate, {
    fr: 'le style et les types y sont peut-être vérifiés',
    en: 'style and types may be checked there',
  });
  if (unread) return unread;
  const configs = [...estate.files].filter((file) => STATIC_CONFIG.test(file) && !VENDORED.test(file));
  if (configs.length > 0) {
    const names = codes(configs, 3);
    return partial(
      {
        fr: `Un analyseur est réglé par ${names.fr}, et aucun workflow ne le lance.`,
        en: `A linter is set up by ${names.en}, and no workflow runs it.`,
      },
      shown(configs.map((file) => at(file, 1))),
    );
  }
  return [...estate.files].some((file) => CODE.test(file))
    ? no({
        fr: 'Aucun workflow ne lance d’analyseur ni de vérificateur de types.',
        en: 'No workflow runs a linter or a type checker.',
      })
    : cannotTell({
        fr: 'Le dépôt ne contient aucun programme à vérifier.',
        en: 'The repository holds no program to check.',
      });
}

export function isAutomated(estate: Estate): Answer {
  const ways = waysToDeploy(estate);
  const files = new Set(ways.flatMap(({ by, file }) => (by === 'workflow' ? [file] : [])));
  const workflows = estate.artifacts.workflows.filter(({ file }) => files.has(file));
  const own = workflows.flatMap(({ file, triggers }) =>
    triggers.flatMap(({ event, line }) =>
      /^(?:push|release|workflow_run|schedule|pull_request|repository_dispatch|create)$/.test(event)
        ? [{ event, place: at(file, line) }]
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
  if (ways.length > 0) {
    const names = filesOf(ways.map(({ place }) => place));
    return no(
      {
        fr: `Seul quelqu’un qui lance ${names.fr} met une version en service.`,
        en: `Only somebody who starts ${names.en} puts a version into service.`,
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
  const found = estate.artifacts.workflows.flatMap(({ file, name, triggers }) =>
    triggers.flatMap(({ event, line }) =>
      /^pull_request/.test(event) && (ways.has(file) || /preview/i.test(`${file} ${name}`))
        ? [at(file, line)]
        : [],
    ),
  );
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
