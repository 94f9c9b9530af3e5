import path from 'node:path';
import { sqlLosses } from '#lib/sql-losses.ts';
import { isUnknown } from '#lib/symbolic.ts';
import type { Json, Kind } from '#model/fact.ts';
import { commandTool } from './command-tool.ts';
import { isOn, lastValue, names } from './options.ts';
import type { AnswerContext, Named, ParsedCall, Tool } from './tool.ts';
import { type Configured, configured } from './wrangler-config.ts';

const GROUPS = names(
  `pages d1 kv r2 queues secret versions hyperdrive vectorize deployments triggers workflows containers dispatch-namespace
   cert pipelines ai secrets-store check`,
);
const DEEPER = names(
  'project migrations namespace key bucket object deployment download secret store consumer time-travel instances',
);
/** What is said of a bucket stands one word deeper: `r2 bucket domain add BUCKET`. */
const OF_A_BUCKET = names('catalog cors dev-url domain lifecycle lock notification sippy');

function depth(words: readonly string[]): number {
  const [first = '', second = '', third = ''] = words;
  if (!GROUPS.has(first)) return 1;
  const isDeeper = DEEPER.has(second) || (first === 'kv' && second === 'bulk');
  if (!isDeeper || words.length <= 2) return Math.min(2, words.length);
  return second === 'bucket' && OF_A_BUCKET.has(third) ? 4 : 3;
}

const SCRIPT =
  /^(?:deploy|publish|versions (?:upload|deploy|list|view)|triggers deploy|tail|rollback|delete|deployments (?:list|status|view))$/;
const SECRET = /^(?:versions )?secret (?:put|delete|bulk|list)$/;
const PAGES =
  /^pages (?:deploy|publish|deployment (?:create|list|tail)|secret (?:put|delete|bulk|list)|download config)$/;
const DATABASE = /^d1 (?!list$)/;
const NAMESPACE = /^kv namespace (?:create|delete|rename)$/;
const BUCKET = /^r2 bucket (?:create|delete|info|update)$/;
const QUEUE = /^queues (?:create|delete|info|update|purge|pause-delivery|resume-delivery|consumer \w+)$/;
const CREATED: Readonly<Record<string, Kind>> = {
  'hyperdrive create': 'Cloudflare::Hyperdrive::Config',
  'vectorize create': 'Cloudflare::Vectorize::Index',
  'vectorize delete': 'Cloudflare::Vectorize::Index',
  'vectorize get': 'Cloudflare::Vectorize::Index',
  'vectorize info': 'Cloudflare::Vectorize::Index',
  'vectorize insert': 'Cloudflare::Vectorize::Index',
  'vectorize upsert': 'Cloudflare::Vectorize::Index',
};

const isDry = (call: ParsedCall): boolean => isOn(call, 'dry-run');

/** The arguments, with what the call leaves to the configuration: the script, the project, the database of a binding. */
async function record(call: ParsedCall, context: AnswerContext): Promise<Record<string, Json>> {
  const given = { ...call.options, ...(call.words.length > 0 && { words: call.words }) };
  const isOfScript = SCRIPT.test(call.operation) || SECRET.test(call.operation);
  const isOfDatabase = DATABASE.test(call.operation) && call.words[0] !== undefined;
  if (!isOfScript && !isOfDatabase && !PAGES.test(call.operation)) return given;
  if (lastValue(call, 'name', 'project-name') !== undefined) return given;
  if (isOfDatabase)
    return { ...given, ...(await databaseOf(call, context)), ...(await lossesOf(call, context)) };
  const config = await configOf(call, context);
  if (!config) return given;
  const { script, isPages } = config;
  if (script === undefined || isPages !== PAGES.test(call.operation)) return given;
  return { ...given, [isPages ? 'project' : 'script']: script };
}

function configOf(call: ParsedCall, { readFile }: AnswerContext): Promise<Configured | undefined> {
  const [file, folder, environment] = [
    lastValue(call, 'c', 'config'),
    lastValue(call, 'cwd'),
    lastValue(call, 'e', 'env'),
  ];
  return configured(readFile, {
    ...(file !== undefined && { file }),
    ...(folder !== undefined && { folder }),
    ...(environment !== undefined && { environment }),
  });
}

/** The database of the binding under which a call names it. */
async function databaseOf(call: ParsedCall, context: AnswerContext): Promise<Record<string, Json>> {
  const bindings = (await configOf(call, context))?.bindings ?? [];
  const bound = bindings.find(({ type, name }) => type === 'd1' && name === call.words[0]);
  return bound?.to === undefined ? {} : { database: bound.to };
}

