import { emptyProxyConfig, type ProxyConfig, type ProxyPlace, type ProxyRouter } from '#model/proxy.ts';
import type { LoadedNginx } from './load.ts';
import { readServer } from './locations.ts';
import { NginxReader } from './reader.ts';
import { outermost, within } from './scope.ts';
import { entryPointsOf, otherServer, serversOf } from './servers.ts';
import { addressOf, passedOf, upstreamService } from './targets.ts';
import type { Directive } from './tokens.ts';
import { NginxVariables } from './variables.ts';

/** What is known of a configuration beside its text. */
export type NginxGiven = Pick<ProxyConfig, 'source' | 'standing'> &
  Partial<Pick<ProxyConfig, 'files' | 'host' | 'runsIn' | 'version' | 'givenTo'>>;

/** Blocks of `http` and of the main level that lead no request anywhere. */
const ASIDE =
  /^(?:events|types|map|geo|geoip2?|split_clients|charset_map|match|otel_exporter|server|upstream|init_by_lua_block|init_worker_by_lua_block|exit_worker_by_lua_block|ssl_certificate_by_lua_block|ssl_session_\w{1,20}|log_by_lua_block|header_filter_by_lua_block|body_filter_by_lua_block|access_by_lua_block|set_by_lua_block|limit_except|perl_set|keyval|http|stream|mail|location|if|mgmt|google_perftools_profiles)$/;

/** One configuration of nginx in the shape of all proxies, with the certificates that it names. */
export function nginxConfig(
  loaded: LoadedNginx,
  given: NginxGiven,
  at: (directive: Directive) => ProxyPlace,
): { config: ProxyConfig; certificates: { path: string; usedBy: string[] }[] } {
  const config = emptyProxyConfig({ product: 'nginx', files: loaded.files, ...given });
  const reader = new NginxReader(config, at);
  for (const { what, at: place } of loaded.blind) reader.blind(what, place);
  const top = loaded.directives;
  const blocks = (name: string) => top.filter((one) => one.name === name && one.block);
  // a file of `conf.d` stands in `http` without saying so
  const http = [
    ...blocks('http').flatMap(({ block = [] }) => block),
    ...top.filter(({ name }) => name !== 'http'),
  ];
  for (const one of [...top, ...http.filter((inner) => !top.includes(inner))])
    if (one.block && !ASIDE.test(one.name)) reader.blind(one.name, one);
  readHttp(reader, http);
  for (const context of ['stream', 'mail'] as const)
    for (const { block = [] } of blocks(context)) readOther(reader, block, context);
  return {
    config,
    certificates: [...reader.certificates]
      .map(([path, usedBy]) => ({ path, usedBy: [...usedBy] }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function readHttp(reader: NginxReader, http: readonly Directive[]): void {
  const { config } = reader;
  for (const one of http.filter(({ name, block }) => name === 'upstream' && block)) {
    const service = upstreamService(one, reader.at(one), true);
    for (const inner of one.block ?? []) {
      if (inner.block) reader.blind(inner.name, inner);
    }
    if (!reader.upstreams.has(service.name)) reader.upstreams.set(service.name, service);
    reader.add(service);
  }
  const variables = NginxVariables.within(undefined, []);
  for (const one of http.filter(({ name, block }) => name === 'map' && block)) variables.addMap(one);
  const scope = within(outermost(variables), http);
  const servers = serversOf(
    http.filter(({ name, block }) => name === 'server' && block),
    reader.at,
  );
  config.entryPoints.push(...entryPointsOf(servers));
  for (const server of servers) readServer(reader, server, scope);
  const loose = http.filter(({ name }) => name === 'location');
  const [first] = loose;
  if (!first) return;
  // locations alone are part of a server that another file has
  reader.blind('server', first);
  const [server] = serversOf([{ ...first, name: 'server', args: [], block: loose }], reader.at);
  if (!server) return;
  const before = config.routers.length;
  readServer(reader, { ...server, listens: [], site: first.file, defaultOn: [] }, scope);
  const made = config.routers.splice(before).filter(({ rule }) => rule !== 'server');
  config.routers.push(
    ...made.map(
      (router): ProxyRouter => ({
        ...router,
        match: { ...router.match, hosts: [], other: [...router.match.other, 'server'] },
      }),
    ),
  );
}

/** Servers of `stream` and `mail`. `ngx_stream_proxy_module`, `proxy_pass`. */
function readOther(reader: NginxReader, block: readonly Directive[], context: 'stream' | 'mail'): void {
  const { config } = reader;
  const upstreams = new Map(
    block
      .filter(({ name, block: inner }) => name === 'upstream' && inner)
      .map((one) => {
        const service = upstreamService(one, reader.at(one), false);
        return [service.name, { ...service, provider: context }] as const;
      }),
  );
  for (const service of upstreams.values()) reader.add({ ...service, name: `${context} ${service.name}` });
  for (const one of block) {
    if (one.name !== 'server') {
      if (one.block && !ASIDE.test(one.name)) reader.blind(one.name, one);
      continue;
    }
    const { entryPoints, router } = otherServer(one, context, reader.at(one));
    for (const entryPoint of entryPoints)
      if (!config.entryPoints.some(({ name }) => name === entryPoint.name))
        config.entryPoints.push(entryPoint);
    const pass = one.block?.findLast(({ name }) => name === 'proxy_pass')?.args[0];
    if (pass === undefined) {
      config.routers.push({ ...router, target: { to: 'unknown' } });
      continue;
    }
    const { address } = passedOf('tunnel_pass', pass);
    const service = `${context} ${address}`;
    if (!upstreams.has(address)) {
      const { host, port } = addressOf(address);
      const server = { scheme: 'tcp', host, ...(port !== undefined && { port }), text: address };
      reader.add({ name: service, provider: context, servers: [server], errors: [], at: reader.at(one) });
    }
    config.routers.push({ ...router, target: { to: 'service', service } });
  }
}
