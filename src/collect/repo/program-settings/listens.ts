import type { ProgramSettings } from '#model/settings.ts';
import { type Call, type Code, type Expression, option } from './code.ts';
import { type KnownSettings, labelled } from './known-settings.ts';
import type { Spot } from './meaning.ts';
import type { Resolver } from './resolve.ts';
import type { Sources } from './sources.ts';

const MOST = 30;

/** Ports on which a program listens by itself, where code or the default of a setting says which. */
export function listensOf(
  codes: readonly Code[],
  sources: Sources,
  resolver: Resolver,
  settings: KnownSettings,
): ProgramSettings['listens'] {
  const found: ProgramSettings['listens'] = [];
  for (const code of codes)
    for (const { call, fn } of code.calls) {
      const spot: Spot = { code, fn };
      const place = placeOf(call, spot, resolver, settings);
      if (!place || found.length >= MOST) continue;
      const at = sources.at(code, call.from);
      const setting = place.by && settings.of(place.by, spot);
      if (!found.some((one) => one.port === place.port && one.at.file === at.file))
        found.push({
          address: place.address,
          port: place.port,
          ...(setting && { setting: setting.name }),
          at,
        });
    }
  return found;
}

interface Place {
  address: string;
  port: number;
  by: Expression | undefined;
}

function placeOf(call: Call, spot: Spot, resolver: Resolver, settings: KnownSettings): Place | undefined {
  const port = (by: Expression | undefined, otherwise?: number): number | undefined => {
    const number = by ? settings.number(by, spot) : otherwise;
    return number !== undefined && Number.isInteger(number) && number > 0 && number < 65_536
      ? number
      : undefined;
  };
  const address = (by: Expression | undefined, otherwise: string): string | undefined => {
    if (!by) return otherwise;
    const value = settings.otherwise(by, spot);
    return value?.is === 'text' ? value.text.slice(0, 100) : undefined;
  };
  const place = (
    host: string | undefined,
    number: number | undefined,
    by: Expression | undefined,
  ): Place | undefined =>
    host === undefined || number === undefined ? undefined : { address: host, port: number, by };
  if (spot.code.language === 'python') {
    const meaning = /(?:^|\.)run$/.test(call.path) ? resolver.meaning(call.callee, spot) : undefined;
    const path = meaning?.is === 'external' ? meaning.path : '';
    if (path === 'uvicorn.run')
      return place(
        address(option(call, 'host'), '127.0.0.1'),
        port(option(call, 'port'), 8_000),
        option(call, 'port'),
      );
    if (/^(?:flask\.Flask|quart\.Quart)\(\)\.run$/.test(path))
      return place(
        address(option(call, 'host') ?? call.args[0], '127.0.0.1'),
        port(option(call, 'port') ?? call.args[1], 5_000),
        option(call, 'port') ?? call.args[1],
      );
    return undefined;
  }
  const [first, second] = call.args;
  if (spot.code.language === 'javascript') {
    if (!/(?:^|\.)listen$/.test(call.path) && !(call.callee.is === 'member' && call.callee.name === 'listen'))
      return undefined;
    if (first?.is === 'object')
      return place(address(option(call, 'host'), '::'), port(option(call, 'port')), option(call, 'port'));
    return place(
      second && second.is !== 'function' && second.is !== 'name' ? address(second, '::') : '::',
      port(first),
      first,
    );
  }
  const given =
    /^http\.ListenAndServe(?:TLS)?$/.test(call.path) || /\.(?:Run|Start|Listen)$/.test(call.path)
      ? first
      : /^http\.Server$/.test(call.path)
        ? option(call, 'Addr')
        : undefined;
  const value = given && settings.otherwise(given, spot);
  const match = value?.is === 'text' ? /^([\w.-]*|\[[0-9a-f:]+\]):(\d{1,5})$/.exec(value.text) : undefined;
  return match ? place(match[1] === '' ? '0.0.0.0' : (match[1] ?? ''), Number(match[2]), given) : undefined;
}

const ADDRESS =
  /^(sqlite|postgres|postgresql|mysql|mariadb|mongodb|redis|rediss|amqp|mssql|oracle|cockroachdb|clickhouse)(?:\+[\w.]{1,30})?:\/\//;

/** A file without these gives none. */
const SPEAKS =
  /sqlite|\b(?:postgres|postgresql|mysql|mariadb|mongodb|rediss?|amqp|mssql|oracle|cockroachdb|clickhouse)(?:\+[\w.]{1,30})?:\/\//;

/** Addresses of databases that code or defaults give: the scheme alone, and of SQLite the file. */
export function databasesOf(
  codes: readonly Code[],
  sources: Sources,
  resolver: Resolver,
  settings: KnownSettings,
): ProgramSettings['databases'] {
  const found: ProgramSettings['databases'] = [];
  for (const code of codes) {
    if (!SPEAKS.test(code.text)) continue;
    for (const { value, label, fn } of labelled(code)) {
      const spot: Spot = { code, fn };
      const text = writtenIn(value, spot, resolver, settings, label);
      if (!text || found.length >= MOST) continue;
      const at = sources.at(code, value.from);
      const setting = settings.of(value, spot);
      if (!found.some((one) => one.at.file === at.file && one.at.line === at.line))
        found.push({ ...text, ...(setting && { setting: setting.name }), at });
    }
  }
  return found;
}

function writtenIn(
  value: Expression,
  spot: Spot,
  resolver: Resolver,
  settings: KnownSettings,
  label: string,
): { scheme: string; path?: string } | undefined {
  // `sqlite3.connect("x.db")`, `sql.Open("sqlite3", "x.db")`, `new Database('x.db')`
  const plain = value.is === 'text' ? value.text : undefined;
  if (
    plain !== undefined &&
    /^[\w./-]{1,200}\.(?:db|sqlite3?)$/.test(plain) &&
    /sqlite|new Database$|Open$/.test(label)
  )
    return { scheme: 'sqlite', path: plain };
  if (
    value.is !== 'text' &&
    value.is !== 'call' &&
    !(value.is === 'mix' && /^(?:or|\|\||\?\?|template|\+)$/.test(value.sign))
  )
    return undefined;
  const own =
    value.is === 'mix' && value.sign === 'template'
      ? value.parts[0]
      : (settings.otherwise(value, spot) ?? resolver.constant(value, spot));
  if (own?.is !== 'text') return undefined;
  const scheme = ADDRESS.exec(own.text)?.[1];
  if (scheme === undefined) return undefined;
  const path =
    scheme === 'sqlite' && value.is !== 'mix'
      ? /^sqlite(?:\+\w+)?:\/\/\/([^?]{1,300})/.exec(own.text)?.[1]
      : undefined;
  return { scheme, ...(path !== undefined && { path }) };
}
