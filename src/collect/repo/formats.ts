import type { Text } from '#model/text.ts';

/** A format of infrastructure files that is recognised and not read yet. Paths come in lower case. */
export interface Format {
  id: string;
  title: Text;
  /** Known by the last part of its path. */
  base?: RegExp;
  /** Known by its whole path. */
  path?: RegExp;
  /** Known by the start of its text. */
  holds?(head: string, path: string): boolean;
}

const called = (title: string): Text => ({ fr: title, en: title });
const HEAD = 4096;
const YAML = /\.(?:ya?ml)(?:\.(?:tpl|tmpl|j2))?$/;
const DATA = /\.(?:ya?ml|json|template|tpl|tmpl|j2|conf|service|timer|socket|mount|path|target|toml|bicep)$/;

/** What several formats share with others is told apart in this order: the first that recognises a file has it. */
export const FORMATS: readonly Format[] = [
  {
    id: 'terraform',
    title: { fr: 'Terraform (plans, réglages de backend)', en: 'Terraform (plans, backend settings)' },
    base: /\.tfplan$|\.tfbackend$/,
  },
  {
    id: 'serverless',
    title: { fr: 'Serverless Framework en code', en: 'Serverless Framework as code' },
    base: /^serverless(?:[.-][\w-]{1,40})?\.(?:ts|js|mjs|cjs)$/,
  },
  {
    id: 'pulumi',
    title: called('Pulumi'),
    base: /^pulumi(?:\.[\w.-]{1,60})?\.ya?ml$/,
  },
  {
    id: 'gitlab-ci',
    title: called('GitLab CI'),
    base: /^\.gitlab-ci(?:[.-][\w-]{1,40})?\.ya?ml$/,
    path: /(?:^|\/)\.gitlab\/ci\/.*\.ya?ml$/,
  },
  { id: 'circleci', title: called('CircleCI'), path: /(?:^|\/)\.circleci\/.*\.ya?ml$/ },
  {
    id: 'jenkins',
    title: called('Jenkins'),
    base: /^jenkinsfile(?:[.-]|$)|\.jenkinsfile$/,
  },
  {
    id: 'bitbucket-pipelines',
    title: called('Bitbucket Pipelines'),
    base: /^bitbucket-pipelines\.ya?ml$/,
  },
  {
    id: 'azure-pipelines',
    title: called('Azure Pipelines'),
    base: /^azure-pipelines(?:[.-][\w-]{1,40})?\.ya?ml$/,
    path: /(?:^|\/)\.(?:azure-?pipelines|azuredevops|ado)\/.*\.ya?ml$/,
  },
  { id: 'travis', title: called('Travis CI'), base: /^\.travis\.ya?ml$/ },
  {
    id: 'drone',
    title: called('Drone CI'),
    base: /^\.(?:drone|woodpecker)\.ya?ml$/,
  },
  {
    id: 'buildkite',
    title: called('Buildkite'),
    path: /(?:^|\/)\.buildkite\/.*\.ya?ml$/,
  },
  {
    id: 'codedeploy',
    title: called('AWS CodeDeploy'),
    base: /^appspec\.(?:ya?ml|json)$/,
  },
  {
    id: 'cloud-build',
    title: called('Google Cloud Build'),
    base: /^cloudbuild(?:[.-][\w-]{1,40})?\.(?:ya?ml|json)$/,
  },
  {
    id: 'hosting',
    title: { fr: 'Vercel, Netlify, Fly, Render, Heroku', en: 'Vercel, Netlify, Fly, Render, Heroku' },
    base: /^(?:vercel\.json|netlify\.toml|fly(?:\.[\w-]{1,40})?\.toml|render\.ya?ml|procfile|railway\.(?:json|toml))$/,
  },
  { id: 'bicep', title: called('Azure Bicep'), base: /\.bicep(?:param)?$/ },
  {
    id: 'azure-resource-manager',
    title: called('Azure Resource Manager'),
    holds: (head) =>
      /schema\.management\.azure\.com\/schemas\/[\w-]{1,40}\/(?:\w{1,30}[dD]eployment)(?:Template|Parameters)\.json/.test(
        head,
      ),
  },
  {
    id: 'helm',
    title: called('Helm'),
    base: /^chart\.yaml$|^helmfile(?:\.[\w-]{1,40})?\.ya?ml$/,
    path: /(?:^|\/)charts?\/(?:[^/]{1,100}\/)?(?:templates\/.*|values[\w.-]{0,60}\.ya?ml)$/,
    holds: (head, path) =>
      /(?:^|\/)templates\//.test(path) &&
      YAML.test(path) &&
      /\{\{-?\s?(?:include|\.Values|\.Release|\.Chart|if|with|range|define)\b/.test(head),
  },
  {
    id: 'ansible',
    title: called('Ansible'),
    base: /^ansible\.cfg$|^playbook[\w.-]{0,60}\.ya?ml$/,
    path: /(?:^|\/)roles\/[^/]{1,100}\/(?:tasks|handlers|defaults|vars|meta)\/.*\.ya?ml$|(?:^|\/)(?:group_vars|host_vars)\//,
    holds: (head, path) => YAML.test(path) && /^-\s{1,4}(?:name:[^\n]{0,200}\n\s{1,8})?hosts:/m.test(head),
  },
  {
    id: 'kubernetes',
    title: called('Kubernetes'),
    base: /^(?:kustomization\.ya?ml|skaffold\.ya?ml)$/,
    holds: (head) =>
      head.includes('apiVersion') &&
      /^["'\s{]{0,8}apiVersion["']?\s{0,4}:\s{0,4}["']?[\w./-]{1,100}/m.test(head) &&
      /^["'\s]{0,8}kind["']?\s{0,4}:\s{0,4}["']?[A-Z]\w/m.test(head),
  },
];

const anyOf = (patterns: readonly (RegExp | undefined)[]) =>
  new RegExp(patterns.flatMap((pattern) => (pattern ? [pattern.source] : [])).join('|'));
const BASES = anyOf(FORMATS.map(({ base }) => base));
const PATHS = anyOf(FORMATS.map(({ path }) => path));

/** The format that a path shows, given in lower case with its last part. */
export function formatNamed(path: string, base: string): Format | undefined {
  // Most files of a tree have none, and two tests tell it
  if (!BASES.test(base) && !PATHS.test(path)) return undefined;
  return FORMATS.find((format) => format.base?.test(base) || format.path?.test(path));
}

const SNIFFED = FORMATS.filter((format) => format.holds);
const KNOWN_OTHERWISE =
  /(?:^|\/)(?:\.github\/|package(?:-lock)?\.json$|tsconfig[\w.-]{0,40}\.json$|node_modules\/)/;

/** Whether a file whose path tells nothing may hold one of the formats. */
export const mayBeSniffed = (path: string): boolean =>
  (DATA.test(path) || /\.(?:conf|service|timer|socket)\.\w{1,12}$/.test(path)) && !KNOWN_OTHERWISE.test(path);

/** The format that the first 4 KB of a text show, for a path in lower case. */
export function sniff(path: string, text: string): Format | undefined {
  if (!mayBeSniffed(path)) return undefined;
  const head = text.slice(0, HEAD);
  return SNIFFED.find((format) => format.holds?.(head, path));
}
