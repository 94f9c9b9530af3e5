import type { WranglerBinding } from '#model/wrangler.ts';
import { classify } from '../value-class.ts';
import { BINDING_KINDS, type BindingKind, FILE_KINDS, INHERITED_KINDS } from './binding-kinds.ts';
import type { Placed } from './placed.ts';

/** A binding with the place in the configuration that states it. */
export interface StatedBinding extends WranglerBinding {
  key: string;
  stated: Placed;
}

/** The value under a path of keys, `queues.producers`. */
export const under = (table: Placed, path: string): Placed =>
  path.split('.').reduce((at, key) => at.get(key), table);

/** What a deployment fills in before Wrangler reads the file: `${D1_ID}`, `{{ id }}`, `$KV_ID`. */
const FILLED_IN = /\$\{[^}]{1,100}\}|\$[A-Z_]{2,}|\{\{.{1,100}\}\}|<%.{1,100}%>/;

/** Whether a written id is one, is to be filled in by whoever copies the file, or by the deployment itself. */
function readId(
  { form }: Pick<BindingKind, 'form'>,
  written: string | undefined,
): 'id' | 'absent' | 'placeholder' | 'template' {
  if (written === undefined) return 'absent';
  if (FILLED_IN.test(written)) return 'template';
  if (form) return form.test(written) ? 'id' : 'placeholder';
  return classify('id', written).class === 'placeholder' ? 'placeholder' : 'id';
}

/** The bindings that one table of the configuration states by itself. */
export const ownBindings = (table: Placed): StatedBinding[] => of(BINDING_KINDS, table);

/** Those that an environment has from the top level: `inherited` gives the table that counts for a key. */
export const inheritedBindings = (inherited: (key: string) => Placed): StatedBinding[] =>
  INHERITED_KINDS.flatMap((kind) => of([kind], inherited(kind.key.split('.')[0] ?? '')));

/** Those of the whole file. */
export const fileBindings = (top: Placed): StatedBinding[] => of(FILE_KINDS, top);

function of(kinds: readonly BindingKind[], table: Placed): StatedBinding[] {
  return kinds.flatMap((kind): StatedBinding[] => {
    const stated = under(table, kind.key);
    if (kind.shape === 'map')
      return stated.entries.map(([name, value]) => ({
        type: kind.type,
        name,
        line: value.line,
        key: kind.key,
        stated: value,
        ...(value.text !== undefined && { to: value.text }),
      }));
    const tables = kind.shape === 'one' ? [stated] : stated.items;
    return tables.flatMap((item) => binding(kind, item) ?? []);
  });
}

function binding(kind: BindingKind, item: Placed): StatedBinding | undefined {
  const name = item.get(kind.name).text;
  if (name === undefined) return undefined;
  const text = (key: string) => {
    const { value } = item.get(key);
    return typeof value === 'number' ? String(value) : item.get(key).text;
  };
  const written = kind.id === undefined ? undefined : text(kind.id);
  const needed =
    kind.needs === undefined ? 'id' : readId(kind.needs === kind.id ? kind : {}, text(kind.needs));
  const to = kind.to?.map(text).find((value) => value !== undefined);
  return {
    type: kind.type === 'unsafe' ? (item.get('type').text ?? 'unsafe') : kind.type,
    name,
    line: item.get(kind.name).line,
    key: kind.key,
    stated: item,
    ...(to !== undefined && { to: leadsTo(kind, to, item) }),
    ...(written !== undefined && readId(kind, written) === 'id' && { id: written }),
    ...((needed === 'absent' || needed === 'placeholder') && { isIncomplete: true }),
    ...(needed === 'placeholder' && { isPlaceholder: true }),
  };
}

/** A class of another script stands with that script, as the namespace is called there. */
function leadsTo({ type, key }: BindingKind, to: string, item: Placed): string {
  const script = item.get('script_name').text;
  if (type === 'durable_object_namespace' && script !== undefined) return `${script}/${to}`;
  const store = key === 'secrets_store_secrets' ? item.get('store_id').text : undefined;
  return store === undefined ? to : `${store}/${to}`;
}
