import type { FileEvidence } from '#model/evidence.ts';
import type { WranglerBinding, WranglerEnvironment } from '#model/wrangler.ts';
import { classify } from '../value-class.ts';
import { BINDING_KINDS, OTHERS_NOT_INHERITED } from './binding-kinds.ts';
import { fileBindings, inheritedBindings, ownBindings, type StatedBinding, under } from './bindings.ts';
import type { Placed } from './placed.ts';

/** One environment with the tables that state it. */
export interface ReadEnvironment {
  /** `WranglerEnvironment` without what it lacks. */
  environment: Omit<WranglerEnvironment, 'lacking'>;
  bindings: StatedBinding[];
  /** The table that states it: the file's own for the top level. */
  table: Placed;
  /** The table that counts for an inheritable key. */
  from(key: string): Placed;
}

const ACCOUNT = /^(?!0{32})[0-9a-f]{32}$/i;
const MOST_LEAVES = 200;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const NOT_INHERITED = new Set(BINDING_KINDS.map(({ key }) => key));

/** The top level first, then each `env.NAME` in the order of the file. Cloudflare documentation, “Wrangler environments”. */
export function readEnvironments(top: Placed): ReadEnvironment[] {
  return [
    read(top, top),
    ...top
      .get('env')
      .entries.filter(([, table]) => table.isTable)
      .map(([name, table]) => read(top, table, name)),
  ];
}

function read(top: Placed, table: Placed, name?: string): ReadEnvironment {
  const from = (key: string): Placed => (table.get(key).exists ? table : top);
  const inherited = (key: string): Placed => from(key).get(key);
  const bindings = [...ownBindings(table), ...inheritedBindings(from), ...fileBindings(top)];
  const routes = routesOf(inherited('routes').exists ? inherited('routes') : inherited('route'));
  const beginning = name === undefined ? (top.get('name').exists ? top.get('name').line : 1) : table.line;
  const workersDev = switched(inherited('workers_dev'), routes.length === 0, beginning);
  const date = dateOf(inherited('compatibility_date'));
  const placement = placementOf(inherited('placement'));
  const account = inherited('account_id').text;
  return {
    bindings,
    table,
    from,
    environment: {
      ...(name !== undefined && { name }),
      line: name === undefined ? 1 : table.line,
      script: scriptOf(top, table, name),
      bindings: bindings.map(({ key: _, stated: __, ...binding }): WranglerBinding => binding),
      variables: table.get('vars').entries.map(([variable, value]) => {
        const { secret, class: worth } = worthOf(variable, value);
        return { name: variable, line: value.line, isSecret: secret, class: worth };
      }),
      secrets: under(table, 'secrets.required').items.flatMap((secret) =>
        secret.text === undefined ? [] : [{ name: secret.text, line: secret.line }],
      ),
      routes,
      crons: inherited('triggers')
        .get('crons')
        .items.flatMap((cron) => (cron.text === undefined ? [] : [{ cron: cron.text, line: cron.line }])),
      workersDev,
      previewUrls: switched(inherited('preview_urls'), workersDev.isOn, beginning),
      ...(date !== undefined && { compatibilityDate: date }),
      observability: observabilityOf(inherited('observability'), inherited('logpush')),
      ...(placement !== undefined && { placement }),
      ...(account !== undefined && ACCOUNT.test(account) && { accountId: account.toLowerCase() }),
    },
  };
}

/** The name of an environment without one of its own is the top level's with its own behind. Pages has one project. */
function scriptOf(top: Placed, table: Placed, name: string | undefined): { name: string; line: number } {
  const own = table.get('name');
  const isPages = top.get('pages_build_output_dir').exists;
  if (own.text !== undefined && !isPages) return { name: own.text, line: own.line };
  const given = top.get('name');
  if (given.text === undefined) return { name: '', line: table === top ? 1 : table.line };
  if (name === undefined || isPages) return { name: given.text, line: given.line };
  return { name: `${given.text}-${name}`, line: table.line };
}

const switched = (stated: Placed, byDefault: boolean, line: number) => ({
  isOn: stated.flag ?? byDefault,
  isStated: stated.flag !== undefined,
  line: stated.flag === undefined ? line : stated.line,
});

function dateOf(stated: Placed): { value: string; line: number } | undefined {
  // TOML has dates of its own
  const value = stated.value instanceof Date ? stated.value.toISOString().slice(0, 10) : stated.text;
  return value === undefined ? undefined : { value, line: stated.line };
}

