import { found } from '../answer.ts';
import { type CloudflareAccount, hex, type Named, type Said, uuid, without } from '../estate.ts';
import { type Asked, gives, lists, type Operation } from '../operation.ts';
import { ONE_PAGE } from '../paging.ts';

const PAGES = ['Pages Read'];
const PROJECT = '/accounts/{account_id}/pages/projects/{project_name}';

interface SaidProject extends Named {
  /** Custom domains. */
  custom_domains?: readonly (string | (Said & { name: string }))[];
  /** The newest first. */
  deployments?: readonly (Said & { on: string; branch?: string; commit?: string })[];
  /** By environment: the API's own words, and names of variables and secrets. */
  production?: SaidConfig;
  preview?: SaidConfig;
}

interface SaidConfig extends Said {
  variables?: Record<string, string>;
  secrets?: readonly string[];
}

const config = ({ variables = {}, secrets = [], ...said }: SaidConfig = {}) => ({
  always_use_latest_compatibility_date: false,
  build_image_major_version: 3,
  compatibility_date: '2026-03-01',
  compatibility_flags: [],
  // A secret's value is an empty text here.
  env_vars: {
    ...Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, { type: 'plain_text', value }]),
    ),
    ...Object.fromEntries(secrets.map((name) => [name, { type: 'secret_text', value: '' }])),
  },
  fail_open: true,
  usage_model: 'standard',
  ...said,
});

const BUILD = {
  build_command: null,
  destination_dir: null,
  root_dir: null,
  web_analytics_tag: null,
  web_analytics_token: null,
};

function deploymentsOf(account: CloudflareAccount, project: SaidProject) {
  return (project.deployments ?? []).map(({ on, branch = 'main', commit = hex('commit', on), ...said }) => {
    const id = uuid('pages deployment', account.name, project.name, on);
    const stage = { name: 'deploy', status: 'success', started_on: on, ended_on: on };
    const production = branch === (project.production_branch ?? 'main');
    return {
      id,
      short_id: id.slice(0, 8),
      project_id: uuid('pages', account.name, project.name),
      project_name: project.name,
      environment: production ? 'production' : 'preview',
      url: `https://${id.slice(0, 8)}.${project.name}.pages.dev`,
      created_on: on,
      modified_on: on,
      aliases: null,
      latest_stage: stage,
      stages: [stage],
      deployment_trigger: {
        type: 'ad_hoc',
        metadata: { branch, commit_hash: commit, commit_message: '', commit_dirty: false },
      },
      build_config: BUILD,
      env_vars: {},
      is_skipped: false,
      uses_functions: true,
      source: { type: 'github', config: sourceOf(project) },
      ...said,
    };
  });
}

const sourceOf = (project: SaidProject) => ({
  owner: 'example',
  owner_id: '1',
  repo_id: '1',
  repo_name: project.name,
  production_branch: project.production_branch ?? 'main',
  pr_comments_enabled: true,
  deployments_enabled: true,
  production_deployments_enabled: true,
  preview_deployment_setting: 'all',
  preview_branch_includes: ['*'],
  preview_branch_excludes: [],
  path_includes: ['*'],
  path_excludes: [],
});

const nameOf = (domain: string | { name: string }) => (typeof domain === 'string' ? domain : domain.name);

function projectOf(account: CloudflareAccount, said: SaidProject) {
  const deployments = deploymentsOf(account, said);
  const production = deployments.find(({ environment }) => environment === 'production') ?? null;
  return {
    id: uuid('pages', account.name, said.name),
    subdomain: `${said.name}.pages.dev`,
    domains: [`${said.name}.pages.dev`, ...(said.custom_domains ?? []).map(nameOf)],
    production_branch: 'main',
    created_on: '2026-03-02T09:20:11.000000Z',
    framework: '',
    framework_version: '',
    production_script_name: `pages-worker--${hex('pages', said.name).slice(0, 7)}-production`,
    preview_script_name: `pages-worker--${hex('pages', said.name).slice(0, 7)}-preview`,
    uses_functions: true,
    build_config: BUILD,
    canonical_deployment: production,
    latest_deployment: deployments[0] ?? null,
    ...without(said, 'custom_domains', 'deployments', 'production', 'preview'),
    deployment_configs: { production: config(said.production), preview: config(said.preview) },
  };
}

const projectAsked = ({ account, at }: Asked): SaidProject =>
  found(
    account.pages?.find(({ name }) => name === at('project_name')),
    8_000_007,
    'Project not found. The specified project name does not match any of your existing projects.',
  );

const strict = {
  code: 8_000_024,
  message: 'Invalid list options provided. Review the `page` or `per_page` parameter.',
};

/** Pages. */
export const operations: readonly Operation[] = [
  lists(
    'pages.projects.list',
    '/accounts/{account_id}/pages/projects',
    PAGES,
    { by: 'page', size: 10, most: 10, strict },
    ({ account }) => (account.pages ?? []).map((project) => projectOf(account, project)),
  ),
  gives('pages.projects.get', PROJECT, PAGES, (asked) => projectOf(asked.account, projectAsked(asked))),
  lists(
    'pages.projects.deployments.list',
    `${PROJECT}/deployments`,
    PAGES,
    { by: 'page', size: 25, most: 25, strict },
    (asked) => {
      const environment = asked.query.get('env');
      return deploymentsOf(asked.account, projectAsked(asked)).filter(
        (one) => environment === null || one.environment === environment,
      );
    },
  ),
  lists('pages.projects.domains.list', `${PROJECT}/domains`, PAGES, ONE_PAGE, (asked) =>
    (projectAsked(asked).custom_domains ?? []).map((domain) => ({
      id: uuid('pages domain', nameOf(domain)),
      domain_id: uuid('pages domain', nameOf(domain)),
      name: nameOf(domain),
      status: 'active',
      certificate_authority: 'google',
      created_on: '2026-03-02T09:20:11.000000Z',
      validation_data: { method: 'http', status: 'active' },
      verification_data: { status: 'active' },
      zone_tag: hex('zone', nameOf(domain).split('.').slice(-2).join('.')),
      ...(typeof domain === 'string' ? {} : domain),
    })),
  ),
];
