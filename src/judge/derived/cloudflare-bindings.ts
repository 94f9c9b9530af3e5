import type { Estate } from '#model/estate.ts';
import type { Json, Kind } from '#model/fact.ts';
import { isReadInFull, isSeen, namesSeen, textIn } from './cloudflare.ts';

/** What bindings lead to, and the list that holds all of it. */
const LISTS: Readonly<Record<string, { kind: Kind; list: string }>> = {
  d1: { kind: 'Cloudflare::D1::Database', list: '/accounts/{account_id}/d1/database' },
  kv_namespace: {
    kind: 'Cloudflare::KV::Namespace',
    list: '/accounts/{account_id}/storage/kv/namespaces',
  },
  r2_bucket: { kind: 'Cloudflare::R2::Bucket', list: '/accounts/{account_id}/r2/buckets' },
  queue: { kind: 'Cloudflare::Queue', list: '/accounts/{account_id}/queues' },
  hyperdrive: {
    kind: 'Cloudflare::Hyperdrive::Config',
    list: '/accounts/{account_id}/hyperdrive/configs',
  },
  vectorize: {
    kind: 'Cloudflare::Vectorize::Index',
    list: '/accounts/{account_id}/vectorize/v2/indexes',
  },
  service: { kind: 'Cloudflare::Workers::Script', list: '/accounts/{account_id}/workers/scripts' },
};
/** Jurisdictions whose buckets are listed. */
const LISTED = new Set([undefined, 'default', 'eu']);

/** The kind that a deployed binding should lead to, where the account's whole list was read and does not hold it. */
export function lostKindOf(
  binding: { [key: string]: Json },
  account: string,
  estate: Estate,
): Kind | undefined {
  const [type, to] = [textIn(binding, 'type'), textIn(binding, 'to')];
  const leads = LISTS[type ?? ''];
  if (!leads || to === undefined) return undefined;
  if (type === 'r2_bucket' && !LISTED.has(textIn(binding, 'jurisdiction'))) return undefined;
  const isThere = estate.resources.some(
    (one) => one.kind === leads.kind && isSeen(one) && one.account === account && namesSeen(one).has(to),
  );
  return isThere || !isReadInFull(estate, account, leads.list) ? undefined : leads.kind;
}
