import type { Command } from 'commander';
import { type AccountOptions, DEFAULT_REPORT, withAccount } from './account-options.ts';

export interface ApplyOptions extends AccountOptions {
  from: string;
  yes?: boolean;
  autoRollback?: boolean;
  /** The id of a run; true for the last one. */
  resume?: string | true;
}

/** `constat apply [STEP…]`. */
export function applyCommand(program: Command, finish: (code: number) => void): void {
  withAccount(program.command('apply'))
    .description('Apply steps of the plan: shows what would change, and changes it only when told to')
    .argument('[step...]', 'ids of steps; default: all. What they need first is added')
    .option('--from <file>', 'the report whose plan it is', DEFAULT_REPORT)
    .option('--yes', 'change without asking')
    .option('--auto-rollback', 'undo what was done when a change or a proof fails')
    .option('--resume [run]', 'carry on a run that was interrupted or stopped; default: the last')
    .action(async (steps: string[], options: ApplyOptions) => {
      const [{ runApply }, { actHooks }] = await Promise.all([
        import('./run-apply.ts'),
        import('./act-hooks.ts'),
      ]);
      finish(await runApply(steps, options, actHooks(options)));
    });
}
