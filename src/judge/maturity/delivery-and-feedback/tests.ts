import type { WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { importanceOf } from '../../derived/importance.ts';
import { at } from '../../derived/place.ts';
import { stepCommands } from '../../derived/shell.ts';
import { filesOf, shown } from '../derived/notes.ts';
import { elsewhere, isOnAnyBranch } from './delivery.ts';

const TEST =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|cypress)\/.*\.(?:[cm]?[jt]sx?|py|rb|php|go|rs|java|kt|cs|ex|exs|bats|feature|dart|swift)$|[._-](?:test|spec)s?\.[cm]?[jt]sx?$|(?:^|\/)test_[^/]+\.py$|_test\.(?:py|go|rb|dart|exs)$|Tests?\.(?:java|kt|cs|php|swift)$|_spec\.rb$|\.bats$|\.tftest\.hcl$/;
const VENDORED = /(?:^|\/)(?:node_modules|vendor|third[_-]party|fixtures?|templates?)\//;
/** What sets up tools beside tests tests nothing. */
const SETS_UP = /(?:^|\/)(?:[\w-]+\.config\.[cm]?[jt]s|conftest\.py|__init__\.py)$/;

const testFiles = (files: ReadonlySet<string>): string[] =>
  [...files].filter((file) => TEST.test(file) && !VENDORED.test(file) && !SETS_UP.test(file));

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
  const ran = estate.artifacts.workflows.flatMap(testsIn);
  if (ran.length > 0) {
    const files = filesOf(ran);
    return partial(
      {
        fr: `Des tests sont lancés par ${files.fr}\u00a0; aucun fichier ne porte le nom d’un test.`,
        en: `Tests are run by ${files.en}; no file bears the name of a test.`,
      },
      shown(ran),
    );
  }
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
  /\b(?:pytest|vitest|jest|mocha|phpunit|rspec|tox|nox|karma|ava|playwright test|cypress run|behave|unittest|ctest|bats|flutter test|dotnet test|swift test|terraform test|nose2?|pest)\b|\b(?:npm|pnpm|yarn|bun|deno|cargo|go|mix|make|just|task|rake|rails|php artisan|composer|nx|turbo|lerna|poe|hatch|uv run|manage\.py|sbt|gradlew?|mvnw?|bazel|sam|cdk)\b[^;&|\n]{0,60}\b(?:tests?|unit|specs?|e2e|coverage|t|check|verify|ci|build|package|install)\b/i;
const SURELY_TESTS =
  /test|coverage|spec|verify|\b(?:check|unit|e2e|ava)\b|jest|tox|nox|rspec|cypress|playwright|behave/i;
/** What Maven and Gradle build they test, unless they are told not to. */
const BUILDS_JVM =
  /\b(?:mvnw?|gradlew?)\b[^;&|\n]{0,80}\b(?:package|install|verify|build)\b(?![^\n]*(?:-DskipTests|-x test|maven\.test\.skip))/;

const SKIPS = /-DskipTests\S*|-x\s+test\b|-Dmaven\.test\.skip\S*/g;

/** The steps of a workflow that test, and where. */
function testsIn({ file, jobs }: WorkflowSource): FileEvidence[] {
  return jobs.flatMap((job) =>
    job.steps.flatMap((step) => {
      const text = step.run?.text.slice(0, 20_000) ?? '';
      const asked = text.replace(SKIPS, '');
      const isTest =
        stepCommands(step).some(({ words }) => importanceOf(words) === 'test') ||
        BUILDS_JVM.test(text) ||
        (TESTS.test(asked) && SURELY_TESTS.test(asked)) ||
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
  const anyBranch = found.filter(({ workflow: { triggers } }) => triggers.some(isOnAnyBranch));
  if (anyBranch.length > 0) {
    const files = filesOf(anyBranch.map(({ place }) => place));
    return yes(
      {
        fr: `Les tests sont lancés à chaque push sur une branche de ce dépôt par ${files.fr}\u00a0; les pull requests d’un fork n’y sont pas.`,
        en: `On each push to a branch of this repository ${files.en} runs the tests; pull requests from a fork are left out.`,
      },
      shown(anyBranch.map(({ place }) => place)),
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
  /\b(?:eslint|biome|prettier|oxlint|stylelint|ruff|flake8|pylint|black|isort|mypy|pyright|tsc|vue-tsc|svelte-check|golangci|gofmt|go vet|staticcheck|clippy|cargo fmt|rubocop|phpstan|psalm|phpcs|php-cs-fixer|hadolint|shellcheck|actionlint|yamllint|ktlint|detekt|checkstyle|spotless|pre-commit|dotnet format|credo|dialyzer|tflint|terraform fmt|terraform validate|swiftlint|dart analyze|flutter analyze|super-linter|megalinter|type-?check|static[-_]analysis|lint(?:er|ing)?|format:check|check-format)\b/i;
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
        fr: `Un analyseur est réglé par ${names.fr}, et aucun workflow ne le lance par son nom.`,
        en: `A linter is set up by ${names.en}, and no workflow runs it by its name.`,
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
