import { statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { InputError } from '#lib/input-error.ts';
import { visible } from '#model/text.ts';
import type { Call, Run } from '#model/workflow.ts';
import { EXIT } from './exit.ts';

interface Options {
  path: string;
  input: string[];
  json?: boolean;
}

function callLine(call: Call, workflow: string): string {
  const place = `${call.file && call.file !== workflow ? `${call.file}:` : ''}${call.line}`;
  const options = Object.entries(call.arguments)
    .map(([name, value]) =>
      value === true ? name : `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(' ');
  const mark = call.certainty === 'rehearsed' ? ' ' : '~';
  return visible(`  ${mark} ${place.padEnd(6)} ${call.tool} ${call.operation} ${options}`, 200);
}

function runTitle(run: Run): string {
  const inputs = Object.entries({ ...run.inputs, ...run.matrix }).map(
    ([key, value]) => `${key}=${String(value)}`,
  );
  const parts = [
    run.job,
    run.events.join(' '),
    inputs.join(' '),
    run.environment && `environment ${run.environment}`,
    run.auth,
  ];
  return visible(parts.filter(Boolean).join(' · '), 200);
}

/** `constat rehearse [WORKFLOW]`: what each run of a workflow would call, in order; nothing is executed. */
export function rehearseCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('rehearse')
    .description('Show what workflows would call, run by run, without executing anything')
    .argument('[workflow]', 'a workflow file; default: all')
    .option('--path <folder>', 'the repository', '.')
    .option(
      '--input <key=value>',
      'only runs with this input (repeatable)',
      (one: string, all: string[]) => [...all, one],
      [],
    )
    .option('--json', 'print the runs as JSON')
    .action(async (asked: string | undefined, options: Options) => {
      const root = path.resolve(options.path);
      if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
        throw new InputError(`${options.path}: no such folder; give the path of a repository with --path`);
      const [{ openTree }, { rehearse }, { workflowFiles }] = await Promise.all([
        import('#collect/readers/file-tree.ts'),
        import('#collect/rehearse/rehearse.ts'),
        import('#collect/repo/workflow-files.ts'),
      ]);
      const tree = await openTree(root);
      const files = workflowFiles(tree).filter(
        (file) => asked === undefined || file === asked || file.endsWith(`/${asked}`),
      );
      if (files.length === 0)
        throw new InputError(
          asked ? `${asked}: no such workflow in .github/workflows` : 'no workflow in .github/workflows',
        );
      const wanted = options.input.map((pair) => pair.split(/=(.*)/s).slice(0, 2));
      const { workflows, unread } = await rehearse(tree, { workflows: files });
      const chosen = workflows.map((workflow) => ({
        file: workflow.file,
        name: workflow.name,
        runs: workflow.runs.filter((run) =>
          wanted.every(
            ([key = '', value]) => run.inputs[key] === undefined || String(run.inputs[key]) === value,
          ),
        ),
      }));
      if (options.json) process.stdout.write(`${JSON.stringify(chosen, null, 2)}\n`);
      else
        for (const workflow of chosen) {
          process.stdout.write(`${visible(workflow.file)}\n`);
          for (const run of workflow.runs) {
            process.stdout.write(` ${runTitle(run)}\n`);
            for (const call of run.calls) process.stdout.write(`${callLine(call, workflow.file)}\n`);
          }
        }
      for (const one of unread)
        process.stderr.write(
          `constat: ${visible(one.line ? `${one.file}:${one.line}` : one.file)}: ${one.why.en}\n`,
        );
      finish(unread.length ? EXIT.notEstablished : EXIT.established);
    });
}
