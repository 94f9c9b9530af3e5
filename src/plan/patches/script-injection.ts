import type { WorkflowSource } from '#model/artifacts.ts';
import { isFileEvidence } from '#model/evidence.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { definePatch, slug } from './patch.ts';
import { keyOf, type StepLines, stepsOf } from './steps.ts';

/** A context alone: what is computed keeps its meaning only where it stands. */
const CONTEXT = /\$\{\{\s*(github\.(?:head_ref|event\.[\w.-]+))\s*\}\}/g;
/** Shells that read variables as POSIX's does. GitHub documentation, “Workflow syntax”, shell. */
const POSIX = /^(?:bash|sh)\b/;

/** `github.event.pull_request.title` is `PULL_REQUEST_TITLE`. */
const variableOf = (context: string): string =>
  context
    .replace(/^github\.(?:event\.)?/, '')
    .replace(/[.-]/g, '_')
    .toUpperCase();

const count = (text: string, quote: string): number => text.split(quote).length - 1;

/** A line of a script with variables for its contexts; undefined where a variable would not be read there. */
function withVariables(line: string, found: Map<string, string>): string | undefined {
  let isReadable = true;
  const edited = line.replace(CONTEXT, (_whole, context: string, at: number) => {
    const before = line.slice(0, at);
    // nothing is expanded between single quotes, and what is evaluated again is read as a script all the same
    if (count(before.replaceAll(/"[^"]*"/g, ''), "'") % 2 === 1 || /\beval\b|\b(?:ba)?sh -c\b/.test(before))
      isReadable = false;
    const name = variableOf(context);
    found.set(name, context);
    return count(before, '"') % 2 === 1 ? `\${${name}}` : `"\${${name}}"`;
  });
  return isReadable ? edited : undefined;
}

/** The file with the contexts of one step put into its environment. */
function mended(lines: readonly string[], own: StepLines): string[] | undefined {
  const run = keyOf(own, lines, 'run');
  const environment = keyOf(own, lines, 'env');
  const { step, indent } = own;
  const isPosix = step.shell === undefined || POSIX.test(step.shell);
  if (!run || !isPosix || /<</.test(step.run?.text ?? '') || (environment && environment.value !== ''))
    return undefined;
  const found = new Map<string, string>();
  const edited: string[] = [];
  for (let line = run.line; line <= own.last; line += 1) {
    const text = lines[line - 1] ?? '';
    if (line > run.line && keyAt(text, indent)) break;
    const made = withVariables(text, found);
    if (made === undefined) return undefined;
    edited.push(made);
  }
  if (found.size === 0 || [...found.keys()].some((name) => Object.hasOwn(step.environment, name)))
    return undefined;
  const entries = [...found].map(([name, context]) => `${indent}  ${name}: \${{ ${context} }}`);
  const [first = '', ...rest] = edited;
  const whole = [...lines];
  if (environment) {
    whole.splice(run.line - 1, edited.length, first, ...rest);
    whole.splice(environment.line, 0, ...entries);
    return whole;
  }
  const dash = first.slice(0, indent.length);
  const script = run.isFirst
    ? [`${dash}env:`, ...entries, `${indent}${first.slice(indent.length)}`]
    : [`${indent}env:`, ...entries, first];
  whole.splice(run.line - 1, edited.length, ...script, ...rest);
  return whole;
}

const keyAt = (line: string, indent: string): boolean =>
  line.startsWith(indent) && /^[\w-]+:/.test(line.slice(indent.length));

function mendedFile(workflow: WorkflowSource, text: string, wanted: ReadonlySet<number>): string | undefined {
  let lines = text.split('\n');
  // from the last on: what is added to a step moves those after it
  const steps = stepsOf(workflow, lines).filter(({ first, last }) =>
    [...wanted].some((line) => line >= first && line <= last),
  );
  if (steps.length === 0) return undefined;
  for (const own of steps.toReversed()) {
    const made = mended(lines, own);
    if (!made) return undefined;
    lines = made;
  }
  return lines.join('\n');
}

/** The text reaches the script as a value. GitHub documentation, “Script injections”, intermediate environment variable. */
export const scriptInjection = definePatch({
  for: ['script-injection'],
  draft: (findings, { estate }) =>
    findings.flatMap((finding) => {
      const places = finding.evidence.filter(isFileEvidence);
      const file = places[0]?.file;
      const workflow = estate.artifacts.workflows.find((one) => one.file === file);
      // what is handed on stands in another file too
      if (!workflow || places.some((one) => one.file !== file)) return [];
      return [
        {
          id: `pass-by-environment-${slug(workflow.file.slice(workflow.file.lastIndexOf('/') + 1))}`,
          title: say(
            `Faire passer le texte des tiers par une variable (${code(workflow.file)})`,
            `Pass the text of outsiders through a variable (${code(workflow.file)})`,
          ),
          findings: [finding],
          edits: [
            {
              file: workflow.file,
              make: (text) =>
                text === undefined
                  ? undefined
                  : mendedFile(workflow, text, new Set(places.map(({ line }) => line))),
            },
          ],
        },
      ];
    }),
});
