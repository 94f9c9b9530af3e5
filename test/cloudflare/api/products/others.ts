import { found } from '../answer.ts';
import {
  accountId,
  type CloudflareAccount,
  CREATED,
  hex,
  MODIFIED,
  type Said,
  uuid,
  without,
} from '../estate.ts';
import { type Asked, gives, lists, type Operation } from '../operation.ts';
import { ONE_PAGE, pages } from '../paging.ts';

const TUNNELS = [
  'Cloudflare Tunnel Read',
  'Cloudflare One Connector: cloudflared Read',
  'Cloudflare One Connectors Read',
];
const NOTIFICATIONS = ['Notifications Read', 'Account Settings Read'];
const STREAM = ['Stream Read'];

const many = (said: number | readonly Said[] | undefined): readonly Said[] =>
  typeof said === 'number' ? Array.from({ length: said }, () => ({})) : (said ?? []);

const videosOf = (account: CloudflareAccount) =>
  many(account.stream?.videos).map((said, index) => ({
    uid: hex('video', account.name, String(index)),
    created: CREATED,
    modified: MODIFIED,
    uploaded: CREATED,
    duration: 300,
    size: 41_943_040,
    readyToStream: true,
    requireSignedURLs: false,
    allowedOrigins: [],
    meta: { name: `video ${index + 1}` },
    status: { state: 'ready', pctComplete: '100.000000' },
    ...said,
  }));

type SaidTunnel = NonNullable<CloudflareAccount['tunnels']>[number];

const connectionsOf = (account: CloudflareAccount, tunnel: SaidTunnel) =>
  many(tunnel.connections).map((said, index) => ({
    id: uuid('connection', account.name, tunnel.name, String(index)),
    uuid: uuid('connection', account.name, tunnel.name, String(index)),
    client_id: uuid('connector', account.name, tunnel.name),
    client_version: '2026.10.0',
    colo_name: ['cdg01', 'mrs01', 'fra03', 'ams02'][index % 4],
    is_pending_reconnect: false,
    opened_at: MODIFIED,
    origin_ip: '192.0.2.10',
    ...said,
  }));

/** How a tunnel is follows from its connections: four of them when it is well. */
function tunnelOf(account: CloudflareAccount, tunnel: SaidTunnel) {
  const connections = connectionsOf(account, tunnel);
  const status = connections.length === 0 ? 'inactive' : connections.length < 4 ? 'degraded' : 'healthy';
  return {
    id: uuid('tunnel', account.name, tunnel.name),
    account_tag: accountId(account),
    created_at: CREATED,
    ...(connections.length > 0 && { conns_active_at: MODIFIED }),
    tun_type: 'cfd_tunnel',
    config_src: 'cloudflare',
    remote_config: true,
    metadata: {},
    status,
    ...without(tunnel, 'connections', 'ingress'),
    connections,
  };
}

const tunnelAsked = ({ account, at }: Asked): SaidTunnel =>
  found(
    account.tunnels?.find(({ name }) => uuid('tunnel', account.name, name) === at('tunnel_id')),
    1003,
    'Tunnel not found',
  );

const tunnels: readonly Operation[] = [
  lists(
    'zeroTrust.tunnels.cloudflared.list',
    '/accounts/{account_id}/cfd_tunnel',
    TUNNELS,
    pages(20, 1000),
    ({ account, query }) =>
      (account.tunnels ?? [])
        .filter(({ deleted_at }) => query.get('is_deleted') !== 'false' || deleted_at === undefined)
        .map((tunnel) => tunnelOf(account, tunnel)),
  ),
  gives(
    'zeroTrust.tunnels.cloudflared.get',
    '/accounts/{account_id}/cfd_tunnel/{tunnel_id}',
    TUNNELS,
    (asked) => tunnelOf(asked.account, tunnelAsked(asked)),
  ),
  lists(
    'zeroTrust.tunnels.cloudflared.connections.get',
    '/accounts/{account_id}/cfd_tunnel/{tunnel_id}/connections',
    TUNNELS,
    ONE_PAGE,
    (asked) => {
      const tunnel = tunnelAsked(asked);
      const conns = connectionsOf(asked.account, tunnel);
      const id = uuid('connector', asked.account.name, tunnel.name);
      const connector = {
        id,
        arch: 'linux_amd64',
        version: '2026.10.0',
        run_at: MODIFIED,
        config_version: 1,
        features: [],
      };
      return conns.length === 0 ? [] : [{ ...connector, conns }];
    },
  ),
  gives(
    'zeroTrust.tunnels.cloudflared.configurations.get',
    '/accounts/{account_id}/cfd_tunnel/{tunnel_id}/configurations',
    TUNNELS,
    (asked) => ({
      account_id: accountId(asked.account),
      tunnel_id: asked.at('tunnel_id'),
      version: 1,
      source: 'cloudflare',
      created_at: CREATED,
      config: { ingress: tunnelAsked(asked).ingress ?? [] },
    }),
  ),
];

