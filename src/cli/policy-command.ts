import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AwsCollector } from '#collect/aws/aws-collector.ts';
import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import { LANGUAGES, type Language } from '#model/text.ts';
import { DEFAULT_REPORT } from './account-options.ts';
import { EXIT } from './exit.ts';

interface Options {
  services?: string[];
  from?: string;
  format?: 'text' | 'json';
  lang?: Language;
}

const list = (text: string): string[] => text.split(',').map((one) => one.trim());

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: '*' | string[];
}

/** A statement's name holds letters and digits only. IAM User Guide, “IAM JSON policy elements: Sid”. */
const sidOf = (service: string): string =>
  service
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

/** Characters that a policy may have, white space left out. IAM User Guide, “IAM and AWS STS quotas”. */
export const LONGEST_POLICY = { managed: 6_144, ofRole: 10_240 } as const;

/** The least that an audit needs to be allowed: one statement for each service of IAM, its actions sorted. */
export function policyOf(
  collectors: readonly Pick<AwsCollector, 'permissions'>[],
  more: Readonly<Record<string, string>>,
): { Version: '2012-10-17'; Statement: Statement[] } {
  const actions = new Set([
    ...collectors.flatMap(({ permissions }) => Object.values(permissions).flat()),
    ...Object.values(more),
  ]);
  const services = Map.groupBy([...actions].sort(), (action) => action.slice(0, action.indexOf(':')));
  return {
    Version: '2012-10-17',
    Statement: [...services].map(([service, Action]) => ({
      Sid: sidOf(service),
      Effect: 'Allow',
      Action,
      Resource: '*',
    })),
  };
}

/** The actions of a plan: one statement for each service and set of resources, sorted. */
export function planPolicyOf(actions: ReadonlyMap<string, ReadonlySet<string>>): {
  Version: '2012-10-17';
  Statement: Statement[];
} {
  const rows = [...actions]
    .map(([action, resources]) => {
      const arns = resources.has('*') ? [] : [...resources].sort();
      return { action, arns, service: action.slice(0, action.indexOf(':')) };
    })
    .sort((a, b) => (a.action < b.action ? -1 : 1));
  const groups = [...Map.groupBy(rows, ({ service, arns }) => JSON.stringify([service, arns])).values()];
  const names = new Map<string, number>();
  return {
    Version: '2012-10-17',
    Statement: groups.map((group) => {
      const { service = '', arns = [] } = group[0] ?? {};
      const times = (names.get(service) ?? 0) + 1;
      names.set(service, times);
      return {
        Sid: `${sidOf(service)}${times > 1 ? times : ''}`,
        Effect: 'Allow',
        Action: group.map(({ action }) => action),
        Resource: arns.length > 0 ? arns : '*',
      };
    }),
  };
}

/** The policy for one plan; gives 3 where something that the plan needs could not be told. */
async function printPlanPolicy(from: string): Promise<number> {
  const [{ permissionsOf }, { readPlan }] = await Promise.all([
    import('#act/permissions.ts'),
    import('./act-session.ts'),
  ]);
  const { steps, proofs } = readPlan(from);
  const { actions, unknown } = permissionsOf(steps, proofs);
  process.stdout.write(`${JSON.stringify(planPolicyOf(actions), null, 2)}\n`);
  for (const operation of unknown)
    process.stderr.write(
      `constat: ${operation}: the action that allows it is not known here, and is not in the policy; add it from the Service Authorization Reference\n`,
    );
  return unknown.length > 0 ? EXIT.notEstablished : EXIT.established;
}

/** What to tick for a token of Cloudflare, for people or as JSON. */
async function printTokenPermissions({ services, format = 'text', lang }: Options): Promise<void> {
  const [{ cloudflareCollectors }, { AUDIT_LOG_PERMISSIONS }, { permissionsText, tokenPermissions }] =
    await Promise.all([
      import('#collect/cloudflare/collectors.ts'),
      import('#collect/cloudflare/audit-log.ts'),
      import('./cloudflare-permissions.ts'),
    ]);
  const chosen = chosenOf(cloudflareCollectors, services);
  const permissions = tokenPermissions(chosen, services ? {} : { 'audit-log': AUDIT_LOG_PERMISSIONS });
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify({ permissions }, null, 2)}\n`
      : permissionsText(permissions, lang ?? languageOf(process.env)),
  );
}

/** Those that are asked for. @throws InputError for one that does not exist */
function chosenOf<C extends { id: string }>(all: readonly C[], services: readonly string[] | undefined): C[] {
  const unknown = services?.find((id) => !all.some((one) => one.id === id));
  if (unknown !== undefined)
    throw new InputError(
      `--services ${unknown}: no such service; known: ${all.map(({ id }) => id).join(', ')}`,
    );
  return all.filter(({ id }) => services?.includes(id) ?? true);
}

/**
 * `constat policy aws`: the read-only policy that `constat audit --aws` needs. `constat policy cloudflare`: the
 * permission groups of a token for `--cloudflare`. `constat policy plan`: the least that applying, undoing and proving one
 * plan needs, apart from both.
 */
export function policyCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('policy')
    .description('Print the permissions that an audit needs, or those that a plan needs, and no other')
    .argument('<what>', 'aws, cloudflare: to read an account; plan: to apply a plan', (text: string) => {
      if (!['aws', 'cloudflare', 'plan'].includes(text))
        throw new InvalidArgumentError("known: 'aws', 'cloudflare', 'plan'.");
      return text;
    })
    .option('--services <list>', 'of aws and cloudflare: only these collectors, separated by commas', list)
    .option('--from <file>', `of plan: the report whose plan it is (default: ${DEFAULT_REPORT})`)
    .addOption(new Option('--format <format>', 'of cloudflare: text or json').choices(['text', 'json']))
    .addOption(new Option('--lang <language>', 'of cloudflare: language of the text').choices(LANGUAGES))
    .action(async (what: string, options: Options) => {
      if (what === 'plan') {
        if (options.services)
          throw new InputError('--services is of `policy aws`: a plan needs all that it names');
        return finish(await printPlanPolicy(options.from ?? DEFAULT_REPORT));
      }
      if (options.from !== undefined) throw new InputError('--from is of `policy plan`');
      if (what === 'cloudflare') {
        await printTokenPermissions(options);
        return finish(EXIT.established);
      }
      if (options.format === 'text') throw new InputError('--format text is of `policy cloudflare`');
      const [{ awsCollectors }, { REGION_PERMISSIONS }, { LAST_CHANGE_PERMISSIONS }] = await Promise.all([
        import('#collect/aws/collectors.ts'),
        import('#collect/aws/regions.ts'),
        import('#collect/aws/last-change.ts'),
      ]);
      const all = await Promise.all(awsCollectors.map((load) => load()));
      const chosen = chosenOf(all, options.services);
      const policy = policyOf(chosen, { ...REGION_PERMISSIONS, ...LAST_CHANGE_PERMISSIONS });
      process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
      const { length } = JSON.stringify(policy);
      if (length > LONGEST_POLICY.managed)
        process.stderr.write(
          `constat: ${length} characters: an inline policy of a role takes ${LONGEST_POLICY.ofRole}, a managed policy ${LONGEST_POLICY.managed}; --services makes several of it\n`,
        );
      finish(EXIT.established);
    });
}
