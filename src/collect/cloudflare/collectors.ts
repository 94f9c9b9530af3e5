import type { CloudflareCollector } from './cloudflare-collector.ts';
import { d1 } from './d1.ts';
import { workers } from './workers.ts';
import { zones } from './zones.ts';

/** Every product that is read. */
export const cloudflareCollectors: readonly CloudflareCollector[] = [d1, workers, zones];
