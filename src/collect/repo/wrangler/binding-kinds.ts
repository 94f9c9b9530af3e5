/** How one key of the configuration states bindings. */
export interface BindingKind {
  /** The path of keys: `queues.producers`. */
  key: string;
  /** The type as Cloudflare's API names it. */
  type: string;
  /** The field that holds the name in the code's `env`. */
  name: 'binding' | 'name';
  /** One table, a list of tables, or a table whose keys are the names. */
  shape: 'one' | 'list' | 'map';
  /** The fields that say what it leads to, the first that is there. */
  to?: readonly string[];
  /** The field that holds the id. */
  id?: string;
  /** The form of an id. */
  form?: RegExp;
  /** The field without which nothing can be bound. */
  needs?: string;
}

const HEX = /^(?!0{32}$)[0-9a-f]{32}$/i;
const UUID = /^(?!0{8}-)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const list = (key: string, type: string, rest: Partial<BindingKind> = {}): BindingKind => ({
  key,
  type,
  name: 'binding',
  shape: 'list',
  ...rest,
});
const one = (key: string, type = key): BindingKind => ({ key, type, name: 'binding', shape: 'one' });
const map = (key: string, type: string): BindingKind => ({ key, type, name: 'name', shape: 'map' });

/**
 * Every binding that Wrangler 4 knows and that an environment does not inherit. Cloudflare documentation, “Wrangler
 * configuration”, “Bindings”; types as in the API's “Workers Script Settings”.
 */
export const BINDING_KINDS: readonly BindingKind[] = [
  list('kv_namespaces', 'kv_namespace', { to: ['id'], id: 'id', form: HEX, needs: 'id' }),
  list('d1_databases', 'd1', {
    to: ['database_name', 'database_id'],
    id: 'database_id',
    form: UUID,
    needs: 'database_id',
  }),
  list('r2_buckets', 'r2_bucket', { to: ['bucket_name'], needs: 'bucket_name' }),
  list('queues.producers', 'queue', { to: ['queue'], needs: 'queue' }),
  list('durable_objects.bindings', 'durable_object_namespace', {
    name: 'name',
    to: ['class_name'],
    needs: 'class_name',
  }),
  list('services', 'service', { to: ['service'], needs: 'service' }),
  list('hyperdrive', 'hyperdrive', { to: ['id'], id: 'id', form: HEX, needs: 'id' }),
  list('vectorize', 'vectorize', { to: ['index_name'], needs: 'index_name' }),
  list('workflows', 'workflow', { to: ['name', 'class_name'], needs: 'name' }),
  list('analytics_engine_datasets', 'analytics_engine', { to: ['dataset'] }),
  list('send_email', 'send_email', { name: 'name', to: ['destination_address'] }),
  list('mtls_certificates', 'mtls_certificate', {
    to: ['certificate_id'],
    id: 'certificate_id',
    needs: 'certificate_id',
  }),
  list('secrets_store_secrets', 'secrets_store_secret', {
    to: ['secret_name'],
    id: 'store_id',
    needs: 'store_id',
  }),
  list('ratelimits', 'ratelimit', { name: 'name', to: ['namespace_id'], needs: 'namespace_id' }),
  list('dispatch_namespaces', 'dispatch_namespace', { to: ['namespace'], needs: 'namespace' }),
  list('pipelines', 'pipelines', { to: ['pipeline', 'stream'] }),
  list('vpc_services', 'vpc_service', { to: ['service_id'], id: 'service_id', needs: 'service_id' }),
  list('vpc_networks', 'vpc_network', { to: ['tunnel_id', 'network_id'] }),
  list('worker_loaders', 'worker_loader'),
  list('ai_search_namespaces', 'ai_search_namespace', { to: ['namespace'] }),
  list('ai_search', 'ai_search', { to: ['instance_name'] }),
  list('agent_memory', 'agent_memory', { to: ['namespace'] }),
  list('artifacts', 'artifacts', { to: ['namespace'] }),
  list('flagship', 'flagship', { to: ['app_id'] }),
  list('k2', 'k2'),
  list('unsafe_hello_world', 'unsafe_hello_world'),
  list('unsafe.bindings', 'unsafe', { name: 'name' }),
  one('ai'),
  one('browser'),
  one('images'),
  one('stream'),
  one('media'),
  one('analytics'),
  one('version_metadata'),
];

/** What every environment has as the top level, or itself, states it. */
export const INHERITED_KINDS: readonly BindingKind[] = [
  list('logfwdr.bindings', 'logfwdr', { name: 'name', to: ['destination'] }),
  { ...one('assets'), to: ['directory'] },
];

/** Modules of the older format, of the whole file. */
export const FILE_KINDS: readonly BindingKind[] = [
  map('wasm_modules', 'wasm_module'),
  map('text_blobs', 'text_blob'),
  map('data_blobs', 'data_blob'),
];

/** Keys besides bindings that an environment does not inherit, and how their items are told apart. */
export const OTHERS_NOT_INHERITED: readonly { key: string; items: 'keys' | 'texts' | 'whole' }[] = [
  { key: 'vars', items: 'keys' },
  { key: 'define', items: 'keys' },
  { key: 'secrets.required', items: 'texts' },
  // queues and consumers of logs are called otherwise in each environment
  { key: 'queues.consumers', items: 'whole' },
  { key: 'tail_consumers', items: 'whole' },
  { key: 'streaming_tail_consumers', items: 'whole' },
  { key: 'containers', items: 'whole' },
];
