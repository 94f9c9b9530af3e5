import type { Command } from 'commander';
import { type AccountOptions, DEFAULT_REPORT, withAccount } from './account-options.ts';

export interface ProveOptions extends AccountOptions {
  from: string;
  sshConfig?: string;
  sudo?: boolean;
  junit?: string;
}

/** `constat prove [STEP…]`. */
export function proveCommand(program: Command, finish: (code: number) => void): void {
  withAccount(program.command('prove'))
    .description('Run the proofs of a report: what each expects, and what there is')
    .argument('[step...]', 'ids of steps or of proofs; default: all')
    .option('--from <file>', 'the report whose proofs they are', DEFAULT_REPORT)
    .option('--ssh-config <file>', 'the file that ssh reads instead of ~/.ssh/config, for proofs on hosts')
    .option('--sudo', 'use sudo -n on hosts for what root alone may read')
    .option('--junit <file>', 'write the results as JUnit XML too')
    .action(async (asked: string[], options: ProveOptions) => {
      const [{ runProve }, { actHooks }, { hostAsker }] = await Promise.all([
        import('./run-prove.ts'),
        import('./act-hooks.ts'),
        import('./host-asker.ts'),
      ]);
      finish(await runProve(asked, options, { ...actHooks(options), host: hostAsker(options) }));
    });
}
