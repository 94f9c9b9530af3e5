import { isFileEvidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { locally } from './compose-publishes-database.ts';
import { definePatch, type PatchInput, slug, withLines } from './patch.ts';

/** The port of a dashboard that answers without asking, kept to the host itself. */
export const dashboardExposed = definePatch({
  for: ['dashboard-exposed'],
  draft: (findings, input) =>
    [...Map.groupBy(findings, (finding) => publishedBy(finding, input)?.file)].flatMap(([file, own]) => {
      if (file === undefined) return [];
      const lines = own.flatMap((finding) => publishedBy(finding, input)?.line ?? []);
      return [
        {
          id: `bind-dashboard-${slug(file)}`,
          title: say(
            `Lier le tableau de bord de ${code(file)} à \`127.0.0.1\``,
            `Bind the dashboard of ${code(file)} to \`127.0.0.1\``,
          ),
          note: say(
            'Il se lit alors depuis l’hôte, ou par un tunnel ssh\u00a0; les routes elles-mêmes ne changent pas.',
            'It is then read from the host, or through an ssh tunnel; the routes themselves do not change.',
          ),
          findings: own,
          edits: [
            {
              file,
              make: (text) =>
                text === undefined
                  ? undefined
                  : withLines(text, new Map(lines.map((line) => [line, locally]))),
            },
          ],
        },
      ];
    }),
});

/** The line that publishes the port; a dashboard behind a router has none. */
function publishedBy(
  { evidence }: Finding,
  { read }: PatchInput,
): { file: string; line: number } | undefined {
  return evidence.filter(isFileEvidence).findLast(({ file, line }) => {
    const text = read(file)?.split('\n')[line - 1] ?? '';
    return /\b\d{1,5}\b/.test(text) && !text.includes('--') && locally(text) !== undefined;
  });
}
