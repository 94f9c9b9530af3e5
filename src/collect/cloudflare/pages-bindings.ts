import type { Json, Kind, RelationFact } from '#model/fact.ts';
import { type Answered, objectOf, textOf } from '../fields.ts';

/** Members of an environment's configuration that bind: the API's type of the binding, and what it leads to by which member. */
const BOUND: Readonly<Record<string, { type: string; kind?: Kind; by?: string }>> = {
  d1_databases: { type: 'd1', kind: 'Cloudflare::D1::Database', by: 'id' },
  kv_namespaces: { type: 'kv_namespace', kind: 'Cloudflare::KV::Namespace', by: 'namespace_id' },
  r2_buckets: { type: 'r2_bucket', kind: 'Cloudflare::R2::Bucket', by: 'name' },
  queue_producers: { type: 'queue', kind: 'Cloudflare::Queue', by: 'name' },
  hyperdrive_bindings: { type: 'hyperdrive', kind: 'Cloudflare::Hyperdrive::Config', by: 'id' },
  vectorize_bindings: { type: 'vectorize', kind: 'Cloudflare::Vectorize::Index', by: 'index_name' },
  services: { type: 'service', kind: 'Cloudflare::Workers::Script', by: 'service' },
  durable_object_namespaces: {
    type: 'durable_object_namespace',
    kind: 'Cloudflare::DurableObjects::Namespace',
    by: 'namespace_id',
  },
  ai_bindings: { type: 'ai' },
  analytics_engine_datasets: { type: 'analytics_engine' },
  browsers: { type: 'browser' },
  mtls_certificates: { type: 'mtls_certificate' },
};

/** What one environment of a Pages project is given: bindings, and names of variables; no value of any. */
export function pagesBindingsIn(config: Answered): {
  list: Json[];
  relations: RelationFact[];
  secrets: string[];
  compatibilityDate: string | undefined;
} {
  const list: Json[] = [];
  const relations: RelationFact[] = [];
  const secrets: string[] = [];
  for (const [member, { type, kind, by }] of Object.entries(BOUND))
    for (const [name, binding] of Object.entries(objectOf(config[member]))) {
      const to = by === undefined ? undefined : textOf(objectOf(binding)[by]);
      list.push({ type, name, ...(to !== undefined && { to }) });
      if (kind !== undefined && to !== undefined)
        relations.push({ type: 'uses', to: { kind, name: to }, as: name });
    }
  for (const [name, variable] of Object.entries(objectOf(config.env_vars))) {
    const type = textOf(objectOf(variable).type);
    if (type === 'secret_text') secrets.push(name);
    else if (type !== undefined) list.push({ type, name });
  }
  return { list, relations, secrets: secrets.sort(), compatibilityDate: textOf(config.compatibility_date) };
}
