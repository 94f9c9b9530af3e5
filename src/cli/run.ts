import { Command, CommanderError } from 'commander';
import { InputError } from '#lib/input-error.ts';
import { version } from '../version.ts';
import { applyCommand } from './apply-command.ts';
import { auditCommand } from './audit-command.ts';
import { EXIT } from './exit.ts';
import { initCommand } from './init-command.ts';
import { planCommand } from './plan-command.ts';
import { policyCommand } from './policy-command.ts';
import { proveCommand } from './prove-command.ts';
import { rehearseCommand } from './rehearse-command.ts';
import { rollbackCommand } from './rollback-command.ts';
import { rulesCommand } from './rules-command.ts';
import { schemaCommand } from './schema-command.ts';
import { traceCommand } from './trace-command.ts';
import { whatIf } from './whatif.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS = [
  applyCommand,
  auditCommand,
  initCommand,
  planCommand,
  policyCommand,
  proveCommand,
  rehearseCommand,
  rollbackCommand,
  rulesCommand,
  schemaCommand,
  traceCommand,
  whatIf,
];

/** Runs the command line and gives the exit code; every foreseen error is one line on stderr. */
export async function run(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.established;
  // `constat rules | head` ends when head has read enough
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? code : EXIT.internal),
  );
  const program = new Command('constat')
    .description('Compares what an estate says it runs with what it does run, and writes the audit.')
    .version(version)
    .showHelpAfterError('(run `constat --help`)')
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  const finish = (result: number) => {
    code = result;
  };
  for (const add of COMMANDS) add(program, finish);
  for (const command of program.commands) command.exitOverride().showHelpAfterError('(run with --help)');
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.established : EXIT.usage;
    if (error instanceof InputError) {
      process.stderr.write(`constat: ${error.message}\n`);
      return EXIT.usage;
    }
    return failed(error);
  }
}

/** An error that nobody foresaw: one line, and how to see the rest. */
function failed(error: unknown): number {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  process.stderr.write(`constat: internal error: ${message.split('\n')[0]} (CONSTAT_DEBUG=1 shows where)\n`);
  if (process.env.CONSTAT_DEBUG && stack) process.stderr.write(`${stack}\n`);
  return EXIT.internal;
}
