import { found, refuse } from '../answer.ts';
import {
  type CloudflareAccount,
  CREATED,
  hex,
  MODIFIED,
  type Named,
  type SaidBucket,
  without,
} from '../estate.ts';
import { type Asked, gives, lists, type Operation } from '../operation.ts';
import { ONE_PAGE, pages } from '../paging.ts';
import { databaseId, namespaceId, objectsId, queueId } from './storage-ids.ts';

const D1 = ['D1 Read'];
const KV = ['Workers KV Storage Read'];
const R2 = ['Workers R2 Storage Read'];
const QUEUES = ['Queues Read'];

const databaseOf = (account: CloudflareAccount, said: Named) => ({
  uuid: databaseId(account, said.name),
  version: 'production',
  created_at: '2026-03-02T09:14:02.482Z',
  num_tables: 12,
  file_size: 245_760,
  running_in_region: 'WEUR',
  read_replication: { mode: 'disabled' },
  jurisdiction: null,
  ...said,
});

/** By its id, or by its name, as the API takes both. */
function databaseAsked({ account, at }: Asked) {
  const asked = at('database_id');
  const said = account.d1?.find(({ name }) => name === asked || databaseId(account, name) === asked);
  return databaseOf(account, found(said, 7404, `The database ${asked} could not be found`));
}

const databases: readonly Operation[] = [
  lists(
    'd1.database.list',
    '/accounts/{account_id}/d1/database',
    D1,
    pages(100, 10_000),
    ({ account, query }) =>
      (account.d1 ?? [])
        .filter(({ name }) => name.includes(query.get('name') ?? ''))
        .map((said) => without(databaseOf(account, said), ...DETAILS)),
  ),
  gives('d1.database.get', '/accounts/{account_id}/d1/database/{database_id}', D1, (asked) => {
    const database = databaseAsked(asked);
    const fields = asked.query.get('fields')?.split(',');
    return fields
      ? Object.fromEntries(Object.entries(database).filter(([name]) => fields.includes(name)))
      : database;
  }),
  gives(
    'd1.database.timeTravel.getBookmark',
    '/accounts/{account_id}/d1/database/{database_id}/time_travel/bookmark',
    D1,
    (asked) => ({ bookmark: `00000085-0000024c-00004c6d-${hex('bookmark', databaseAsked(asked).uuid)}` }),
  ),
];

/** What is only told of one database. */
const DETAILS = ['num_tables', 'file_size', 'running_in_region', 'read_replication'];

const namespaceOf = (account: CloudflareAccount) => (said: { title: string }) => ({
  id: namespaceId(account, said.title),
  supports_url_encoding: true,
  ...said,
});

const namespaces: readonly Operation[] = [
  lists(
    'kv.namespaces.list',
    '/accounts/{account_id}/storage/kv/namespaces',
    KV,
    pages(20, 1000),
    ({ account }) => (account.kv ?? []).map(namespaceOf(account)),
  ),
  gives(
    'kv.namespaces.get',
    '/accounts/{account_id}/storage/kv/namespaces/{namespace_id}',
    KV,
    ({ account, at }) =>
      found(
        (account.kv ?? []).map(namespaceOf(account)).find(({ id }) => id === at('namespace_id')),
        10013,
        "get namespace: 'namespace not found'",
      ),
  ),
];

/** Buckets of one jurisdiction: those of another are not in the list. */
function bucketsOf({ account, headers }: Asked): SaidBucket[] {
  if (!account.r2) return refuse(403, 10042, 'Please enable R2 through the Cloudflare Dashboard.');
  const jurisdiction = String(headers['cf-r2-jurisdiction'] ?? 'default');
  return account.r2.filter((bucket) => (bucket.jurisdiction ?? 'default') === jurisdiction);
}

const bucketAsked = (asked: Asked): SaidBucket =>
  found(
    bucketsOf(asked).find(({ name }) => name === asked.at('bucket_name')),
    10006,
    'The specified bucket does not exist.',
  );

const bucketOf = (said: SaidBucket) => ({
  creation_date: '2026-03-02T09:14:33.120Z',
  location: 'weur',
  storage_class: 'Standard',
  jurisdiction: 'default',
  ...without(said, 'public', 'custom_domains', 'lifecycle', 'cors', 'lock'),
});

