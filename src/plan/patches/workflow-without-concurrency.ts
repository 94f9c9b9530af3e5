import { isFileEvidence } from '#model/evidence.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { definePatch, slug } from './patch.ts';

const BLOCK = [
  'concurrency:',
  // the expression is GitHub's
  '  group: ${' + '{ github.workflow }}-${' + '{ github.ref }}',
  '  cancel-in-progress: false',
  '',
].join('\n');

/** One deployment after the other. GitHub documentation, “Control workflow concurrency”. */
export const workflowWithoutConcurrency = definePatch({
  for: ['workflow-without-concurrency'],
  draft: (findings, { estate }) =>
    findings.flatMap((finding) => {
      const [place] = finding.evidence.filter(isFileEvidence);
      const workflow = estate.artifacts.workflows.find(({ file }) => file === place?.file);
      // one that others call has the group of whoever calls it, and would wait for itself
      if (!workflow || workflow.triggers.some(({ event }) => event === 'workflow_call')) return [];
      const { file } = workflow;
      return [
        {
          id: `concurrency-${slug(file.slice(file.lastIndexOf('/') + 1))}`,
          title: say(
            `Faire attendre les déploiements de ${code(file)} l’un après l’autre`,
            `Let the deployments of ${code(file)} wait for each other`,
          ),
          findings: [finding],
          edits: [
            {
              file,
              make: (text) => {
                const at = text === undefined ? null : /^jobs:/m.exec(text);
                return at ? `${at.input.slice(0, at.index)}${BLOCK}\n${at.input.slice(at.index)}` : undefined;
              },
            },
          ],
        },
      ];
    }),
});
