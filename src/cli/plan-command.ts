import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import { DEFAULT_OUT } from '#lib/own-output.ts';
import type { Report } from '#model/report.ts';
import { LANGUAGES, type Language } from '#model/text.ts';
import { EXIT } from './exit.ts';
import { FORMATS } from './formats.ts';

/** The forms of a plan and the files that they are written to. */
const PLAN_FORMATS = { md: 'runbook.md', json: 'plan.json', sh: 'plan.sh' } as const;
type PlanFormat = keyof typeof PLAN_FORMATS;

interface Options {
  from?: string;
  format: PlanFormat[];
  out?: string;
  lang?: Language;
}

function formats(text: string): PlanFormat[] {
  const asked = text.split(',').map((part) => part.trim());
  const unknown = asked.find((format) => !Object.hasOwn(PLAN_FORMATS, format));
  if (unknown !== undefined)
    throw new InvalidArgumentError(
      `unknown format '${unknown}'; known: ${Object.keys(PLAN_FORMATS).join(', ')}.`,
    );
  return [...new Set(asked)] as PlanFormat[];
}

/**
 * The report of an audit, from its JSON file.
 * @throws InputError where there is none, or it is none of a report
 */
export async function readReport(file: string): Promise<Report> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new InputError(`${file}: no such report; run \`constat audit\` first, or name one with --from`);
  }
  const { reportSchema } = await import('#model/report.ts');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${file}: not JSON; give the report.json that an audit wrote`);
  }
  const { success, data, error } = reportSchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new InputError(
    `${file}: not a report of Constat (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}); give the report.json that an audit wrote`,
  );
}

/** The plan of a report in one form. */
async function render(report: Report, format: PlanFormat, lang: Language): Promise<string> {
  if (format === 'md') {
    const { runbookMarkdown } = await import('#report/runbook/markdown.ts');
    return runbookMarkdown(report, lang);
  }
  if (format === 'sh') {
    const { runbookScript } = await import('#report/runbook/script.ts');
    return runbookScript(report, lang);
  }
  const { audit, plan, proofs } = report;
  return `${JSON.stringify({ audit, plan, proofs: proofs.filter(({ check }) => check) }, null, 2)}\n`;
}

/** `constat plan [PATH]`: the plan of an audit as a runbook, as data, or as a script. */
export function planCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('plan')
    .description('Print the plan of an audit: what to change, in which order, how it is proven and undone')
    .argument('[path]', 'the audited folder', '.')
    .option(
      '--from <file>',
      `the report to read; default: ${DEFAULT_OUT}/${FORMATS.json} in the audited folder`,
    )
    .addOption(
      new Option('--format <list>', 'forms, separated by commas: md, json, sh')
        .argParser(formats)
        .default(['md'], 'md'),
    )
    .option('--out <folder>', 'write the forms there; default: print the one that is asked for')
    .addOption(new Option('--lang <language>', 'language of the plan').choices(LANGUAGES))
    .action(async (folder: string, options: Options) => {
      const report = await readReport(options.from ?? path.join(folder, DEFAULT_OUT, FORMATS.json));
      const lang = options.lang ?? languageOf(process.env);
      if (options.out === undefined) {
        const [format = 'md', ...others] = options.format;
        if (others.length > 0) throw new InputError('several forms need a folder: give one with --out');
        process.stdout.write(await render(report, format, lang));
      } else {
        mkdirSync(options.out, { recursive: true });
        for (const format of options.format)
          writeFileSync(path.join(options.out, PLAN_FORMATS[format]), await render(report, format, lang));
      }
      finish(EXIT.established);
    });
}
