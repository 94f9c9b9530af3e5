import { found } from '../answer.ts';
import {
  type CloudflareAccount,
  CREATED,
  hex,
  MODIFIED,
  type Named,
  ownerOf,
  type SaidWorker,
  uuid,
  without,
} from '../estate.ts';
import { type Asked, gives, lists, type Operation } from '../operation.ts';
import { ONE_PAGE, pages } from '../paging.ts';
import { databaseId, namespaceId, objectsId } from './storage-ids.ts';

// Workers Tail Read opens these too; the first is the one to ask for.
const SCRIPTS = ['Workers Scripts Read', 'Workers Tail Read'];
const SCRIPT = '/accounts/{account_id}/workers/scripts/{script_name}';

const workerOf = ({ account, at }: Asked): SaidWorker =>
  found(
    account.workers?.find(({ name }) => name === at('script_name')),
    10007,
    'This Worker does not exist on your account.',
  );

interface Deployed {
  on: string;
  by: string;
  version: string;
  number: number;
  message?: string;
  source: string;
}

/** The newest first, each with the version that it brought. */
function deployedOf(account: CloudflareAccount, worker: SaidWorker): Deployed[] {
  const said = worker.deployments ?? [{ on: String(worker.modified_on ?? MODIFIED) }];
  return said.map(({ on, by = ownerOf(account), source = 'wrangler', message }, index) => ({
    on,
    by,
    source: String(source),
    number: said.length - index,
    version: uuid('version', account.name, worker.name, String(said.length - index)),
    ...(message !== undefined && { message: String(message) }),
  }));
}

/** A binding with the id of what it leads to. */
function bindingOf(account: CloudflareAccount, binding: Named): Record<string, unknown> {
  const { database, namespace, config, ...rest } = binding as Named & Record<string, string>;
  const { type } = rest;
  if (database !== undefined)
    return { ...rest, database_id: databaseId(account, database), id: databaseId(account, database) };
  if (type === 'kv_namespace' && namespace !== undefined)
    return { ...rest, namespace_id: namespaceId(account, namespace) };
  if (config !== undefined) return { ...rest, id: hex('hyperdrive', account.name, config) };
  if (type === 'durable_object_namespace' && rest.namespace_id === undefined)
    return {
      ...rest,
      namespace_id: objectsId(account, String(rest.script_name ?? ''), String(rest.class_name)),
    };
  return { ...rest, ...(namespace !== undefined && { namespace }) };
}

const bindingsOf = (account: CloudflareAccount, worker: SaidWorker) => [
  ...(worker.bindings ?? []).map((binding) =>
    bindingOf(
      account,
      binding.type === 'durable_object_namespace' ? { script_name: worker.name, ...binding } : binding,
    ),
  ),
  ...(worker.secrets ?? []).map((name) => ({ name, type: 'secret_text' })),
];

const ownWords = (worker: SaidWorker) =>
  without(worker, 'name', 'bindings', 'secrets', 'schedules', 'subdomain', 'deployments', 'tailed_until');

const settingsOf = (account: CloudflareAccount, worker: SaidWorker) => ({
  bindings: bindingsOf(account, worker),
  compatibility_date: worker.compatibility_date ?? '2026-03-01',
  compatibility_flags: worker.compatibility_flags ?? [],
  usage_model: 'standard',
  tags: worker.tags ?? [],
  tail_consumers: worker.tail_consumers ?? [],
  logpush: worker.logpush ?? false,
  observability: worker.observability ?? { enabled: false, head_sampling_rate: 1 },
  ...(worker.placement !== undefined && { placement: worker.placement }),
});

const routesTo = (account: CloudflareAccount, script: string) =>
  (account.zones ?? []).flatMap((zone) =>
    (zone.routes ?? [])
      .filter((route) => route.script === script)
      .map(({ pattern }) => ({ id: hex('route', zone.name, pattern), pattern, script })),
  );

function scriptOf(account: CloudflareAccount, worker: SaidWorker) {
  const [newest] = deployedOf(account, worker);
  const routes = routesTo(account, worker.name);
  return {
    id: worker.name,
    tag: hex('script', account.name, worker.name),
    etag: hex('etag', account.name, worker.name, newest?.version ?? '') + hex('etag', worker.name),
    handlers: ['fetch'],
    has_assets: false,
    has_modules: true,
    created_on: CREATED,
    modified_on: newest?.on ?? MODIFIED,
    last_deployed_from: newest?.source ?? 'wrangler',
    ...settingsOf(account, worker),
    bindings: undefined,
    ...ownWords(worker),
    routes: routes.length > 0 ? routes : null,
  };
}

const deploymentOf = (account: CloudflareAccount, worker: SaidWorker) => (deployed: Deployed) => ({
  id: uuid('deployment', account.name, worker.name, String(deployed.number)),
  source: deployed.source,
  strategy: 'percentage',
  author_email: deployed.by,
  created_on: deployed.on,
  annotations: {
    'workers/triggered_by': 'deployment',
    ...(deployed.message !== undefined && { 'workers/message': deployed.message }),
  },
  versions: [{ version_id: deployed.version, percentage: 100 }],
});

const versionOf = (deployed: Deployed) => ({
  id: deployed.version,
  number: deployed.number,
  metadata: {
    author_email: deployed.by,
    author_id: hex('user', deployed.by),
    created_on: deployed.on,
    modified_on: deployed.on,
    hasPreview: false,
    source: deployed.source,
  },
  annotations: { 'workers/triggered_by': deployed.source === 'dash' ? 'quick_editor' : 'upload' },
});