/** The statements, of the command or of the file, after which data is gone. */
async function lossesOf(call: ParsedCall, context: AnswerContext): Promise<Record<string, Json>> {
  if (call.operation !== 'd1 execute') return {};
  const file = lastValue(call, 'file');
  const text =
    file === undefined
      ? undefined
      : await context.readFile(path.posix.join(lastValue(call, 'cwd') ?? '', file));
  const losses = [lastValue(call, 'command') ?? '', text ?? ''].flatMap(sqlLosses);
  return losses.length > 0 ? { destroys: losses } : {};
}

function named(call: ParsedCall): Named[] {
  const { operation, words } = call;
  const [first = ''] = words;
  const of = (kind: Kind, name: string | undefined): Named[] =>
    name && !isUnknown(name) && /^[\w⟨]/.test(name) ? [{ kind, name }] : [];
  if (isDry(call)) return [];
  const script = lastValue(call, 'name') ?? lastValue(call, 'script');
  const isLocal = isOn(call, 'local') && !isOn(call, 'remote');
  if (SCRIPT.test(operation))
    return of('Cloudflare::Workers::Script', operation === 'tail' && first ? first : script);
  if (SECRET.test(operation))
    return [
      ...of('Cloudflare::Workers::Script', script).map((one) => ({ ...one, verb: 'requires' as const })),
      ...(/(?:put|delete)$/.test(operation) ? secret(script, first) : []),
    ];
  if (PAGES.test(operation))
    return of('Cloudflare::Pages::Project', lastValue(call, 'project-name', 'project'));
  if (/^pages project (?:create|delete)$/.test(operation)) return of('Cloudflare::Pages::Project', first);
  if (DATABASE.test(operation) && !isLocal)
    return of('Cloudflare::D1::Database', lastValue(call, 'database') ?? first);
  if (NAMESPACE.test(operation)) return of('Cloudflare::KV::Namespace', first);
  if (BUCKET.test(operation)) return of('Cloudflare::R2::Bucket', first);
  if (/^r2 bucket \S+ \S+$/.test(operation)) return requires(of('Cloudflare::R2::Bucket', first));
  if (/^r2 object (?:put|get|delete)$/.test(operation) && !isLocal)
    return requires(of('Cloudflare::R2::Bucket', first.split('/')[0]));
  if (QUEUE.test(operation)) {
    // a consumer, or a message, is not the queue: the queue stays when it goes
    const queue = of('Cloudflare::Queue', first);
    return /^queues (?:create|delete)$/.test(operation) ? queue : requires(queue);
  }
  const created = Object.hasOwn(CREATED, operation) ? CREATED[operation] : undefined;
  return created === undefined ? [] : of(created, first);
}

const requires = (all: Named[]): Named[] => all.map((one) => ({ ...one, verb: 'requires' as const }));

const secret = (owner: string | undefined, name: string): Named[] =>
  owner && name && !isUnknown(owner) && !isUnknown(name)
    ? [
        {
          kind: 'Cloudflare::Workers::Secret',
          name: `${owner}/${name}`,
          relations: [{ type: 'part-of', to: { kind: 'Cloudflare::Workers::Script', name: owner } }],
        },
      ]
    : [];

const table = commandTool({
  names: ['wrangler', 'wrangler2'],
  grammar: {
    valued:
      names(`c config e env name cwd project-name branch commit-hash commit-message production-branch tag message m file command
      binding namespace-id database compatibility-date compatibility-flag compatibility-flags var define alias route routes triggers schedule
      schedules assets site site-include site-exclude outdir outfile tsconfig account-id location jurisdiction path expiration ttl metadata
      ct content-type persist-to batch-size connection-string caching-max-age storage-class format search status method header
      sampling-rate version-id percentage output timestamp bookmark directory env-file secrets-file logpush-key preview-alias`),
  },
  depth,
  creates:
    /^(?:deploy|publish|versions (?:upload|deploy)|pages (?:deploy|publish|deployment create|project create)|.* (?:create|put))$/,
  requires:
    /^(?:rollback|triggers deploy|d1 (?:execute|migrations apply|export|time-travel restore)|.* (?:update|add|bulk))$/,
  deletes: /(?:^| )delete$/,
  prints: /(?:^| )(?:list|status|info|whoami|execute|get|create|view)$/,
  named,
  record,
});

/** Cloudflare's Wrangler 2 to 4. Cloudflare documentation, “Wrangler commands”. */
export const wrangler: Tool = {
  ...table,
  parse([name = '', first = '', ...rest]) {
    // Wrangler 2 and 3 wrote `kv:namespace create`
    return table.parse([
      name,
      ...(/^(?:kv|secret|pages|d1|r2):[a-z]/.test(first) ? first.split(':') : [first]),
      ...rest,
    ]);
  },
  verb: (call) => (isDry(call) ? 'uses' : table.verb(call)),
};