/** What every bucket has from its first day: https://developers.cloudflare.com/r2/buckets/object-lifecycles/ */
const ABORT_RULE = {
  id: 'Default Multipart Abort Rule',
  enabled: true,
  conditions: { prefix: '' },
  abortMultipartUploadsTransition: { condition: { type: 'Age', maxAge: 604_800 } },
};

const ofBucket = (
  name: string,
  part: string,
  answer: (bucket: SaidBucket, asked: Asked) => unknown,
): Operation =>
  gives(name, `/accounts/{account_id}/r2/buckets/{bucket_name}${part}`, R2, (asked) =>
    answer(bucketAsked(asked), asked),
  );

const buckets: readonly Operation[] = [
  lists(
    'r2.buckets.list',
    '/accounts/{account_id}/r2/buckets',
    R2,
    { by: 'cursor', size: 20, most: 1000, within: 'buckets' },
    (asked) =>
      bucketsOf(asked)
        .map(bucketOf)
        .map((bucket) => without(bucket, 'location', 'storage_class', 'jurisdiction')),
  ),
  ofBucket('r2.buckets.get', '', bucketOf),
  ofBucket('r2.buckets.domains.managed.list', '/domains/managed', (bucket, { account }) => {
    const bucketId = hex('r2', account.name, bucket.name);
    return { bucketId, domain: `pub-${bucketId}.r2.dev`, enabled: bucket.public ?? false };
  }),
  ofBucket('r2.buckets.domains.custom.list', '/domains/custom', ({ custom_domains = [] }) => ({
    domains: custom_domains.map((said) => ({
      enabled: true,
      status: { ownership: 'active', ssl: 'active' },
      minTLS: '1.0',
      ...said,
    })),
  })),
  ofBucket('r2.buckets.lifecycle.get', '/lifecycle', ({ lifecycle = [] }) => ({
    rules: [ABORT_RULE, ...lifecycle.map((rule) => ({ enabled: true, conditions: { prefix: '' }, ...rule }))],
  })),
  ofBucket('r2.buckets.cors.get', '/cors', ({ cors }) => ({
    rules: found(cors, 10059, 'The CORS configuration does not exist.'),
  })),
  ofBucket('r2.buckets.locks.get', '/lock', ({ lock = [] }) => ({ rules: lock })),
];

interface SaidQueue extends Named {
  dead_letter_queue?: string;
  consumers?: readonly Record<string, unknown>[];
  producers?: readonly Record<string, unknown>[];
}

/** A queue with who writes to it, which bindings tell too, and who reads from it. */
function queueOf(account: CloudflareAccount, said: SaidQueue) {
  const bound = (account.workers ?? [])
    .filter(({ bindings }) =>
      bindings?.some(({ type, queue_name }) => type === 'queue' && queue_name === said.name),
    )
    .map(({ name }) => ({ script: name, type: 'worker' }));
  const producers = said.producers ?? bound;
  const consumers = consumersOf(account, said);
  return {
    queue_id: queueId(account, said.name),
    queue_name: said.name,
    created_on: CREATED,
    modified_on: MODIFIED,
    settings: { delivery_delay: 0, delivery_paused: false, message_retention_period: 345_600 },
    ...without(said, 'name', 'dead_letter_queue'),
    producers,
    producers_total_count: producers.length,
    consumers,
    consumers_total_count: consumers.length,
  };
}

const consumersOf = (account: CloudflareAccount, said: SaidQueue) =>
  (said.consumers ?? []).map((consumer) => ({
    consumer_id: hex('consumer', account.name, said.name, String(consumer.script_name ?? consumer.type)),
    created_on: CREATED,
    type: 'worker',
    queue_name: said.name,
    settings: { batch_size: 10, max_retries: 3, max_wait_time_ms: 5000 },
    ...consumer,
  }));

const queueAsked = ({ account, at }: Asked): SaidQueue =>
  found(
    account.queues?.find(({ name }) => queueId(account, name) === at('queue_id')),
    11000,
    'Queue not found',
  );

