import type { Artifacts, ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { ProxyConfig, ProxyServer, ProxyService } from '#model/proxy.ts';

/** What a person calls each product. */
export const PRODUCTS: Readonly<Record<ProxyConfig['product'], string>> = {
  traefik: 'Traefik',
  nginx: 'nginx',
  caddy: 'Caddy',
  haproxy: 'HAProxy',
};

/** The servers that routers lead to, each once, with the service that has it. */
export function serversOf({ services }: ProxyConfig): { service: ProxyService; server: ProxyServer }[] {
  const seen = new Set<string>();
  return services.flatMap((service) =>
    service.servers.flatMap((server) => {
      const key = `${server.host} ${server.port ?? ''}`;
      if (server.host === '' || seen.has(key)) return [];
      seen.add(key);
      return [{ service, server }];
    }),
  );
}

/** `10.0.0.1:8001`, `[fd00::1]:80`. */
export const addressOf = ({ host, port }: ProxyServer): string => {
  const shown = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? shown : `${shown}:${port}`;
};

/** A name that a compose file or the network itself gives, or may give. */
const SPECIAL = /^(?:localhost|host|gateway|ip6-localhost|docker|kubernetes)$/;

/** Whether a host is a bare word that only a network of containers, or the host's own file of names, can resolve. */
export const isBareName = (host: string): boolean =>
  /^[a-z0-9][a-z0-9_-]{0,62}$/i.test(host) &&
  /[a-z]/i.test(host) &&
  !SPECIAL.test(host) &&
  !/__|^your|^change/i.test(host);

/** The services that are given a configuration, where all of them are of one project of Compose; and its compose files. */
export function givenServices(
  { givenTo = [] }: ProxyConfig,
  { composeFiles }: Artifacts,
): { services: { file: ComposeFile; service: ComposeService }[]; project: ComposeFile[] } | undefined {
  const services = givenTo.flatMap(({ file: path, service: name }) => {
    const file = composeFiles.find((one) => one.file === path);
    const service = file?.services.find((one) => one.name === name);
    return file && service ? [{ file, service }] : [];
  });
  const projects = new Set(services.map(({ file }) => projectKey(file)));
  const [first] = services;
  if (!first || projects.size !== 1) return undefined;
  return { services, project: composeFiles.filter((file) => projectKey(file) === projectKey(first.file)) };
}

/** Two compose files of one folder and project name may be started together. */
const projectKey = ({ file, project }: ComposeFile): string =>
  `${project}\n${file.slice(0, Math.max(0, file.lastIndexOf('/')))}`;

/** Whether every network in which a service stands is of its own project: then nobody else gives a name in it. */
export function isAmongItself({ file, service }: { file: ComposeFile; service: ComposeService }): boolean {
  if (service.networkMode !== undefined) return false;
  const keys = service.networks.length > 0 ? service.networks : ['default'];
  return keys.every((key) => {
    const network = file.networks.find((one) => one.key === key);
    return network ? !network.isExternal : key === 'default';
  });
}
