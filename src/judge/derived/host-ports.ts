import type { Firewall, HostContainer, HostListener, HostState } from '#model/host.ts';
import { reachOf } from './hosts.ts';

/** A port of a host that any address reaches, with what answers there. Listeners of both families are one. */
export interface OpenPort {
  port: number;
  protocol: 'tcp' | 'udp';
  addresses: string[];
  because: NonNullable<HostListener['reach']>['because'];
  container?: HostContainer;
  /** The port inside of the container. */
  inner?: number;
  /** The container, the unit or the program. */
  holder: string;
  listener: HostListener;
}

/** Ports that any address reaches, in the order of their numbers. */
export function openPorts(host: HostState): OpenPort[] {
  const open = host.listeners.filter((one) => reachOf(one).from === 'anywhere');
  const groups = Map.groupBy(
    open,
    ({ port, protocol, container }) => `${port}/${protocol} ${container ?? ''}`,
  );
  return [...groups.values()]
    .flatMap((list): OpenPort[] => {
      const [first] = list;
      if (!first) return [];
      const addresses = [...new Set(list.map(({ address }) => address))].sort();
      return [{ ...openPortOf(first, host), addresses }];
    })
    .sort((a, b) => a.port - b.port);
}

/** What is known of the port of one socket. */
export function openPortOf(listener: HostListener, host: HostState): OpenPort {
  const { port, protocol } = listener;
  const container = host.containers.find(({ name }) => name === listener.container);
  const inner = container?.ports.find(
    (one) => one.hostPort === port && one.protocol === protocol,
  )?.containerPort;
  return {
    port,
    protocol,
    addresses: [listener.address],
    because: reachOf(listener).because,
    ...(container && { container }),
    ...(inner !== undefined && { inner }),
    holder: listener.container ?? listener.unit ?? listener.process?.name ?? '',
    listener,
  };
}

/** What a remedy has to know of a port. */
export const portValues = ({ port, protocol, holder, container, inner, listener }: OpenPort) => ({
  port,
  protocol,
  holder,
  ...(container && {
    container: container.name,
    engine: container.engine,
    ...(inner !== undefined && { inner }),
  }),
  ...(listener.unit !== undefined && { unit: listener.unit }),
});

/** `8002`, `53/udp`. */
export const portText = ({ port, protocol }: Pick<OpenPort, 'port' | 'protocol'>): string =>
  protocol === 'tcp' ? String(port) : `${port}/${protocol}`;

/** Programs that hold data, or by which everything else is run: nobody means them for the whole world. */
const SENSITIVE: readonly [title: string, names: RegExp, ports: readonly number[]][] = [
  ['PostgreSQL', /^(?:postgres(?:ql)?|postgis|timescaledb.*|pgvector|pgbouncer)$/, [5432]],
  ['MySQL', /^(?:mysqld?|mysql-server|mariadbd?|percona.*)$/, [3306]],
  ['Redis', /^(?:redis(?:-server|-stack.*)?|valkey(?:-server)?|keydb|dragonfly)$/, [6379]],
  ['MongoDB', /^mongo(?:d|db)?$/, [27017]],
  ['Elasticsearch', /^(?:elasticsearch|opensearch)$/, [9200]],
  ['Memcached', /^memcached$/, [11211]],
  ['RabbitMQ', /^rabbitmq(?:-server)?$/, [5672, 15672]],
  ['CouchDB', /^couchdb$/, [5984]],
  ['Cassandra', /^(?:cassandra|scylla)$/, [9042]],
  ['ClickHouse', /^clickhouse(?:-server)?$/, []],
  ['Neo4j', /^neo4j$/, [7687]],
  ['InfluxDB', /^influxd?b?$/, []],
  ['etcd', /^etcd$/, [2379]],
  ['SQL Server', /^(?:mssql-server|sqlservr|server-mssql)$/, [1433]],
  ['Docker', /^(?:dockerd|docker-socket-proxy|socket-proxy)$/, [2375]],
  ['Portainer', /^portainer(?:-ce|-ee)?$/, []],
  ['Adminer', /^adminer$/, []],
  ['phpMyAdmin', /^phpmyadmin$/, []],
  ['pgAdmin', /^pgadmin4?$/, []],
  ['Mongo Express', /^mongo-express$/, []],
  ['Redis Commander', /^(?:redis-commander|redisinsight)$/, []],
  ['Kibana', /^(?:kibana|opensearch-dashboards)$/, [5601]],
  ['Prometheus', /^(?:prometheus|alertmanager|node[-_]exporter|cadvisor)$/, []],
  ['Dozzle', /^dozzle$/, []],
  ['Flower', /^flower$/, []],
  ['Mailpit', /^(?:mailpit|mailhog|maildev)$/, []],
  ['Jupyter', /^(?:jupyter.*|.*-notebook)$/, []],
];

/** The last part of an image's name: `docker.io/library/postgres:16` is `postgres`. */
const imageName = (reference: string): string =>
  (reference.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0]?.toLowerCase() ?? '';

/** What holds data or administers the host at a port, by image, program or the port that is its own; undefined of others. */
export function sensitiveAt({ container, inner, port, listener, protocol }: OpenPort): string | undefined {
  const names = [container && imageName(container.image), listener.process?.name.toLowerCase()];
  const own = inner ?? port;
  return SENSITIVE.find(
    ([, pattern, ports]) =>
      names.some((name) => name !== undefined && pattern.test(name)) ||
      (protocol === 'tcp' && ports.includes(own)),
  )?.[0];
}

/** Whether a firewall closes what none of its rules opens. */
export const closesByDefault = ({ isActive, policy, rules }: Firewall): boolean =>
  isActive &&
  (policy.input === 'drop' ||
    rules.some(
      ({ chain, action, ports, source, interface: on, protocol }) =>
        chain === 'input' &&
        action === 'drop' &&
        ports === undefined &&
        source === undefined &&
        on === undefined &&
        protocol === undefined,
    ));

/** Whether a rule opens a port of the host to any address: somebody meant it. */
export const isOpenedByRule = (
  { rules }: Firewall,
  { port, protocol }: Pick<OpenPort, 'port' | 'protocol'>,
): boolean =>
  rules.some(
    (rule) =>
      rule.chain === 'input' &&
      rule.action === 'accept' &&
      rule.source === undefined &&
      rule.interface === undefined &&
      (rule.protocol === undefined || rule.protocol === protocol) &&
      (rule.ports === undefined || rule.ports.some(({ from, to }) => from <= port && port <= to)),
  );

/** The ports of the web, which are there for everybody. */
export const isWeb = ({ port }: Pick<OpenPort, 'port'>): boolean => port === 80 || port === 443;
