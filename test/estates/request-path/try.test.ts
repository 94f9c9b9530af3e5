import { test } from 'vitest';
import { URLS } from './account.ts';
import { Harbour } from './harbour.ts';
import { DeleteListenerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';

const print = (path: any) => {
    console.log('=== ' + path.url);
    for (const hop of path.hops) {
      console.log(hop.role, hop.resource, hop.status, JSON.stringify(hop.request));
      for (const c of hop.checks) console.log('   ', c.result, c.id, c.text.en, c.refusal ? JSON.stringify(c.refusal.why.en): '');
      for (const s of path.side.filter((s: any) => s.of === hop.resource)) {
        console.log('   side', s.role, s.resource);
        for (const c of s.checks) console.log('       ', c.result, c.id, c.text.en, c.refusal ? JSON.stringify(c.refusal.why.en): '');
      }
    }
};
test('try', { timeout: 100000 }, async () => {
  let t = Date.now();
  const lap = (what: string) => { console.log(what, Date.now() - t); t = Date.now(); };
  const harbour = await Harbour.start();
  lap('started');
  const { paths } = await harbour.follow(Object.values(URLS));
  lap('sound');
  paths.forEach(print);
  console.log(harbour.asked.join(' '));
  await harbour.follow([URLS.web], () => {}); lap('again');
  await harbour.follow([URLS.web], () => {}); lap('again');
  const { paths: broken } = await harbour.follow([URLS.web], ({ client, id }) => client(ElasticLoadBalancingV2Client).send(new DeleteListenerCommand({ ListenerArn: id('listener harbour-web 443') })));
  lap('broken');
  broken.forEach(print);
  await harbour.follow([URLS.web], () => {}); lap('again');
  await harbour.stop();
});
