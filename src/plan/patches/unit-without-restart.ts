import { isFileEvidence } from '#model/evidence.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { definePatch, slug, withLines } from './patch.ts';

/** A service that comes back after a crash. The line stands before the command, which may go on over several. */
export const unitWithoutRestart = definePatch({
  for: ['unit-without-restart'],
  draft: (findings) =>
    [...Map.groupBy(findings, ({ evidence }) => evidence.filter(isFileEvidence)[0]?.file)].flatMap(
      ([file, own]) => {
        if (file === undefined) return [];
        const lines = own.flatMap(({ evidence }) => evidence.filter(isFileEvidence)).map(({ line }) => line);
        return [
          {
            id: `restart-${slug(file.slice(file.lastIndexOf('/') + 1))}`,
            title: say(
              `Faire redémarrer après une panne le service de ${code(file)}`,
              `Start the service of ${code(file)} again after a crash`,
            ),
            note: say(
              'À appliquer sur l’hôte\u00a0: installer le fichier, puis `systemctl daemon-reload`. Le service n’est pas redémarré.',
              'To apply on the host: install the file, then `systemctl daemon-reload`. The service is not restarted.',
            ),
            findings: own,
            edits: [
              {
                file,
                make: (text) =>
                  text === undefined
                    ? undefined
                    : withLines(text, new Map(lines.map((line) => [line, restarted]))),
              },
            ],
          },
        ];
      },
    ),
});

/** The line before the command; undefined where no command stands there. */
function restarted(line: string): string[] | undefined {
  const [, indent] = /^(\s*)ExecStart\s*=/.exec(line) ?? [];
  return indent === undefined ? undefined : [`${indent}Restart=on-failure`, line];
}
