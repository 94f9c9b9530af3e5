import type { Blueprint } from './blueprint.ts';
import { cloudflareWorker } from './cloudflare-worker.ts';
import { ecsWebService } from './ecs-web-service.ts';
import { hostService } from './host-service.ts';
import { queueFunction } from './queue-function.ts';
import { s3CloudfrontSite } from './s3-cloudfront-site.ts';

/** Every blueprint, in the order in which a system's are shown. */
export const blueprints: readonly Blueprint[] = [
  ecsWebService,
  s3CloudfrontSite,
  queueFunction,
  cloudflareWorker,
  hostService,
];