const job = (owner: string) => (said: Said & { name: string }, index: number) => ({
  id: Number.parseInt(hex('logpush', owner, said.name).slice(0, 6), 16) + index,
  dataset: 'http_requests',
  enabled: true,
  frequency: 'high',
  kind: '',
  last_complete: MODIFIED,
  last_error: null,
  error_message: null,
  destination_conf: 'r2://logs/{DATE}',
  ...said,
});

const alerts: readonly Operation[] = [
  lists(
    'alerting.policies.list',
    '/accounts/{account_id}/alerting/v3/policies',
    NOTIFICATIONS,
    ONE_PAGE,
    ({ account }) =>
      (account.notifications ?? []).map((said) => ({
        id: hex('notification', account.name, said.name),
        description: '',
        enabled: true,
        filters: {},
        mechanisms: { email: [{ id: account.user?.email ?? 'owner@example.com' }] },
        created: CREATED,
        modified: MODIFIED,
        ...said,
      })),
  ),
  lists(
    'alerting.destinations.webhooks.list',
    '/accounts/{account_id}/alerting/v3/destinations/webhooks',
    NOTIFICATIONS,
    ONE_PAGE,
    ({ account }) =>
      (account.webhooks ?? []).map((said) => ({
        id: hex('webhook', account.name, said.name),
        type: 'generic',
        url: 'https://hooks.example.com/cloudflare',
        created_at: CREATED,
        last_success: MODIFIED,
        ...said,
      })),
  ),
  // To read where logs are sent takes the permission to change it.
  lists('logpush.jobs.list', '/zones/{zone_id}/logpush/jobs', ['Logs Write'], ONE_PAGE, ({ zone }) =>
    (zone.logpush ?? []).map(job(zone.name)),
  ),
  lists('logpush.jobs.list', '/accounts/{account_id}/logpush/jobs', ['Logs Write'], ONE_PAGE, ({ account }) =>
    (account.logpush ?? []).map(job(account.name)),
  ),
];

/** Turnstile, Stream, tunnels, notifications, logs. */
export const operations: readonly Operation[] = [
  // One widget alone would be given with its secret: it is not among what can be asked for.
  lists(
    'turnstile.widgets.list',
    '/accounts/{account_id}/challenges/widgets',
    ['Turnstile Sites Read', 'Account Settings Read'],
    pages(25, 1000),
    ({ account }) =>
      (account.turnstile ?? []).map((said) => ({
        sitekey: `0x4AAAAAAA${hex('turnstile', account.name, said.name).slice(0, 14)}`,
        domains: [],
        mode: 'managed',
        clearance_level: 'no_clearance',
        region: 'world',
        bot_fight_mode: false,
        ephemeral_id: false,
        offlabel: false,
        created_on: CREATED,
        modified_on: MODIFIED,
        ...said,
      })),
  ),
  lists('stream.list', '/accounts/{account_id}/stream', STREAM, ONE_PAGE, ({ account }) => videosOf(account)),
  gives(
    'stream.videos.storageUsage',
    '/accounts/{account_id}/stream/storage-usage',
    STREAM,
    ({ account }) => ({
      creator: '',
      totalStorageMinutes: videosOf(account).reduce((sum, { duration }) => sum + duration / 60, 0),
      totalStorageMinutesLimit: 1000,
      videoCount: videosOf(account).length,
    }),
  ),
  // A key is shown once, when it is made; afterwards its id alone.
  lists('stream.keys.get', '/accounts/{account_id}/stream/keys', STREAM, ONE_PAGE, ({ account }) =>
    Array.from({ length: account.stream?.keys ?? 0 }, (_, index) => ({
      id: hex('stream key', account.name, String(index)),
      key_id: hex('stream key', account.name, String(index)),
      created: CREATED,
    })),
  ),
  ...tunnels,
  ...alerts,
];
