import { test } from 'vitest';
import { startMoto } from '../aws/moto.ts';
import { startProxy } from '../aws/proxy.ts';
import { seed } from '../aws/seed.ts';
import { ACCOUNT, base, Maker, REGION } from './account.ts';
import { asIfThere } from './as-if-there.ts';
import { make } from './made.ts';
import { pathOf, seen, shown } from './observed.ts';

test('try', { timeout: 120_000 }, async () => {
  const moto = await startMoto({ account: ACCOUNT });
  const proxy = await startProxy({ upstream: moto.url, account: ACCOUNT });
  try {
    let t = Date.now();
    const ids = await seed(moto.url, REGION, base, ACCOUNT);
    const m = new Maker(moto.url, REGION, ACCOUNT);
    for (const [key, id] of Object.entries(ids)) {
      const [what = '', ...name] = key.split(' ');
      m.keep(what, name.join(' '), id);
    }
    await make(m);
    asIfThere(proxy, m);
    console.log('made', Date.now() - t);
    t = Date.now();
    const hosts = [
      'static',
      'web',
      'api',
      'private',
      'rest',
      'edge',
      'shop',
      'wire',
      'fixed',
      'ended',
      'function',
      'pods',
      'bridge',
      'colours',
      'sidecar',
      'app',
      'inner',
      'foreign',
      'other',
      'host',
      'chain',
      'a.team',
      'saas',
      'runner',
      'bean',
      'text',
      'near',
      'spare',
      'split',
      'transit',
      'firewall',
      'lists',
      'hub',
      'six',
    ];
    const urls = [
      ...hosts.map((one) => `https://${one}.trial.example/`),
      'http://site.trial.example/',
      'https://app.trial.example/api/v1',
      'https://shop.trial.example/admin/users',
      'https://www.corp.example/',
      'https://corp.example/',
      'http://shop.trial.example/',
      'http://shop.trial.example:8080/',
      'http://tool.inside.example/',
      'https://elsewhere.example/',
      `https://${m.id('distribution-dns', 'static')}/`,
      `http://${m.id('load-balancer-dns', 'front')}/`,
      `https://${m.id('api-dns', 'items')}/x`,
      `http://${m.id('address', 'host')}/`,
      'https://theirs-1.us-east-1.elb.amazonaws.com/',
      'https://abcdefghij.execute-api.eu-west-3.amazonaws.com/prod',
    ];
    const told = await seen(proxy.url, REGION, urls);
    console.log('seen', Date.now() - t, told.facts.length);
    t = Date.now();
    for (const url of urls)
      console.log([`=== ${url}`, ...shown(pathOf(told, url), { isAll: process.env.ALL === '1' })].join('\n'));
    console.log('traced', Date.now() - t);
  } finally {
    await proxy.stop();
    await moto.stop();
  }
});
