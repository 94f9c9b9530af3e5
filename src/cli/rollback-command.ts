import type { Command } from 'commander';
import { type AccountOptions, withAccount } from './account-options.ts';

export interface RollbackOptions extends AccountOptions {
  yes?: boolean;
}

/** `constat rollback RUN`. */
export function rollbackCommand(program: Command, finish: (code: number) => void): void {
  withAccount(program.command('rollback'))
    .description('Undo what a run of apply did, the last change first')
    .argument('<run>', 'the id of the run, as apply says it and as .constat/runs/ has it')
    .option('--yes', 'undo without asking')
    .action(async (run: string, options: RollbackOptions) => {
      const [{ runRollback }, { actHooks }] = await Promise.all([
        import('./run-rollback.ts'),
        import('./act-hooks.ts'),
      ]);
      finish(await runRollback(run, options, actHooks(options)));
    });
}
