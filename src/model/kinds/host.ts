import type { Kind } from '../fact.ts';
import { eachNamePrinted, word } from './aws.ts';
import { anyOrder, asText, asWritten, commandLines, filePaths, folderPath, userName } from './compared.ts';
import type { KindDefinition } from './kind.ts';

const host = (
  kind: Kind,
  fr: string,
  en: string,
  rest: Omit<KindDefinition, 'kind' | 'provider' | 'title'>,
): KindDefinition => ({ kind, provider: 'host', title: { fr, en }, global: true, ...rest });

/** What proxies of a host serve; names as each product gives them, the provider is a property. */
const proxies: KindDefinition[] = [
  host('Traefik::EntryPoint', 'point d’entrée Traefik', 'Traefik entry point', {
    domain: 'edge',
    compared: { port: asText, protocol: asWritten },
  }),
  host('Traefik::Router', 'routeur Traefik', 'Traefik router', {
    domain: 'edge',
    // an order of middlewares is a part of what they do
    compared: { hosts: anyOrder, paths: anyOrder, entryPoints: anyOrder, middlewares: asWritten },
    directed: { service: 'routes-to' },
    verify: (names) => ({
      command: `curl -sS http://127.0.0.1:8080/api/http/routers | jq -r '.[].name | sub("@[^@]*$"; "")'`,
      expected: eachNamePrinted(names),
    }),
  }),
  host('Traefik::Service', 'service Traefik', 'Traefik service', {
    domain: 'edge',
    // of a file: containers are declared by name and served at addresses
    compared: { servers: anyOrder },
  }),
  host('Traefik::Middleware', 'middleware Traefik', 'Traefik middleware', {
    domain: 'edge',
    compared: { type: asWritten, prefixes: anyOrder, sourceRange: anyOrder },
  }),
  // name: the first server_name, else `_`
  host('Nginx::Server', 'serveur nginx', 'nginx server', {
    domain: 'edge',
    // both sides state routes for servers that have a name of their own
    compared: { routes: anyOrder },
    verify: (names) => ({
      command: 'nginx -T 2>/dev/null | grep -E "^\\s*server_name"',
      expected: eachNamePrinted(names),
    }),
  }),
  host('Nginx::Upstream', 'groupe de serveurs nginx', 'nginx upstream', {
    domain: 'edge',
    compared: { servers: anyOrder },
  }),
  host('Caddy::Site', 'site Caddy', 'Caddy site', { domain: 'edge' }),
  host('HAProxy::Frontend', 'frontal HAProxy', 'HAProxy frontend', { domain: 'edge' }),
  host('HAProxy::Backend', 'groupe de serveurs HAProxy', 'HAProxy backend', {
    domain: 'edge',
    compared: { servers: anyOrder },
  }),
];

/** Processes, sockets and files. */
export const kinds: KindDefinition[] = [
  host('Host', 'hôte', 'host', { domain: 'compute' }),
  host('Systemd::Unit', 'unité systemd', 'systemd unit', {
    domain: 'compute',
    compared: {
      execStart: commandLines,
      user: userName,
      group: userName,
      workingDirectory: folderPath,
      restart: asText,
      environmentFiles: filePaths,
    },
    verify: (names) => ({
      command: `systemctl show --property=Id,LoadState,ActiveState,UnitFileState ${names.map(word).join(' ')}`,
      expected: { fr: '`LoadState=loaded` pour chaque unité', en: '`LoadState=loaded` for each unit' },
    }),
  }),
  // name: <address>:<port>, with /udp where it is no TCP
  host('Host::Listener', 'port en écoute', 'listening port', { domain: 'network' }),
  // name: <file> <command>
  host('Cron::Job', 'tâche cron', 'cron job', { domain: 'compute' }),
  // name: the path, as files write it
  host('SQLite::File', 'base SQLite', 'SQLite database', { domain: 'data' }),
  // name: the path of the file
  host('Host::Certificate', 'certificat sur disque', 'certificate on disk', { domain: 'edge' }),
  ...proxies,
];
