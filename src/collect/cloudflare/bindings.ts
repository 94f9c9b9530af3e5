import type { Json, Kind, RelationFact } from '#model/fact.ts';
import { type Answered, textOf } from '../fields.ts';

/** What a binding leads to: the kind, and the members that name it, the first that is there; an id before a name. */
const LEADS_TO: Readonly<Record<string, { kind: Kind; by: readonly string[] }>> = {
  d1: { kind: 'Cloudflare::D1::Database', by: ['database_id', 'id'] },
  kv_namespace: { kind: 'Cloudflare::KV::Namespace', by: ['namespace_id'] },
  r2_bucket: { kind: 'Cloudflare::R2::Bucket', by: ['bucket_name'] },
  queue: { kind: 'Cloudflare::Queue', by: ['queue_name'] },
  hyperdrive: { kind: 'Cloudflare::Hyperdrive::Config', by: ['id'] },
  vectorize: { kind: 'Cloudflare::Vectorize::Index', by: ['index_name'] },
  service: { kind: 'Cloudflare::Workers::Script', by: ['service'] },
  durable_object_namespace: { kind: 'Cloudflare::DurableObjects::Namespace', by: ['namespace_id'] },
};

/** Bindings that are a secret: only their name is ever told. */
const SECRETS = new Set(['secret_text', 'secret_key']);

export interface Bindings {
  /** Type, name in the code, and what each leads to; never the value of a variable. */
  list: Json[];
  relations: RelationFact[];
  secrets: string[];
}

/** The bindings of a script's settings. Cloudflare API, “Workers Script Settings”. */
export function bindingsIn(bindings: readonly Answered[]): Bindings {
  const found: Bindings = { list: [], relations: [], secrets: [] };
  for (const binding of bindings) {
    const [type, name] = [textOf(binding.type), textOf(binding.name)];
    if (type === undefined || name === undefined) continue;
    if (SECRETS.has(type)) {
      found.secrets.push(name);
      continue;
    }
    const leads = LEADS_TO[type];
    const to = leads?.by.map((key) => textOf(binding[key])).find((one) => one !== undefined);
    const jurisdiction = textOf(binding.jurisdiction);
    found.list.push({
      type,
      name,
      ...(to !== undefined && { to }),
      ...(jurisdiction !== undefined && { jurisdiction }),
    });
    if (leads && to !== undefined)
      found.relations.push({ type: 'uses', to: { kind: leads.kind, name: to }, as: name });
  }
  return found;
}
