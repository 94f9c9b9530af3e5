import { statSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Unread } from '#model/coverage.ts';
import type { Json } from '#model/fact.ts';
import { LANGUAGES, type Language, visible } from '#model/text.ts';
import type { Call, Run } from '#model/workflow.ts';
import { readLock } from '#store/lock.ts';
import { version } from '../version.ts';
import { type AwsOptions, awsRequest, withAwsOptions } from './aws-options.ts';
import { EXIT } from './exit.ts';

interface Options extends AwsOptions {
  path: string;
  input?: string[];
  json?: boolean;
  lang?: Language;
}

const MARKS = { ok: '✓', fails: '✗', unknown: '?' } as const;

function callLine(call: Call, index: number, workflow: string, lang: Language): string {
  const place = `${call.file && call.file !== workflow ? `${call.file}:` : ''}${call.line}`;
  const mark = call.prediction ? MARKS[call.prediction] : call.certainty === 'rehearsed' ? ' ' : '~';
  const line = visible(
    `  ${mark} ${String(index + 1).padStart(3)}. ${place.padEnd(6)} ${commandLine(call)}`,
    200,
  );
  if (!call.why || call.prediction === 'ok') return line;
  return `${line}\n           ${visible(call.why[lang].replaceAll('`', ''), 200)}`;
}

/** A call as somebody would type it: its words, then its options. */
function commandLine({ tool, operation, arguments: given }: Call): string {
  const { words, ...options } = given;
  const texts = (value: Json): string[] =>
    (Array.isArray(value) ? value : [value]).map((one) =>
      typeof one === 'string' ? one : JSON.stringify(one),
    );
  const parts = [
    ...texts(words ?? []),
    ...Object.entries(options).flatMap(([name, value]) => [
      name.length === 1 ? `-${name}` : `--${name}`,
      ...(value === true ? [] : texts(value)),
    ]),
  ];
  return [tool, operation, ...parts.map((part) => (/\s/.test(part) ? JSON.stringify(part) : part))]
    .filter((part) => part !== '')
    .join(' ');
}

function runTitle(run: Run): string {
  const inputs = Object.entries({ ...run.inputs, ...run.matrix }).map(
    ([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  );
  const parts = [
    run.job,
    run.events.join(' '),
    inputs.join(' '),
    run.environment && `environment ${run.environment}`,
    run.auth,
    run.role,
  ];
  return visible(parts.filter(Boolean).join(' · '), 200);
}

interface Rehearsed {
  workflows: readonly Pick<WorkflowSource, 'file' | 'name' | 'runs'>[];
  unread: readonly Unread[];
  /** Something of the account was not read. */
  partial: boolean;
}

/** Without an account: the workflows alone. */
async function alone(root: string, asked: string | undefined): Promise<Rehearsed> {
  const [{ openTree }, { rehearse }, { workflowFiles }] = await Promise.all([
    import('#collect/readers/file-tree.ts'),
    import('#collect/rehearse/rehearse.ts'),
    import('#collect/repo/workflow-files.ts'),
  ]);
  const tree = await openTree(root);
  const workflows = workflowFiles(tree).filter((file) => isAsked(file, asked));
  return { ...(await rehearse(tree, { workflows })), partial: false };
}

/** With an account: what it holds answers, as in an audit. */
async function inAccount(root: string, options: Options): Promise<Rehearsed> {
  const [{ audit }, { readConfiguration }, { clock, incomplete }] = await Promise.all([
    import('#audit.ts'),
    import('#store/configuration.ts'),
    import('./run-audit.ts'),
  ]);
  const config = await readConfiguration(root, undefined);
  const aws = awsRequest(options, config);
  const { audit: result } = await audit({
    path: root,
    shownAs: options.path,
    name: path.basename(root),
    config,
    lock: readLock(root),
    lang: options.lang ?? 'en',
    version,
    clock: clock(),
    ...(aws && { aws }),
  });
  const { artifacts, coverage } = result.estate;
  const own = coverage.filter(({ source }) => source === 'aws');
  for (const { scope, state, reason } of own)
    if (state !== 'complete')
      process.stderr.write(`constat: ${visible(scope)}: ${visible(reason?.en ?? state)}\n`);
  return { workflows: artifacts.workflows, unread: [], partial: incomplete(own) };
}

const isAsked = (file: string, asked: string | undefined): boolean =>
  asked === undefined || file === asked || file.endsWith(`/${asked}`);

/**
 * `constat rehearse [WORKFLOW]`: what each run of a workflow would call, in order, and with `--aws` how each call would
 * end; nothing is executed.
 */
export function rehearseCommand(program: Command, finish: (code: number) => void): void {
  withAwsOptions(program.command('rehearse'))
    .description(
      'Show what workflows would call, run by run, without executing anything; with --aws, what would fail',
    )
    .argument('[workflow]', 'a workflow file; default: all')
    .option('--path <folder>', 'the repository', '.')
    .option(
      '--input <key=value>',
      'only runs with this input (repeatable)',
      (one: string, all: string[] = []) => [...all, one],
    )
    .addOption(new Option('--lang <language>', 'language of the reasons').choices(LANGUAGES))
    .option('--json', 'print the runs as JSON')
    .action(async (asked: string | undefined, options: Options) => {
      const root = path.resolve(options.path);
      if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
        throw new InputError(`${options.path}: no such folder; give the path of a repository with --path`);
      const lang = options.lang ?? languageOf(process.env);
      const { workflows, unread, partial } = options.aws
        ? await inAccount(root, { ...options, lang })
        : await alone(root, asked);
      const files = workflows.filter(({ file }) => isAsked(file, asked));
      if (files.length === 0 && unread.length === 0)
        throw new InputError(
          asked ? `${asked}: no such workflow in .github/workflows` : 'no workflow in .github/workflows',
        );
      const wanted = (options.input ?? []).map((pair) => pair.split(/=(.*)/s).slice(0, 2));
      const chosen = files.map(({ file, name, runs }) => ({
        file,
        name,
        runs: runs.filter((run) =>
          wanted.every(
            ([key = '', value]) => run.inputs[key] === undefined || String(run.inputs[key]) === value,
          ),
        ),
      }));
      if (options.json) process.stdout.write(`${JSON.stringify(chosen, null, 2)}\n`);
      else
        for (const { file, runs } of chosen) {
          process.stdout.write(`${visible(file)}\n`);
          for (const run of runs) {
            process.stdout.write(` ${runTitle(run)}\n`);
            for (const [index, call] of run.calls.entries())
              process.stdout.write(`${callLine(call, index, file, lang)}\n`);
          }
        }
      for (const one of unread)
        process.stderr.write(
          `constat: ${visible(one.line ? `${one.file}:${one.line}` : one.file)}: ${one.why.en}\n`,
        );
      finish(unread.length > 0 || partial ? EXIT.notEstablished : EXIT.established);
    });
}
