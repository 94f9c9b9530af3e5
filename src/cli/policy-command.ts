import { type Command, InvalidArgumentError } from 'commander';
import type { AwsCollector } from '#collect/aws/aws-collector.ts';
import { InputError } from '#lib/input-error.ts';
import { EXIT } from './exit.ts';

interface Options {
  services?: string[];
}

const list = (text: string): string[] => text.split(',').map((one) => one.trim());

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: '*';
}

/** A statement's name holds letters and digits only. IAM User Guide, “IAM JSON policy elements: Sid”. */
const sidOf = (service: string): string =>
  `Constat${service
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;

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

/** `constat policy aws`: the read-only policy that `constat audit --aws` needs. */
export function policyCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('policy')
    .description('Print the permissions that an audit needs, and no other')
    .argument('<provider>', 'aws', (text: string) => {
      if (text !== 'aws') throw new InvalidArgumentError("known: 'aws'.");
      return text;
    })
    .option('--services <list>', 'only these collectors, separated by commas', list)
    .action(async (_provider: string, options: Options) => {
      const [{ awsCollectors }, { REGION_PERMISSIONS }] = await Promise.all([
        import('#collect/aws/collectors.ts'),
        import('#collect/aws/regions.ts'),
      ]);
      const all = await Promise.all(awsCollectors.map((load) => load()));
      const unknown = options.services?.find((id) => !all.some((one) => one.id === id));
      if (unknown !== undefined)
        throw new InputError(
          `--services ${unknown}: no such service; known: ${all.map(({ id }) => id).join(', ')}`,
        );
      const chosen = all.filter(({ id }) => options.services?.includes(id) ?? true);
      process.stdout.write(`${JSON.stringify(policyOf(chosen, REGION_PERMISSIONS), null, 2)}\n`);
      finish(EXIT.established);
    });
}
