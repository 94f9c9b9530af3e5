import { isFileEvidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { definePatch, slug } from './patch.ts';
import { keyOf, stepsOf } from './steps.ts';

const MASK = /\s*\|\|\s*(?:true|:|exit 0)\s*$/;

/** A failure is let through to whoever looks at the run. */
export const failureMasked = definePatch({
  for: ['failure-masked'],
  draft: (findings, { estate, read }) =>
    findings.flatMap((finding) => {
      const [place] = finding.evidence.filter(isFileEvidence);
      const workflow = estate.artifacts.workflows.find(({ file }) => file === place?.file);
      const text = workflow && read(workflow.file);
      if (!place || !workflow || text === undefined) return [];
      const lines = text.split('\n');
      const masked = lines[place.line - 1] ?? '';
      const step = stepsOf(workflow, lines).find(({ first }) => first === place.line);
      const key = step && keyOf(step, lines, 'continue-on-error');
      const isStep = key !== undefined && !key.isFirst && key.value === 'true';
      // the mark of a step stands on a line of its own; that of a command ends its line
      const line = isStep ? key.line : MASK.test(masked) ? place.line : undefined;
      if (line === undefined) return [];
      return [
        {
          id: `let-fail-${slug(workflow.file.slice(workflow.file.lastIndexOf('/') + 1))}-${line}`,
          title: say(
            `Laisser échouer l’étape masquée de ${code(workflow.file)} (ligne ${line})`,
            `Let the masked step of ${code(workflow.file)} fail (line ${line})`,
          ),
          note: say(
            'Si un échec précis est attendu, le traiter lui seul plutôt que d’appliquer ce correctif.',
            'Where one failure is expected, handle that one instead of applying this patch.',
          ),
          findings: findingsAt(findings, workflow.file, place.line),
          edits: [
            {
              file: workflow.file,
              make: () =>
                lines
                  .flatMap((one, index) =>
                    index + 1 !== line ? [one] : isStep ? [] : [one.replace(MASK, '')],
                  )
                  .join('\n'),
            },
          ],
        },
      ];
    }),
});

const findingsAt = (findings: readonly Finding[], file: string, line: number): Finding[] =>
  findings.filter(({ evidence }) => {
    const [first] = evidence.filter(isFileEvidence);
    return first?.file === file && first.line === line;
  });
