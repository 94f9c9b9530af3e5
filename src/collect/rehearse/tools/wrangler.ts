import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { isUnknown } from '#lib/symbolic.ts';
import type { Json, Kind } from '#model/fact.ts';
import { commandTool } from './command-tool.ts';
import { isOn, lastValue, names } from './options.ts';
import type { AnswerContext, Named, ParsedCall } from './tool.ts';

const GROUPS = names(
  'pages d1 kv r2 queues secret versions hyperdrive vectorize deployments triggers workflows containers dispatch-namespace cert pipelines ai',
);
const DEEPER = names('project migrations namespace key bucket object deployment secret consumer time-travel');
const CONFIGS = ['wrangler.toml', 'wrangler.jsonc', 'wrangler.json'] as const;
const LONGEST = 500_000;

function depth(words: readonly string[]): number {
  const [first = '', second = ''] = words;
  if (!GROUPS.has(first)) return 1;
  return DEEPER.has(second) && words.length > 2 ? 3 : 2;
}

/** The script that a configuration file gives for an environment, which has its own name or the script's with its own added. */
function scriptIn(file: string, text: string, environment: string | undefined): string | undefined {
  if (text.length > LONGEST) return undefined;
  let config: unknown;
  try {
    config = file.endsWith('.toml') ? parseToml(text) : parseJsonc(text);
  } catch {
    return undefined;
  }
  const field = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined;
  const name = field(config, 'name');
  if (environment === undefined) return typeof name === 'string' ? name : undefined;
  const own = field(field(field(config, 'env'), environment), 'name');
  if (typeof own === 'string') return own;
  return typeof name === 'string' ? `${name}-${environment}` : undefined;
}

/** The arguments, with the script's name out of wrangler's configuration where the call leaves it to that. */
async function record(call: ParsedCall, context: AnswerContext): Promise<Record<string, Json>> {
  const given = { ...call.options, ...(call.words.length > 0 && { words: call.words }) };
  if (/^(?:pages|d1|kv|r2|queues)/.test(call.operation) || lastValue(call, 'name') !== undefined)
    return given;
  const named = lastValue(call, 'c', 'config');
  for (const file of named ? [named] : CONFIGS) {
    const text = await context.readFile(file);
    const script = text === undefined ? undefined : scriptIn(file, text, lastValue(call, 'e', 'env'));
    if (script !== undefined) return { ...given, script };
  }
  return given;
}

function named(call: ParsedCall): Named[] {
  const { operation, words } = call;
  const [first = ''] = words;
  const of = (kind: Kind, name: string | undefined): Named[] =>
    name && !isUnknown(name) && /^[\w⟨]/.test(name) ? [{ kind, name }] : [];
  const script = lastValue(call, 'name') ?? lastValue(call, 'script');
  const secret = (owner: string | undefined): Named[] =>
    owner && first && !isUnknown(owner) && !isUnknown(first)
      ? [
          {
            kind: 'Cloudflare::Workers::Secret',
            name: `${owner}/${first}`,
            relations: [{ type: 'part-of', to: { kind: 'Cloudflare::Workers::Script', name: owner } }],
          },
        ]
      : [];
  const isLocal = isOn(call, 'local') && !isOn(call, 'remote');
  if (
    /^(?:deploy|publish|versions (?:upload|deploy)|triggers deploy|tail|rollback|delete|deployments (?:list|status))$/.test(
      operation,
    )
  )
    return of('Cloudflare::Workers::Script', operation === 'tail' && first ? first : script);
  if (/^(?:versions )?secret (?:put|delete)$/.test(operation))
    return [
      ...of('Cloudflare::Workers::Script', script).map((one) => ({ ...one, verb: 'requires' as const })),
      ...secret(script),
    ];
  if (/^pages (?:deploy|publish|deployment (?:create|list|tail)|secret put)$/.test(operation))
    return of('Cloudflare::Pages::Project', lastValue(call, 'project-name'));
  if (/^pages project (?:create|delete)$/.test(operation)) return of('Cloudflare::Pages::Project', first);
  if (/^d1 /.test(operation) && !isLocal && !/^d1 list$/.test(operation))
    return of('Cloudflare::D1::Database', first);
  if (/^kv(?::| )namespace (?:create|delete)$/.test(operation)) return of('Cloudflare::KV::Namespace', first);
  if (/^r2 bucket (?:create|delete|info)$/.test(operation)) return of('Cloudflare::R2::Bucket', first);
  if (/^r2 object (?:put|get|delete)$/.test(operation) && !isLocal)
    return of('Cloudflare::R2::Bucket', first.split('/')[0]).map((one) => ({
      ...one,
      verb: 'requires' as const,
    }));
  if (/^queues (?:create|delete|info|update)$/.test(operation)) return of('Cloudflare::Queue', first);
  return operation === 'queues consumer add' ? of('Cloudflare::Queue', first) : [];
}

/** Cloudflare's Wrangler 2 to 4. Cloudflare documentation, “Wrangler commands”. */
export const wrangler = commandTool({
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
  requires: /^(?:rollback|triggers deploy|d1 (?:execute|migrations apply|export)|.* (?:update|add))$/,
  deletes: /(?:^| )delete$/,
  prints: /(?:^| )(?:list|status|info|whoami|execute|get|create|view)$/,
  named,
  record,
});
