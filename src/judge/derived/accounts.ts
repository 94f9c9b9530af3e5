import type { WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { type FileEvidence, isFileEvidence } from '#model/evidence.ts';
import { argumentStrings } from './calls.ts';
import { at } from './place.ts';

const ACCOUNT =
  /arn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):|\b(\d{12})\.dkr\.ecr|ACCOUNT(?:_?ID|_?NUMBER)?["']?\s*[:=]\s*["']?(\d{12})\b/gi;
/** Accounts of documentation, of emulators, and those from which AWS itself gives images. */
const NOBODY = new Set([
  '123456789012',
  '111122223333',
  '000000000000',
  '602401143452',
  '763104351884',
  '683313688378',
]);
const LONGEST_LINE = 2000;

/** An AWS account number that is written out in a workflow. */
export interface WrittenAccount {
  account: string;
  place: FileEvidence;
}

/**
 * The account numbers in the steps of a workflow and in the lines of it that facts quote (`env:` at the top is in no
 * step); where neither shows one, those of the images that its calls name, put together from values of the file. What
 * a call takes from another file (a task definition that it registers) is not written in the workflow.
 */
export function writtenAccounts(workflow: WorkflowSource, { resources }: Estate): WrittenAccount[] {
  const here = (line: number) => at(workflow.file, line);
  const steps = workflow.jobs.flatMap((job) => job.steps);
  const written = steps.flatMap((step) => {
    const values = [...Object.entries(step.with), ...Object.entries(step.environment)];
    const { run } = step;
    return [
      ...(run ? accountsIn(run.text, (index) => here(run.line + index)) : []),
      ...values.flatMap(([name, value]) => accountsIn(`${name}=${value}`, () => here(step.line))),
    ];
  });
  const quoted = resources.flatMap(({ facts }) =>
    facts.flatMap(({ evidence }) =>
      isFileEvidence(evidence) && evidence.file === workflow.file
        ? accountsIn(evidence.excerpt ?? '', () => here(evidence.line))
        : [],
    ),
  );
  if (written.length + quoted.length > 0) return [...written, ...quoted];
  const own = workflow.runs.flatMap(({ calls }) =>
    calls.filter(({ tool, file }) => tool === 'docker' && file === undefined),
  );
  return own.flatMap((call) => accountsIn(argumentStrings(call).join('\n'), () => here(call.line)));
}

function accountsIn(text: string, place: (line: number) => FileEvidence): WrittenAccount[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.slice(0, LONGEST_LINE).matchAll(ACCOUNT)].flatMap(([, arn, registry, variable]) => {
      const account = arn ?? registry ?? variable ?? '';
      return NOBODY.has(account) ? [] : [{ account, place: place(index) }];
    }),
  );
}
