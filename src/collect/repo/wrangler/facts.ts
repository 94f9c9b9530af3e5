import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Json, Kind, RelationFact, ResourceKey } from '#model/fact.ts';
import type { WranglerEnvironment } from '#model/wrangler.ts';
import type { StatedBinding } from './bindings.ts';
import type { ReadEnvironment } from './environments.ts';
import type { Placed } from './placed.ts';

/** What is the same for every fact of one environment of one file. */
export interface FactContext {
  sort: Fact['sort'];
  /** Canonical names. */
  environments: string[];
  isPages: boolean;
  /** Under which circumstance the script is deployed at all, where nobody knows whether it is. */
  condition?: string;
  main?: string;
  at(line: number): FileEvidence;
  /** What a thing that files know only by its id is called: its binding, with the script's name where others are bound alike. */
  nameOfId(id: string, binding: string): string;
}

/** The kinds that bindings lead to, the field that says which, and whether that is an id and no name. */
const BOUND: Readonly<Record<string, { kind: Kind; field: string; isId?: true }>> = {
  kv_namespace: { kind: 'Cloudflare::KV::Namespace', field: 'id', isId: true },
  d1: { kind: 'Cloudflare::D1::Database', field: 'database_name' },
  r2_bucket: { kind: 'Cloudflare::R2::Bucket', field: 'bucket_name' },
  queue: { kind: 'Cloudflare::Queue', field: 'queue' },
  hyperdrive: { kind: 'Cloudflare::Hyperdrive::Config', field: 'id', isId: true },
  vectorize: { kind: 'Cloudflare::Vectorize::Index', field: 'index_name' },
  service: { kind: 'Cloudflare::Workers::Script', field: 'service' },
  durable_object_namespace: { kind: 'Cloudflare::DurableObjects::Namespace', field: 'class_name' },
};

/** A name that the deployment fills in, or that is to be replaced, names nothing. */
const NO_NAME = /[<>${}%⟨⟩]|^(?:x{3,}|your[-_ ]|todo\b|replace[-_ ]?(?:me|with)|placeholder)/i;
const isName = (text: string | undefined): text is string => text !== undefined && !NO_NAME.test(text);

