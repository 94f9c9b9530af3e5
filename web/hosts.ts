import type { Report } from '#model/report.ts';
import { code, codes, type Text } from '#model/text.ts';
import { counted, joined, same } from './text.ts';
import type { Resource } from './vocabulary.ts';
import { hostWords as words } from './words/hosts.ts';

/** Rows of one table that are shown: what is beyond is in the inventory. */
const MOST_ROWS = 60;
const MOST_NAMES = 6;

/** One table of a host; cells are texts of the report, names between backticks. */
export interface HostTable {
  title: Text;
  heads: Text[];
  rows: Text[][];
  /** Where not all rows are shown. */
  more?: Text;
}

/** One host as every format shows it. */
export interface HostShown {
  name: string;
  /** `Debian GNU/Linux 12 (bookworm) · docker 29.0.1 · 10.0.0.2`. */
  about: Text;
  tables: HostTable[];
}

/** What was seen to run on hosts, from the report alone; nothing where no host was read. */
export function hostsShown({ resources, relations }: Pick<Report, 'resources' | 'relations'>): HostShown[] {
  const hosts = resources.filter(({ kind, observed }) => kind === 'Host' && observed.length > 0);
  const targets = targetsOf(resources, relations);
  return hosts.map((host) => {
    const own = resources.filter(
      ({ account, observed, kind }) =>
        kind !== 'Host' && observed.length > 0 && account === (host.account ?? host.name),
    );
    return {
      name: host.name,
      about: joined(
        [text(host, 'system'), ...list(host, 'engines'), ...list(host, 'addresses').slice(0, MOST_NAMES)]
          .filter((one) => one !== undefined)
          .map(code)
          .map(same),
        ' · ',
      ),
      tables: [unitTable, containerTable, portTable, networkTable]
        .map((table) => table(own))
        .concat(routeTable(own, targets))
        .filter(({ rows }) => rows.length > 0)
        .map(cut),
    };
  });
}

function cut(table: HostTable): HostTable {
  const rest = table.rows.length - MOST_ROWS;
  if (rest <= 0) return table;
  return { ...table, rows: table.rows.slice(0, MOST_ROWS), more: counted(rest, words.moreOne, words.more) };
}

