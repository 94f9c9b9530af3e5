import { access } from './access.ts';
import { certificates } from './certificates.ts';
import type { CloudflareCollector } from './cloudflare-collector.ts';
import { d1 } from './d1.ts';
import { dns } from './dns.ts';
import { durableObjects } from './durable-objects.ts';
import { hyperdrive } from './hyperdrive.ts';
import { kv } from './kv.ts';
import { pages } from './pages.ts';
import { queues } from './queues.ts';
import { r2 } from './r2.ts';
import { routes } from './routes.ts';
import { rulesets } from './rulesets.ts';
import { stream } from './stream.ts';
import { tokens } from './tokens.ts';
import { tunnels } from './tunnels.ts';
import { turnstile } from './turnstile.ts';
import { vectorize } from './vectorize.ts';
import { workers } from './workers.ts';
import { zones } from './zones.ts';

/** Every product that is read: what most audits are about comes first, should the limit be met. */
export const cloudflareCollectors: readonly CloudflareCollector[] = [
  workers,
  d1,
  kv,
  r2,
  queues,
  durableObjects,
  hyperdrive,
  vectorize,
  pages,
  access,
  zones,
  routes,
  dns,
  certificates,
  rulesets,
  turnstile,
  stream,
  tunnels,
  tokens,
];

/** Products that a request passes, and what tells how far they were seen. */
export const pathCloudflareCollectors: readonly CloudflareCollector[] = [
  workers,
  r2,
  pages,
  access,
  zones,
  routes,
  dns,
  rulesets,
  tunnels,
  tokens,
];
