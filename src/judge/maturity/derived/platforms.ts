import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { at } from '../../derived/place.ts';
import { waysToDeploy } from './ways-to-deploy.ts';

/** A file by which something outside of the repository knows what to do with it. */
export interface Sighting {
  name: string;
  place: FileEvidence;
}

/** Platforms that deploy from the repository by themselves: what starts them is set with them, and stands in no file. */
const PLATFORMS: readonly (readonly [string, RegExp])[] = [
  ['Vercel', /(?:^|\/)(?:vercel\.json|\.vercelignore)$/],
  ['Netlify', /(?:^|\/)netlify\.toml$/],
  ['Render', /^render\.ya?ml$/],
  ['AWS Amplify', /(?:^|\/)amplify\.ya?ml$/],
  ['Railway', /(?:^|\/)(?:railway\.(?:json|toml)|nixpacks\.toml)$/],
  ['Heroku', /^(?:Procfile|heroku\.yml)$/],
  ['Scalingo', /^scalingo\.json$/],
  ['Clever Cloud', /(?:^|\/)clevercloud\//],
  ['DigitalOcean App Platform', /^\.do\/(?:app|deploy\.template)\.ya?ml$/],
  ['App Runner', /^apprunner\.ya?ml$/],
  ['Platform.sh', /^\.(?:platform\.app\.yaml|platform\/|upsun\/)/],
  ['Google Cloud Build', /^cloudbuild[\w.-]*\.ya?ml$/],
  ['Argo CD', /(?:^|\/)argo-?cd\//i],
  ['Flux', /(?:^|\/)flux-system\//],
  ['Fly.io', /(?:^|\/)fly[\w.-]*\.toml$/],
];
/** Pipelines that Constat does not read. */
const PIPELINES: readonly (readonly [string, RegExp])[] = [
  ['GitLab CI', /^\.gitlab-ci\.ya?ml$/],
  ['CircleCI', /^\.circleci\/config\.ya?ml$/],
  ['Jenkins', /(?:^|\/)Jenkinsfile[\w.-]*$/],
  ['Azure Pipelines', /(?:^|\/)\.?azure-pipelines[\w.-]*\.ya?ml$/],
  ['Bitbucket Pipelines', /^bitbucket-pipelines\.ya?ml$/],
  ['Travis CI', /^\.travis\.ya?ml$/],
  ['Drone', /^\.drone\.ya?ml$/],
  ['Woodpecker', /^\.woodpecker(?:\/|\.ya?ml$)/],
  ['Buildkite', /^\.buildkite\//],
  ['AppVeyor', /^\.?appveyor\.ya?ml$/],
  ['Forgejo Actions', /^\.(?:forgejo|gitea)\/workflows\//],
  ['Google Cloud Build', /^cloudbuild[\w.-]*\.ya?ml$/],
  ['AWS CodeBuild', /(?:^|\/)buildspec[\w.-]*\.ya?ml$/],
  ['Semaphore', /^\.semaphore\//],
];
const VENDORED =
  /(?:^|\/)(?:node_modules|vendor|examples?|samples?|templates?|fixtures?|tests?|e2e|benchmarks?|playgrounds?|docs?)\//i;

const sightings = (files: ReadonlySet<string>, known: readonly (readonly [string, RegExp])[]): Sighting[] =>
  known.flatMap(([name, pattern]) => {
    for (const file of files)
      if (pattern.test(file) && !VENDORED.test(file)) return [{ name, place: at(file, 1) }];
    return [];
  });

/** The platforms that deploy from the repository, as far as files say so. */
export function platformsOf({ files, artifacts, resources }: Estate): Sighting[] {
  const pages = artifacts.wranglerConfigs.find(({ isPages }) => isPages);
  const pipeline = resources.find(
    ({ kind }) => kind === 'AWS::CodePipeline::Pipeline' || kind === 'AWS::Amplify::App',
  );
  const declared = pipeline?.declared[0];
  return [
    ...sightings(files, PLATFORMS),
    ...(pages ? [{ name: 'Cloudflare Pages', place: at(pages.file, 1) }] : []),
    ...(declared ? [{ name: pipeline.name, place: declared }] : []),
  ];
}

/** The pipelines of the repository that are not GitHub's, and that nobody read. */
export const otherPipelines = ({ files }: Pick<Estate, 'files'>): Sighting[] => sightings(files, PIPELINES);

const RUNS =
  /(?:^|\/)(?:Chart\.ya?ml|kustomization\.ya?ml|Pulumi\.ya?ml|cdk\.json|serverless\.(?:ya?ml|ts)|template\.ya?ml|sst\.config\.ts|Dockerfile[\w.-]*)$|\.tf$/;

/** Whether anything says that this repository is put into service at all: a library says nothing. */
export function isDeployed(estate: Estate): boolean {
  const { artifacts, components, files } = estate;
  return (
    // a workflow on a clock looks after the repository itself
    components.some(({ resource = '' }) => !resource.includes('GitHub::Actions::')) ||
    waysToDeploy(estate).length > 0 ||
    artifacts.wranglerConfigs.length > 0 ||
    artifacts.composeFiles.some(({ file, retired }) => !retired && !VENDORED.test(file)) ||
    platformsOf(estate).length > 0 ||
    [...files].some((file) => RUNS.test(file) && !VENDORED.test(file))
  );
}