const EMPTY = same('');
const text = ({ properties }: Resource, name: string): string | undefined => {
  const value = properties[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const list = ({ properties }: Resource, name: string): string[] => {
  const value = properties[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};
const shown = (value: string | undefined): Text => (value === undefined ? EMPTY : same(code(value)));
const named = (values: readonly string[]): Text => (values.length === 0 ? EMPTY : codes(values, MOST_NAMES));

const byName = (one: Resource, other: Resource): number => (one.name < other.name ? -1 : 1);
const ofKind = (resources: readonly Resource[], kind: string): Resource[] =>
  resources.filter((one) => one.kind === kind).sort(byName);
const isBuiltIn = ({ properties }: Resource): boolean => properties.builtIn === true;

/** The units of the estate: those that a distribution brings are in the inventory. */
const unitTable = (resources: readonly Resource[]): HostTable => ({
  title: words.units,
  heads: [words.name, words.state, words.boot, words.does, words.user],
  rows: ofKind(resources, 'Systemd::Unit')
    .filter((one) => !isBuiltIn(one))
    .map((unit) => [
      shown(unit.name),
      shown([text(unit, 'activeState'), text(unit, 'subState')].filter((one) => one !== undefined).join(' ')),
      shown(text(unit, 'unitFileState')),
      named([...list(unit, 'execStart'), ...list(unit, 'schedule'), ...listened(unit)]),
      shown(text(unit, 'user')),
    ]),
});

/** Of a socket unit: of a service its command line says it. */
const listened = (unit: Resource): string[] =>
  list(unit, 'execStart').length > 0 ? [] : list(unit, 'listens');

const containerTable = (resources: readonly Resource[]): HostTable => ({
  title: words.containers,
  heads: [words.name, words.state, words.image, words.published, words.network],
  rows: ofKind(resources, 'Docker::Container').map((one) => [
    shown(one.name),
    shown([text(one, 'state'), text(one, 'health')].filter((part) => part !== undefined).join(' ')),
    shown(text(one, 'image')),
    named(list(one, 'ports')),
    named(list(one, 'networks')),
  ]),
});

const EVERY = new Set(['0.0.0.0', '::', '*']);
const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';

/** One row for a port, whichever addresses of both families it is open on. */
function portTable(resources: readonly Resource[]): HostTable {
  const groups = Map.groupBy(ofKind(resources, 'Host::Listener'), (one) =>
    [one.properties.port, one.properties.protocol, whoOf(one).en].join('\n'),
  );
  const rows = [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const addresses = [first, ...others].flatMap((one) => text(one, 'address') ?? []);
    const protocol = text(first, 'protocol') ?? 'tcp';
    return [
      {
        port: Number(first.properties.port),
        cells: [
          shown(`${first.properties.port}${protocol === 'tcp' ? '' : `/${protocol}`}`),
          addresses.some((one) => EVERY.has(one))
            ? words.every
            : addresses.every(isLoopback)
              ? words.itself
              : named([...new Set(addresses)].sort()),
          whoOf(first),
        ],
      },
    ];
  });
  return {
    title: words.ports,
    heads: [words.port, words.address, words.who],
    rows: rows.sort((one, other) => one.port - other.port).map(({ cells }) => cells),
  };
}

const whoOf = (one: Resource): Text => {
  const who = text(one, 'container') ?? text(one, 'unit') ?? text(one, 'process');
  return who === undefined ? words.unnamed : shown(who);
};

const networkTable = (resources: readonly Resource[]): HostTable => ({
  title: words.networks,
  heads: [words.name, words.subnet, words.members],
  rows: ofKind(resources, 'Docker::Network')
    .filter((one) => !isBuiltIn(one) || list(one, 'containers').length > 0)
    .map((one) => [shown(one.name), named(list(one, 'subnets')), named([...list(one, 'containers')].sort())]),
});

/** Where a route leads, by the id of its resource: the service, and its servers. */
function targetsOf(resources: readonly Resource[], relations: Report['relations']): (id: string) => string[] {
  const byId = new Map(resources.map((one) => [one.id, one]));
  const leads = Map.groupBy(
    relations.filter(({ type }) => type === 'routes-to'),
    ({ from }) => from,
  );
  return (id) =>
    (leads.get(id) ?? []).flatMap(({ to }) => {
      const target = byId.get(to);
      if (!target) return [];
      const servers = list(target, 'servers');
      return servers.length > 0 ? servers : [target.name];
    });
}

function routeTable(resources: readonly Resource[], targets: (id: string) => string[]): HostTable {
  const routers = ofKind(resources, 'Traefik::Router')
    .filter((one) => !isBuiltIn(one))
    .map((one) => [
      same('Traefik'),
      shown(one.name),
      matched(one),
      named(list(one, 'entryPoints')),
      named(targets(one.id)),
      shown(text(one, 'status')),
    ]);
  const servers = ofKind(resources, 'Nginx::Server')
    .filter((one) => !isBuiltIn(one))
    .flatMap((one) => {
      const routes = list(one, 'routes').map((route) => route.split(' → '));
      return (routes.length > 0 ? routes : [['', '']]).map(([path = '', target = '']) => [
        same('nginx'),
        shown(one.name),
        path === '' ? words.any : shown(path),
        named(list(one, 'listens')),
        target === '' ? EMPTY : shown(target),
        EMPTY,
      ]);
    });
  return {
    title: words.routes,
    heads: [words.proxy, words.name, words.request, words.port, words.to, words.state],
    rows: [...routers, ...servers],
  };
}

function matched(router: Resource): Text {
  const all = [...list(router, 'hosts'), ...list(router, 'paths'), ...list(router, 'conditions')];
  return all.length === 0 ? words.any : named(all);
}
