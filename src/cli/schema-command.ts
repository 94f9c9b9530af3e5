import type { Command } from 'commander';
import { InputError } from '#lib/input-error.ts';
import { EXIT } from './exit.ts';

const SCHEMAS = {
  report: async () => (await import('#model/report.ts')).reportSchema,
  config: async () => (await import('#model/config.ts')).configSchema,
  target: async () => (await import('#model/target.ts')).targetSchema,
};

/** `constat schema [report|config|target]`: the JSON Schema of what Constat writes or reads. */
export function schemaCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('schema')
    .description('Print the JSON Schema of the report, of constat.yaml or of constat.target.yaml')
    .argument('[name]', Object.keys(SCHEMAS).join(', '), 'report')
    .action(async (name: string) => {
      const { z } = await import('zod');
      if (!Object.hasOwn(SCHEMAS, name))
        throw new InputError(`no schema '${name}'; known: ${Object.keys(SCHEMAS).join(', ')}`);
      const schema = await SCHEMAS[name as keyof typeof SCHEMAS]();
      process.stdout.write(`${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`);
      finish(EXIT.established);
    });
}