function observabilityOf(stated: Placed, logpush: Placed): WranglerEnvironment['observability'] {
  if (logpush.flag === true) return { isOn: true, line: logpush.line };
  if (!stated.isTable) return { isOn: false };
  const isOn = stated.get('enabled').flag === true || under(stated, 'logs.enabled').flag === true;
  return { isOn, line: stated.line };
}

function placementOf(stated: Placed): string | undefined {
  const where = ['mode', 'region', 'host', 'hostname', 'hint'].find((key) => stated.get(key).text);
  return where === undefined ? undefined : stated.get(where).text;
}

/** `route = "…"`, `routes = ["…", { pattern, custom_domain, zone_name }]`. */
function routesOf(stated: Placed): WranglerEnvironment['routes'] {
  const all = Array.isArray(stated.value) ? stated.items : [stated];
  return all.flatMap((route) => {
    const pattern = route.text ?? route.get('pattern').text;
    if (pattern === undefined) return [];
    const zone = route.get('zone_name').text ?? route.get('zone_id').text;
    return [
      {
        pattern,
        isCustomDomain: route.get('custom_domain').flag === true,
        ...(zone !== undefined && { zone }),
        line: (route.isTable ? route.get('pattern') : route).line,
      },
    ];
  });
}

/** What a variable's value is worth; of a table, of the worst of its texts. Nothing of the value goes further. */
function worthOf(name: string, value: Placed): ReturnType<typeof classify> {
  if (!value.isTable && !Array.isArray(value.value)) return classify(name, String(value.value ?? ''));
  const pending: [string, Placed][] = [[name, value]];
  for (let count = 0; count < MOST_LEAVES; count++) {
    const [key, inner] = pending.shift() ?? [];
    if (key === undefined || inner === undefined) break;
    if (inner.isTable) pending.push(...inner.entries);
    else if (Array.isArray(inner.value))
      pending.push(...inner.items.map((item) => [key, item] as [string, Placed]));
    else if (inner.text !== undefined) {
      const worth = classify(key, inner.text);
      if (worth.secret) return worth;
    }
  }
  return { secret: false, class: 'plain' };
}

/** One statement of something that an environment does not inherit. */
interface Statement {
  key: string;
  name?: string;
  line: number;
}

/** What the tables of one environment state of what is not inherited. */
function statementsOf({ bindings, table }: ReadEnvironment): Statement[] {
  return [
    ...bindings
      // what code cannot ask for by name, or says is optional, is lacking to nobody
      .filter(
        ({ key, name, stated }) =>
          NOT_INHERITED.has(key) && IDENTIFIER.test(name) && stated.get('optional').flag !== true,
      )
      .map(({ key, name, line }) => ({ key, name, line })),
    ...OTHERS_NOT_INHERITED.flatMap(({ key, items }): Statement[] => {
      const stated = under(table, key);
      if (items === 'keys') return stated.entries.map(([name, { line }]) => ({ key, name, line }));
      if (items === 'texts')
        return stated.items.flatMap(({ text, line }) => (text ? [{ key, name: text, line }] : []));
      const isThere = stated.items.length > 0 || stated.isTable;
      return isThere ? [{ key, line: stated.line }] : [];
    }),
  ];
}

/**
 * What a named environment would be without: stated at the top level or by another environment that runs the same
 * program, first statement first.
 */
export function lackingIn(
  one: ReadEnvironment,
  all: readonly ReadEnvironment[],
  at: (line: number, variable?: string) => FileEvidence,
): WranglerEnvironment['lacking'] {
  if (one.environment.name === undefined) return [];
  const entry = (read: ReadEnvironment) => read.from('main').get('main').text;
  const own = statementsOf(one);
  // what one environment binds and another has as a variable or a secret is there in both
  const names = new Set([...own, ...one.environment.bindings].map(({ name }) => name));
  const keys = new Set(own.map(({ key }) => key));
  const lacking = new Map<string, Statement>();
  for (const other of all) {
    if (other === one || entry(other) !== entry(one)) continue;
    for (const statement of statementsOf(other)) {
      const { key, name } = statement;
      if (name === undefined ? keys.has(key) : names.has(name)) continue;
      const known = `${key} ${name ?? ''}`;
      if (!lacking.has(known)) lacking.set(known, statement);
    }
  }
  return [...lacking.values()].map(({ key, name, line }) => ({
    key,
    ...(name !== undefined && { name }),
    stated: at(line, key === 'vars' ? name : undefined),
  }));
}
