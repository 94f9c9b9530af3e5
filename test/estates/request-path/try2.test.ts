import { test } from 'vitest';
import { URLS } from './account.ts';
import { breakages, pairs } from './breakages.ts';
import { Harbour } from './harbour.ts';
import { told, checksOf } from './told.ts';

test('try', { timeout: 600000 }, async () => {
  let t = Date.now();
  const harbour = await Harbour.start();
  const { paths } = await harbour.follow(Object.values(URLS));
  for (const path of paths) for (const c of checksOf(path)) if (c.result !== 'pass') console.log('SOUND', path.url, c.result, c.id, c.text.en);
  console.log('started', Date.now() - t); t = Date.now();
  let n = 0, bad = 0;
  const only = process.env.ONLY;
  for (const b of breakages.filter(({ id }) => !only || id.includes(only))) {
    n++;
    try {
      const r = await told(harbour, b);
      if (r.missed.length + r.sound.length + r.known.length) {
        bad++;
        console.log('MISS', JSON.stringify({ ...r, path: undefined }), only ? '' : '');
        for (const c of [...r.path.hops, ...r.path.side]) for (const k of c.checks) if (k.result !== 'pass' || only) console.log('      ', k.result, k.id, '@', c.resource, k.text.en);
      }
    } catch (e) { bad++; console.log('ERROR', b.id, e); }
  }
  console.log('singles', n, 'bad', bad, Date.now() - t); t = Date.now();
  if (!only) {
    n = 0; bad = 0;
    for (const [a, b] of pairs()) {
      n++;
      try {
      const r = await told(harbour, a, b);
      if (r.unnamed.length + r.sound.length) { bad++; console.log('PAIR', JSON.stringify({ ...r, path: undefined })); }
      } catch (e) { bad++; console.log('ERROR', a.id, b.id, String(e)); }
    }
    console.log('pairs', n, 'bad', bad, Date.now() - t);
  }
  await harbour.stop();
});
