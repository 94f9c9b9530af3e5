import { isOperationProgram } from '#lib/operation-programs.ts';
import type { ComposeFile, Topic } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { Evidence, FileEvidence } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import { type Answer, cannotTell, type MaturityView, type Question } from '#model/maturity.ts';
import type { Practice } from '#model/operations.ts';
import type { Resource } from '#model/resource.ts';
import { codes, type Text } from '#model/text.ts';
import { isForServer, isInUse } from '../../derived/compose.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { at, inDocument } from '../../derived/place.ts';

/** As many places as an answer shows: the reader opens one or two of them. */
const MOST_EVIDENCE = 6;

export const few = <T>(evidence: readonly T[]): T[] => evidence.slice(0, MOST_EVIDENCE);

/** Where lines do one of these things, files of development and tests left out; one place per file and line. */
export function practicesOf({ artifacts }: Estate, ...wanted: readonly Practice[]): FileEvidence[] {
  const found = artifacts.practices.filter(
    ({ practice, file }) => wanted.includes(practice) && !isForTests(file),
  );
  return [...new Map(found.map(({ file, line }) => [`${file}:${line}`, at(file, line)])).values()];
}

/** The signs by which {@link practicesOf} knows them, each once. */
export const signsOf = ({ artifacts }: Estate, ...wanted: readonly Practice[]): string[] => [
  ...new Set(
    artifacts.practices
      .filter(({ practice, file }) => wanted.includes(practice) && !isForTests(file))
      .map(({ sign }) => sign),
  ),
];

/** A path of tests, examples or fixtures; a workflow or a hook of CI is none, whatever its name. */
const isForTests = (file: string): boolean =>
  !isPipeline(file) && /(^|\/)(tests?|e2e|examples?|samples?|fixtures?|demo)\//i.test(file);

/** Where pages that are kept up to date treat one of these subjects: reports of the past left out. */
export const topicsOf = ({ artifacts }: Estate, ...wanted: readonly Topic[]): FileEvidence[] =>
  artifacts.documents
    .filter(({ report, file }) => !report && !isPutAway(file))
    .flatMap(({ file, topics }) =>
      topics.filter(({ topic }) => wanted.includes(topic)).map(({ line }) => inDocument(file, line)),
    );

/** Put away, only a decision or a wish, or told to the users of an API: not how this estate is operated. */
const isPutAway = (file: string): boolean =>
  /(^|\/)(archives?|archived|deprecated|obsolete|old|legacy|adrs?|decisions|rfcs?|backlog|papers|research|proposals?|specs|api|api-reference|endpoints)\/|(^|\/)(todo|roadmap|backlog)[^/]*\.md$|(^|[/_-])(summary|rapport|r[eé]sum[eé]|complete|status)\.md$/i.test(
    file,
  );

const PIPELINE =
  /^\.github\/workflows\/[^/]+\.ya?ml$|(^|\/)(\.gitlab-ci[\w.-]*\.ya?ml|\.gitlab\/ci\/.+|azure-pipelines[\w.-]*\.ya?ml|bitbucket-pipelines\.ya?ml|jenkinsfile[^/]*|\.travis\.ya?ml|\.drone\.ya?ml|\.woodpecker(?:\/.+)?\.ya?ml|\.circleci\/[^/]+|\.buildkite\/[^/]+|[\w.-]*buildspec[\w.-]*\.ya?ml|cloudbuild[\w.-]*\.ya?ml)$/i;
const HOOK = /(^|\/)(\.pre-commit-config\.ya?ml|lefthook\.ya?ml|\.husky\/[^/]+|\.githooks\/[^/]+)$/i;
const ACTION = /(^|\/)\.github\/actions\/.+\/action\.ya?ml$/;

/** A configuration of CI, of any maker. */
export const isPipeline = (file: string): boolean => PIPELINE.test(file) || ACTION.test(file);
/** A hook that runs before a commit or a push. */
export const isHook = (file: string): boolean => HOOK.test(file);
/** The configurations of CI in the tree. */
export const pipelinesOf = ({ files }: Estate): string[] => [...files].filter((file) => PIPELINE.test(file));

/** Resources of these kinds that files or an account name, those that are only mentioned left out. */
export const resourcesOf = ({ resources }: Estate, ...kinds: readonly Kind[]): Resource[] =>
  resources.filter(({ kind, status }) => kinds.includes(kind) && status !== 'missing');

/** Where a resource is declared by what deploys it, else where it is named, else what read it. */
export function placesOf(resource: Resource): Evidence[] {
  const files = resource.declared.filter(({ source }) => source !== 'docs');
  return files.length ? files : resource.declared.length ? resource.declared : resource.observed;
}

/** Scripts that operate something and whose name matches. */
export const scriptsNamed = ({ files }: Estate, name: RegExp): FileEvidence[] =>
  [...files]
    .filter(
      (file) =>
        name.test(file.slice(file.lastIndexOf('/') + 1)) &&
        (/\.(?:sh|bash|zsh|ps1)$/.test(file) || isOperationProgram(file.toLowerCase())) &&
        !/(^|\/)(node_modules|vendor|third_party|site-packages|\.venv|dist|examples?|fixtures?)\//i.test(
          file,
        ),
    )
    .sort()
    .map((file) => at(file, 1));

/** The files of some evidence, as names in a text. */
export const filesOf = (evidence: readonly Evidence[], most = 3): Text =>
  codes(new Set(evidence.flatMap((one) => ('file' in one ? [one.file] : [one.operation]))), most);

export const NO_REPOSITORY: Text = {
  fr: 'Aucun fichier de dépôt n’a été lu\u00a0: rien ne permet de répondre.',
  en: 'No file of a repository was read: nothing allows an answer.',
};

/** The question, answered only where a repository was read: without its files nothing of it can be said. */
export const ofRepository = (question: Question): Question => ({
  ...question,
  answer: (view: MaturityView): Answer =>
    view.estate.files.size === 0 ? cannotTell(NO_REPOSITORY) : question.answer(view),
});

/** How to answer what no file tells. */
export const sayIt = (id: string): Text => ({
  fr: `Pour répondre, écrire \`${id}\` sous \`answers:\` dans \`constat.yaml\`.`,
  en: `To answer, write \`${id}\` under \`answers:\` in \`constat.yaml\`.`,
});

/** Two sentences in one note. */
export const both = (first: Text, second: Text): Text => ({
  fr: `${first.fr} ${second.fr}`,
  en: `${first.en} ${second.en}`,
});

/** Files that are used beyond a developer's machine. */
export const isInService = (file: string): boolean => !isForDevelopment(file);

/** A number with its noun, in one or several. */
export const counted = (
  count: number,
  fr: readonly [one: string, more: string],
  en: readonly [one: string, more: string],
): Text => ({
  fr: `${count}\u00a0${count > 1 ? fr[1] : fr[0]}`,
  en: `${count} ${count === 1 ? en[0] : en[1]}`,
});

/** Where files that deploy declare a resource, or a read saw it; pages that speak of it are left out. */
export const firmPlacesOf = ({ declared, observed }: Resource): Evidence[] => [
  ...declared.filter(({ source }) => source !== 'docs'),
  ...observed,
];

/** Made to be copied: what it declares runs elsewhere. */
const TEMPLATE = /(?:^|[/-])(?:templates?|starters?|boilerplate)\//i;

/** A compose file that a server of this estate runs. */
export const isServed = (file: ComposeFile, estate: Estate): boolean =>
  isInUse(file) && isForServer(file, estate) && !TEMPLATE.test(file.file);
