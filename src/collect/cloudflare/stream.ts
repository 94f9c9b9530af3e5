import { defineCloudflareCollector } from './cloudflare-collector.ts';

const VIDEOS = '/accounts/{account_id}/stream';
/** Videos that one answer holds at most. Cloudflare API, “Stream: List videos”. */
const MOST = 1_000;

/** Whether videos are there, and whether they are seen without a signed URL; nothing of any one of them. */
export const stream = defineCloudflareCollector({
  id: 'stream',
  title: { fr: 'Stream', en: 'Stream' },
  kinds: ['Cloudflare::Stream'],
  permissions: { [VIDEOS]: 'Stream Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::Stream'], async () => {
      const videos = await cf.every(VIDEOS, { by: 'once' });
      if (videos.length === 0) return;
      cf.see({
        kind: 'Cloudflare::Stream',
        name: 'stream',
        told: VIDEOS,
        address: `/accounts/${cf.account}/stream`,
        properties: {
          videos: videos.length,
          // of more than one answer holds nobody has counted them all
          isCounted: videos.length < MOST,
          withoutSignedUrl: videos.filter(({ requireSignedURLs: signed }) => signed !== true).length,
        },
      });
    });
  },
});
