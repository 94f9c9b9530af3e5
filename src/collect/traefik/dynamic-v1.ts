import type { ProxyRouter } from '#model/proxy.ts';
import { type DynamicConfig, emptyDynamic, serverOf } from './dynamic.ts';
import type { Option } from './option.ts';
import { readOldRule } from './rule-v1.ts';

export const isOldDynamic = (top: Option): boolean =>
  top.get('frontends').isTable || top.get('backends').isTable;

/** Frontends and backends of the file provider of Traefik 1. Traefik 1.7, “File”. */
export function readOldDynamic(top: Option): DynamicConfig {
  const read = emptyDynamic('file');
  for (const [name, option] of top.get('frontends').entries) {
    const rules = option.get('routes').entries.flatMap(([, route]) => route.get('rule').text ?? []);
    const rule = readOldRule(rules.join(';'));
    const auth = option.get('auth');
    const router: ProxyRouter = {
      name,
      provider: 'file',
      entryPoints: option.get('entryPoints').texts,
      match: rule.match,
      rule: rule.shown,
      middlewares: [],
      target: { to: 'service', service: option.get('backend').text ?? name },
      errors: [],
      guards: ['basic', 'digest', 'forward']
        .filter((sort) => auth.get(sort).exists)
        .map((sort) => `${sort}Auth`),
      at: option.at,
    };
    read.routers.push(router);
    if (!rule.isUnderstood) read.blindSpots.push({ what: `rule of ${name}`, at: option.at });
  }
  for (const [name, option] of top.get('backends').entries)
    read.services.push({
      name,
      provider: 'file',
      servers: option.get('servers').entries.flatMap(([, server]) => {
        const url = server.get('url').text;
        return url === undefined ? [] : [serverOf(url)];
      }),
      members: [],
      errors: [],
      at: option.at,
    });
  return read;
}