/** What one environment declares: its script or project, what is bound to it, its routes, domains, crons and secrets. */
export function environmentFacts(read: ReadEnvironment, context: FactContext): Fact[] {
  const { environment, bindings } = read;
  const { isPages, at } = context;
  const kind: Kind = isPages ? 'Cloudflare::Pages::Project' : 'Cloudflare::Workers::Script';
  const script: ResourceKey | undefined = isName(environment.script.name)
    ? { kind, name: environment.script.name }
    : undefined;
  const bound = bindings.flatMap((binding) => boundFact(binding, environment, context));
  const shared = sharedOf(environment, context);
  const make = (key: ResourceKey, line: number, rest: Partial<Fact> = {}): Fact => ({
    ...shared,
    ...key,
    verb: 'requires',
    evidence: at(line),
    ...rest,
  });
  const toScript = (type: string): Partial<Fact> => (script ? { relations: [{ type, to: script }] } : {});
  const facts = bound.map(({ fact }) => fact);
  for (const { name, line, readsFrom } of queuesRead(read))
    if (isName(name) && script)
      facts.push(
        make({ kind: 'Cloudflare::Queue', name }, line, {
          ...(readsFrom && { relations: [{ type: 'routes-to', to: script }] }),
        }),
      );
  for (const tail of tailsOf(read.table)) {
    const name = tail.get('service').text;
    if (isName(name)) facts.push(make({ kind: 'Cloudflare::Workers::Script', name }, tail.line));
  }
  for (const { pattern, isCustomDomain, zone, line } of environment.routes) {
    const name = pattern.replace(/^https?:\/\//, '');
    if (!isName(name)) continue;
    const isNamedZone = zone !== undefined && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(zone);
    const relations: RelationFact[] = [
      ...(script ? [{ type: 'routes-to', to: script }] : []),
      ...(isNamedZone ? [{ type: 'part-of', to: { kind: 'Cloudflare::Zone', name: zone } as const }] : []),
    ];
    const routed: Kind = isCustomDomain ? 'Cloudflare::Workers::Domain' : 'Cloudflare::Workers::Route';
    facts.push(
      make({ kind: routed, name: isCustomDomain ? (name.split('/')[0] ?? name) : name }, line, {
        verb: 'creates',
        relations,
        ...(zone !== undefined && !isNamedZone && { properties: { zoneId: zone } }),
      }),
    );
    if (isNamedZone) facts.push(make({ kind: 'Cloudflare::Zone', name: zone.toLowerCase() }, line));
  }
  if (!script) return facts;
  for (const { cron, line } of environment.crons)
    facts.push(
      make({ kind: 'Cloudflare::Workers::CronTrigger', name: `${script.name} ${cron}` }, line, {
        verb: 'creates',
        properties: { cron },
        ...toScript('routes-to'),
      }),
    );
  for (const { name, line } of environment.secrets)
    facts.push(
      make(
        { kind: 'Cloudflare::Workers::Secret', name: `${script.name}/${name}` },
        line,
        toScript('part-of'),
      ),
    );
  return [
    make(script, environment.script.line, {
      verb: 'creates',
      properties: isPages ? {} : scriptProperties(environment, context),
      relations: [
        ...bound.map(({ fact, as }): RelationFact => ({ type: 'uses', to: keyOf(fact), as })),
        ...tailsOf(read.table).flatMap((tail): RelationFact[] => {
          const name = tail.get('service').text;
          return isName(name) ? [{ type: 'logs-to', to: { kind: 'Cloudflare::Workers::Script', name } }] : [];
        }),
      ],
    }),
    ...facts,
  ];
}

const keyOf = ({ kind, name }: Fact): ResourceKey => ({ kind, name });

const sharedOf = ({ accountId }: Pick<WranglerEnvironment, 'accountId'>, context: FactContext) =>
  ({
    source: 'repo',
    sort: context.sort,
    nameStatus: 'literal',
    environments: context.environments,
    certainty: 'static',
    ...(accountId !== undefined && { account: accountId }),
    ...(context.condition !== undefined && { condition: context.condition }),
  }) as const satisfies Partial<Fact>;

function scriptProperties(environment: ReadEnvironment['environment'], { main }: FactContext) {
  const { workersDev, previewUrls, compatibilityDate, observability, placement } = environment;
  return {
    ...(main !== undefined && { main }),
    workersDev: workersDev.isOn,
    previewUrls: previewUrls.isOn,
    ...(compatibilityDate && { compatibilityDate: compatibilityDate.value }),
    observability: observability.isOn,
    // where a region or a host is given, Cloudflare shows another mode
    ...((placement === 'smart' || placement === 'off') && { placement }),
  } satisfies Record<string, Json>;
}

/** What a binding leads to, where that is of the estate; the namespace of a class that the script defines is its own. */
function boundFact(
  { type, name: binding, to, id, stated }: StatedBinding,
  environment: ReadEnvironment['environment'],
  context: FactContext,
): { fact: Fact; as: string }[] {
  const bound = BOUND[type];
  if (!bound) return [];
  const script = environment.script.name;
  const isOwnClass = type === 'durable_object_namespace' && !stated.get('script_name').exists;
  const ofClass = script && to ? `${script}/${to}` : undefined;
  const named = isOwnClass ? ofClass : to;
  // without an id Wrangler makes one, of a name that no file holds
  const ofId = id === undefined ? binding : context.nameOfId(id, binding);
  const name = bound.isId ? ofId : named;
  if (!isName(name)) return [];
  const at = stated.get(bound.field);
  const jurisdiction = stated.get('jurisdiction').text;
  return [
    {
      as: binding,
      fact: {
        ...sharedOf(environment, context),
        kind: bound.kind,
        name,
        verb: isOwnClass ? 'creates' : 'requires',
        evidence: context.at(at.exists ? at.line : stated.line),
        ...(id !== undefined && name !== id && { otherNames: [id] }),
        ...((id !== undefined || jurisdiction !== undefined) && {
          properties: {
            ...(id !== undefined && { id }),
            ...(jurisdiction !== undefined && { jurisdiction }),
          },
        }),
        ...(isOwnClass && {
          relations: [{ type: 'part-of', to: { kind: 'Cloudflare::Workers::Script', name: script } }],
        }),
      },
    },
  ];
}

interface QueueRead {
  name: string | undefined;
  line: number;
  readsFrom: boolean;
}

/** The queues whose messages the script is given, and those to which what fails goes. */
const queuesRead = ({ table }: ReadEnvironment): QueueRead[] =>
  table
    .get('queues')
    .get('consumers')
    .items.flatMap((consumer): QueueRead[] => {
      const [queue, dead] = [consumer.get('queue'), consumer.get('dead_letter_queue')];
      return [
        { name: queue.text, line: queue.line, readsFrom: true },
        ...(dead.text === undefined ? [] : [{ name: dead.text, line: dead.line, readsFrom: false }]),
      ];
    });

const tailsOf = (table: Placed): Placed[] => [
  ...table.get('tail_consumers').items,
  ...table.get('streaming_tail_consumers').items,
];
