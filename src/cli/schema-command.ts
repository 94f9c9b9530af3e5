import type { Command } from 'commander';
import { InputError } from '#lib/input-error.ts';
import { EXIT } from './exit.ts';

/** `constat schema [report|config]`: the JSON Schema of what Constat writes or reads. */
export function schemaCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('schema')
    .description('Print the JSON Schema of the report or of constat.yaml')
    .argument('[name]', 'report or config', 'report')
    .action(async (name: string) => {
      const { z } = await import('zod');
      if (name !== 'report' && name !== 'config')
        throw new InputError(`no schema '${name}'; known: report, config`);
      const schema =
        name === 'report'
          ? (await import('#model/report.ts')).reportSchema
          : (await import('#model/config.ts')).configSchema;
      process.stdout.write(`${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`);
      finish(EXIT.established);
    });
}
