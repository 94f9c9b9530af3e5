import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeEach } from 'vitest';

const root = path.join(import.meta.dirname, '../..');

/**
 * The folder that holds the real clients of Cloudflare's API, the official SDK and Wrangler, in its `node_modules`; or why
 * there is none. Nothing is installed by asking.
 */
export function cloudflareClients(): { folder: string } | { missing: string } {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    [path.join(root, 'tools/cloudflare-clients.sh'), 'find'],
    {
      encoding: 'utf8',
    },
  );
  return status === 0
    ? { folder: stdout.trim() }
    : { missing: stderr.trim() || 'tools/cloudflare-clients.sh failed' };
}

/** For the head of a test file or of a `describe`: without the clients its tests are skipped, with the reason. */
export function testsNeedCloudflareClients(): void {
  const found = cloudflareClients();
  beforeEach((context) => {
    if ('missing' in found) context.skip(found.missing);
  });
}
