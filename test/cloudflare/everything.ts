import path from 'node:path';
import type { Operation } from './api/operation.ts';
import type { CloudflareApi } from './api.ts';

/** The estate that has something of everything. */
export const EVERYTHING = path.join(import.meta.dirname, 'everything.yaml');

/** What the braces of an operation's path stand for in that estate. */
export type Names = Readonly<Record<string, string>>;

/** Asks with the API's own token; gives the result, and fails where there is none. */
export async function resultOf<T>(api: CloudflareApi, what: string): Promise<T> {
  const answer = await fetch(`${api.url}${what}`, { headers: { authorization: `Bearer ${api.token}` } });
  const { success, result, errors } = (await answer.json()) as {
    success: boolean;
    result: T;
    errors: object;
  };
  if (!success) throw new Error(`${what}: ${JSON.stringify(errors)}`);
  return result;
}

/** Names and ids of one thing of each sort, for the paths of all operations. */
export async function namesOf(api: CloudflareApi): Promise<Names> {
  const account = `/accounts/${api.account}`;
  const first = async (list: string, member: string): Promise<string> => {
    const [one] = await resultOf<Record<string, string>[]>(api, list);
    return one?.[member] ?? '';
  };
  const zone = await first('/zones', 'id');
  const script = 'shop-api';
  const versions = await resultOf<{ items: { id: string }[] }>(
    api,
    `${account}/workers/scripts/${script}/versions`,
  );
  const rulesets = await resultOf<{ id: string; kind: string }[]>(api, `/zones/${zone}/rulesets`);
  return {
    account_id: api.account,
    zone_id: zone,
    script_name: script,
    service_name: script,
    version_id: versions.items[0]?.id ?? '',
    database_id: await first(`${account}/d1/database`, 'uuid'),
    namespace_id: await first(`${account}/storage/kv/namespaces`, 'id'),
    bucket_name: 'shop-media',
    queue_id: await first(`${account}/queues`, 'queue_id'),
    store_id: await first(`${account}/secrets_store/stores`, 'id'),
    project_name: 'docs',
    setting_id: 'ssl',
    dns_record_id: await first(`/zones/${zone}/dns_records`, 'id'),
    'rulesets ruleset_id': await first(`${account}/rulesets`, 'id'),
    ruleset_id: rulesets.find(({ kind }) => kind === 'zone')?.id ?? '',
    app_id: await first(`${account}/access/apps`, 'id'),
    token_id: await first(`${account}/tokens`, 'id'),
    'user token_id': await first('/user/tokens', 'id'),
    domain_id: await first(`${account}/workers/domains`, 'id'),
    route_id: await first(`/zones/${zone}/workers/routes`, 'id'),
    hyperdrive_id: await first(`${account}/hyperdrive/configs`, 'id'),
    index_name: 'products',
    workflow_name: 'refunds',
    certificate_pack_id: await first(`/zones/${zone}/ssl/certificate_packs`, 'id'),
    policy_id: await first(`${account}/access/policies`, 'id'),
    'alerting policy_id': await first(`${account}/alerting/v3/policies`, 'id'),
    group_id: await first(`${account}/access/groups`, 'id'),
    service_token_id: await first(`${account}/access/service_tokens`, 'id'),
    identity_provider_id: await first(`${account}/access/identity_providers`, 'id'),
    tunnel_id: await first(`${account}/cfd_tunnel`, 'id'),
  };
}

/** What stands for a brace in the path of an operation. */
export function nameIn({ path: route }: Operation, brace: string, names: Names): string {
  const [, product = ''] = /(alerting|user|^\/accounts\/\{\w+\}\/rulesets)\//.exec(route) ?? [];
  const text = names[`${product.split('/').at(-1)} ${brace}`] ?? names[brace];
  if (!text) throw new Error(`no ${brace} is known`);
  return text;
}

/** The path of an operation with a name in each of its braces. */
export const pathOf = (operation: Operation, names: Names): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, brace: string) =>
    encodeURIComponent(nameIn(operation, brace, names)),
  );