const queues: readonly Operation[] = [
  lists('queues.list', '/accounts/{account_id}/queues', QUEUES, pages(100, 1000), ({ account, query }) =>
    (account.queues ?? [])
      .filter(({ name }) => (query.get('name') ?? name) === name)
      .map((said) => queueOf(account, said)),
  ),
  gives('queues.get', '/accounts/{account_id}/queues/{queue_id}', QUEUES, (asked) =>
    queueOf(asked.account, queueAsked(asked)),
  ),
  lists(
    'queues.consumers.list',
    '/accounts/{account_id}/queues/{queue_id}/consumers',
    QUEUES,
    ONE_PAGE,
    (asked) => consumersOf(asked.account, queueAsked(asked)),
  ),
];

/** What else Workers keep data in. */
const others: readonly Operation[] = [
  lists(
    'hyperdrive.configs.list',
    '/accounts/{account_id}/hyperdrive/configs',
    ['Hyperdrive Read'],
    pages(20, 100),
    ({ account }) =>
      (account.hyperdrive ?? []).map((said) => ({
        id: hex('hyperdrive', account.name, said.name),
        caching: { disabled: false },
        created_on: CREATED,
        modified_on: MODIFIED,
        ...said,
        // The password is not in the answer.
        origin: {
          database: 'app',
          host: 'db.example.com',
          port: 5432,
          scheme: 'postgres',
          user: 'app',
          ...(said.origin as object),
        },
      })),
  ),
  lists(
    'vectorize.indexes.list',
    '/accounts/{account_id}/vectorize/v2/indexes',
    ['Vectorize Read'],
    ONE_PAGE,
    ({ account }) =>
      (account.vectorize ?? []).map((said) => ({
        created_on: CREATED,
        modified_on: MODIFIED,
        description: '',
        config: { dimensions: 768, metric: 'cosine' },
        ...said,
      })),
  ),
  lists(
    'durableObjects.namespaces.list',
    '/accounts/{account_id}/workers/durable_objects/namespaces',
    ['Workers Scripts Read'],
    pages(20, 1000),
    ({ account }) =>
      (account.durable_objects ?? []).map((said) => ({
        id: objectsId(account, said.script, said.class),
        name: `${said.script}_${said.class}`,
        use_sqlite: true,
        ...said,
      })),
  ),
  lists(
    'workflows.list',
    '/accounts/{account_id}/workflows',
    ['Workers Scripts Read'],
    pages(10, 100),
    ({ account }) =>
      (account.workflows ?? []).map((said) => ({
        id: hex('workflow', account.name, said.name),
        class_name: said.name,
        script_name: said.name,
        created_on: CREATED,
        modified_on: MODIFIED,
        triggered_on: null,
        instances: {
          complete: 0,
          errored: 0,
          paused: 0,
          queued: 0,
          running: 0,
          terminated: 0,
          waiting: 0,
          waitingForPause: 0,
        },
        ...said,
      })),
  ),
  lists(
    'secretsStore.stores.list',
    '/accounts/{account_id}/secrets_store/stores',
    ['Secrets Store Read'],
    pages(20, 100),
    ({ account }) =>
      (account.secrets_stores ?? []).map(({ secrets: _, ...said }) => ({
        id: hex('store', account.name, said.name),
        created: CREATED,
        modified: MODIFIED,
        ...said,
      })),
  ),
  lists(
    'secretsStore.stores.secrets.list',
    '/accounts/{account_id}/secrets_store/stores/{store_id}/secrets',
    ['Secrets Store Read'],
    pages(20, 100),
    ({ account, at }) => {
      const store = found(
        account.secrets_stores?.find(({ name }) => hex('store', account.name, name) === at('store_id')),
        1001,
        'store_not_found',
      );
      return (store.secrets ?? []).map((name) => ({
        id: hex('secret', account.name, store.name, name),
        name,
        store_id: at('store_id'),
        status: 'active',
        created: CREATED,
        modified: MODIFIED,
        scopes: ['workers'],
      }));
    },
  ),
];

/** Where Workers keep data, and what hands it on. */
export const operations: readonly Operation[] = [
  ...databases,
  ...namespaces,
  ...buckets,
  ...queues,
  ...others,
];