function versionAsked(asked: Asked) {
  const { account, at } = asked;
  const worker = workerOf(asked);
  const deployed = found(
    deployedOf(account, worker).find(({ version }) => version === at('version_id')),
    10075,
    'The requested Worker version could not be found.',
  );
  return {
    ...versionOf(deployed),
    resources: {
      bindings: bindingsOf(account, worker),
      script: {
        etag: scriptOf(account, worker).etag,
        handlers: worker.handlers ?? ['fetch'],
        last_deployed_from: deployed.source,
      },
      script_runtime: {
        compatibility_date: worker.compatibility_date ?? '2026-03-01',
        compatibility_flags: worker.compatibility_flags ?? [],
        usage_model: 'standard',
      },
    },
  };
}

const ofWorker = (
  name: string,
  part: string,
  answer: (worker: SaidWorker, asked: Asked) => unknown,
): Operation => gives(name, `${SCRIPT}/${part}`, SCRIPTS, (asked) => answer(workerOf(asked), asked));

/** Workers: what runs, since when, with what. */
export const operations: readonly Operation[] = [
  lists('workers.scripts.list', '/accounts/{account_id}/workers/scripts', SCRIPTS, ONE_PAGE, ({ account }) =>
    (account.workers ?? []).map((worker) => scriptOf(account, worker)),
  ),
  ofWorker('workers.scripts.scriptAndVersionSettings.get', 'settings', (worker, { account }) =>
    settingsOf(account, worker),
  ),
  ofWorker('workers.scripts.settings.get', 'script-settings', (worker, { account }) => {
    const { logpush, tags, tail_consumers, observability } = settingsOf(account, worker);
    return { logpush, tags, tail_consumers, observability };
  }),
  lists('workers.scripts.secrets.list', `${SCRIPT}/secrets`, SCRIPTS, ONE_PAGE, (asked) =>
    (workerOf(asked).secrets ?? []).map((name) => ({ name, type: 'secret_text' })),
  ),
  ofWorker('workers.scripts.deployments.list', 'deployments', (worker, { account }) => ({
    deployments: deployedOf(account, worker).map(deploymentOf(account, worker)),
  })),
  lists('workers.scripts.versions.list', `${SCRIPT}/versions`, SCRIPTS, pages(10, 100, 'items'), (asked) =>
    deployedOf(asked.account, workerOf(asked)).map(versionOf),
  ),
  gives('workers.scripts.versions.get', `${SCRIPT}/versions/{version_id}`, SCRIPTS, versionAsked),
  ofWorker('workers.scripts.schedules.get', 'schedules', ({ schedules = [], modified_on }) => ({
    schedules: schedules.map((cron) => ({ cron, created_on: CREATED, modified_on: modified_on ?? CREATED })),
  })),
  ofWorker('workers.scripts.subdomain.get', 'subdomain', ({ subdomain }) => ({
    enabled: subdomain?.enabled ?? false,
    previews_enabled: subdomain?.previews_enabled ?? subdomain?.enabled ?? false,
  })),
  // Whoever is looking on at what it logs.
  ofWorker('workers.scripts.tail.get', 'tails', ({ name, tailed_until }, { account }) => {
    const id = hex('tail', account.name, name);
    const url = `wss://tail.developers.workers.dev/${id}`;
    return tailed_until === undefined ? [] : { id, url, expires_at: tailed_until };
  }),
  gives('workers.subdomains.get', '/accounts/{account_id}/workers/subdomain', SCRIPTS, ({ account }) => ({
    subdomain: found(account.subdomain, 10007, 'You need to register a workers.dev subdomain.'),
  })),
  gives('workers.accountSettings.get', '/accounts/{account_id}/workers/account-settings', SCRIPTS, () => ({
    default_usage_model: 'standard',
    green_compute: false,
  })),
  lists(
    'workers.domains.list',
    '/accounts/{account_id}/workers/domains',
    SCRIPTS,
    ONE_PAGE,
    ({ account, query }) =>
      (account.domains ?? [])
        .map(({ zone, ...said }) => ({
          id: hex('domain', account.name, said.hostname),
          cert_id: uuid('domain certificate', said.hostname),
          environment: 'production',
          zone_id: hex('zone', zone),
          zone_name: zone,
          ...said,
        }))
        .filter(({ service }) => (query.get('service') ?? service) === service),
  ),
  lists(
    'workers.routes.list',
    '/zones/{zone_id}/workers/routes',
    ['Workers Routes Read'],
    ONE_PAGE,
    ({ zone }) =>
      (zone.routes ?? []).map((route) => ({ id: hex('route', zone.name, route.pattern), ...route })),
  ),
  // Wrangler asks which zone a Worker's service is in.
  gives(
    'workers.services.get',
    '/accounts/{account_id}/workers/services/{service_name}',
    SCRIPTS,
    ({ account, at }) => {
      const worker = found(
        account.workers?.find(({ name }) => name === at('service_name')),
        10090,
        'workers.api.error.service_not_found',
      );
      const environment = { environment: 'production', created_on: CREATED, modified_on: MODIFIED };
      return {
        id: worker.name,
        default_environment: { ...environment, script: scriptOf(account, worker) },
        created_on: CREATED,
        modified_on: MODIFIED,
        environments: [environment],
      };
    },
  ),
];
