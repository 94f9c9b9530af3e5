import type { Text } from '#model/text.ts';

/** A format of infrastructure files that is recognised and not read yet. Paths come in lower case. */
export interface Format {
  id: string;
  title: Text;
  /** Known by its path alone. */
  named?(path: string, base: string): boolean;
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
    title: called('Terraform'),
    named: (path) =>
      /\.(?:tf|tfvars|tofu)(?:\.json)?$|\.tfstate(?:\.backup)?$|(?:^|\/)(?:terragrunt|\.terraform\.lock)\.hcl$/.test(
        path,
      ),
  },
  {
    id: 'cdk',
    title: called('AWS CDK'),
    named: (path, base) =>
      base === 'cdk.json' || base === 'cdk.context.json' || /(?:^|\/)cdk\.out\//.test(path),
  },
  {
    id: 'serverless',
    title: called('Serverless Framework'),
    named: (_, base) => /^serverless(?:[.-][\w-]{1,40})?\.(?:ya?ml|json|ts|js|mjs|cjs)$/.test(base),
  },
  {
    id: 'wrangler',
    title: called('Cloudflare wrangler'),
    named: (_, base) => /^wrangler(?:[.-][\w-]{1,40})?\.(?:toml|jsonc?)$/.test(base),
  },
  {
    id: 'pulumi',
    title: called('Pulumi'),
    named: (_, base) => /^pulumi(?:\.[\w.-]{1,60})?\.ya?ml$/.test(base),
  },
  {
    id: 'gitlab-ci',
    title: called('GitLab CI'),
    named: (path, base) =>
      /^\.gitlab-ci(?:[.-][\w-]{1,40})?\.ya?ml$/.test(base) || /(?:^|\/)\.gitlab\/ci\/.*\.ya?ml$/.test(path),
  },
  { id: 'circleci', title: called('CircleCI'), named: (path) => /(?:^|\/)\.circleci\/.*\.ya?ml$/.test(path) },
  {
    id: 'jenkins',
    title: called('Jenkins'),
    named: (_, base) => /^jenkinsfile(?:[.-]|$)|\.jenkinsfile$/.test(base),
  },
  {
    id: 'bitbucket-pipelines',
    title: called('Bitbucket Pipelines'),
    named: (_, base) => /^bitbucket-pipelines\.ya?ml$/.test(base),
  },
  {
    id: 'azure-pipelines',
    title: called('Azure Pipelines'),
    named: (path, base) =>
      /^azure-pipelines(?:[.-][\w-]{1,40})?\.ya?ml$/.test(base) ||
      /(?:^|\/)\.(?:azure-?pipelines|azuredevops|ado)\/.*\.ya?ml$/.test(path),
  },
  { id: 'travis', title: called('Travis CI'), named: (_, base) => /^\.travis\.ya?ml$/.test(base) },
  {
    id: 'drone',
    title: called('Drone CI'),
    named: (_, base) => /^\.(?:drone|woodpecker)\.ya?ml$/.test(base),
  },
  {
    id: 'buildkite',
    title: called('Buildkite'),
    named: (path) => /(?:^|\/)\.buildkite\/.*\.ya?ml$/.test(path),
  },
  {
    id: 'codebuild',
    title: called('AWS CodeBuild'),
    named: (_, base) => /^buildspec(?:[.-][\w-]{1,40})?\.ya?ml$/.test(base),
  },
  {
    id: 'codedeploy',
    title: called('AWS CodeDeploy'),
    named: (_, base) => /^appspec\.(?:ya?ml|json)$/.test(base),
  },
  {
    id: 'cloud-build',
    title: called('Google Cloud Build'),
    named: (_, base) => /^cloudbuild(?:[.-][\w-]{1,40})?\.(?:ya?ml|json)$/.test(base),
  },
  {
    id: 'hosting',
    title: { fr: 'Vercel, Netlify, Fly, Render, Heroku', en: 'Vercel, Netlify, Fly, Render, Heroku' },
    named: (_, base) =>
      /^(?:vercel\.json|netlify\.toml|fly(?:\.[\w-]{1,40})?\.toml|render\.ya?ml|procfile|railway\.(?:json|toml))$/.test(
        base,
      ),
  },
  { id: 'bicep', title: called('Azure Bicep'), named: (_, base) => /\.bicep(?:param)?$/.test(base) },
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
    named: (path, base) =>
      base === 'chart.yaml' ||
      /^helmfile(?:\.[\w-]{1,40})?\.ya?ml$/.test(base) ||
      /(?:^|\/)charts?\/(?:[^/]{1,100}\/)?(?:templates\/.*|values[\w.-]{0,60}\.ya?ml)$/.test(path),
    holds: (head, path) =>
      /(?:^|\/)templates\//.test(path) &&
      YAML.test(path) &&
      /\{\{-?\s?(?:include|\.Values|\.Release|\.Chart|if|with|range|define)\b/.test(head),
  },
  {
    id: 'ansible',
    title: called('Ansible'),
    named: (path, base) =>
      base === 'ansible.cfg' ||
      /^playbook[\w.-]{0,60}\.ya?ml$/.test(base) ||
      /(?:^|\/)roles\/[^/]{1,100}\/(?:tasks|handlers|defaults|vars|meta)\/.*\.ya?ml$/.test(path) ||
      /(?:^|\/)(?:group_vars|host_vars)\//.test(path),
    holds: (head, path) => YAML.test(path) && /^-\s{1,4}(?:name:[^\n]{0,200}\n\s{1,8})?hosts:/m.test(head),
  },
  {
    id: 'traefik',
    title: called('Traefik'),
    named: (path, base) =>
      /^traefik(?:[.-][\w-]{1,40})?\.(?:ya?ml|toml)$/.test(base) ||
      /(?:^|\/)traefik\/.*\.(?:ya?ml|toml)$/.test(path),
    holds: (head, path) =>
      /\.(?:ya?ml|toml)$/.test(path) &&
      /^(?:http|tcp):\s*\n\s{1,8}(?:routers|services|middlewares):|^\[http\.(?:routers|services|middlewares)/m.test(
        head,
      ),
  },
  {
    id: 'nginx',
    title: called('nginx'),
    named: (path, base) =>
      /^nginx[\w.-]{0,60}\.conf(?:\.\w{1,12})?$|\.nginx$|\.nginx\.conf$/.test(base) ||
      /(?:^|\/)(?:nginx|sites-(?:available|enabled))\/.*(?:\.conf(?:\.\w{1,12})?|\/[^./]{1,100})$/.test(
        path,
      ) ||
      /(?:^|\/)sites-(?:available|enabled)\/[^/]{1,200}$/.test(path),
    holds: (head, path) =>
      /\.conf(?:\.\w{1,12})?$/.test(path) &&
      /^\s{0,8}(?:server|upstream\s{1,4}[\w.-]{1,80}|http|stream)\s{0,4}\{/m.test(head),
  },
  { id: 'caddy', title: called('Caddy'), named: (_, base) => /^caddyfile(?:[.-]|$)|\.caddyfile$/.test(base) },
  {
    id: 'haproxy',
    title: called('HAProxy'),
    named: (_, base) => /^haproxy[\w.-]{0,60}\.cfg(?:\.\w{1,12})?$/.test(base),
  },
  {
    id: 'systemd',
    title: called('systemd'),
    holds: (head, path) =>
      /\.(?:service|timer|socket|mount|path|target)(?:\.\w{1,12})?$/.test(path) &&
      /^\[(?:Unit|Service|Timer|Socket|Mount|Path|Install)\]/m.test(head),
  },
  {
    id: 'cloudformation',
    title: { fr: 'CloudFormation et SAM', en: 'CloudFormation and SAM' },
    named: (_, base) => base === 'samconfig.toml',
    holds: (head) =>
      head.includes('AWS') &&
      (/^\s{0,4}["']?AWSTemplateFormatVersion["']?\s{0,4}:|["']?Transform["']?\s{0,4}:[^\n]{0,20}AWS::Serverless/m.test(
        head,
      ) ||
        (/^\s{0,4}["']?Resources["']?\s{0,4}:/m.test(head) &&
          /["']?Type["']?\s{0,4}:\s{0,4}["']?AWS::\w/.test(head))),
  },
  {
    id: 'kubernetes',
    title: called('Kubernetes'),
    named: (_, base) => /^(?:kustomization\.ya?ml|skaffold\.ya?ml)$/.test(base),
    holds: (head) =>
      head.includes('apiVersion') &&
      /^["'\s{]{0,8}apiVersion["']?\s{0,4}:\s{0,4}["']?[\w./-]{1,100}/m.test(head) &&
      /^["'\s]{0,8}kind["']?\s{0,4}:\s{0,4}["']?[A-Z]\w/m.test(head),
  },
];

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
